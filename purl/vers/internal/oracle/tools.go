package oracle

// Tools returns all tools, in the order of their schemes. Schemes that are not here have no
// tool that compares two versions when asked, or none that the usual distributions carry.
func Tools() []Tool {
	return []Tool{
		{"libalpm", "alpm", "libalpm13 (Debian), pacman (Arch); python3", command(python("alpm.py")...)},
		{"crate semver", "cargo", "rustc, librust-semver-dev", openCargo},
		{"composer/semver", "composer", "php-cli, php-composer-semver", command([]string{"php", "tools/composer.php"})},
		{"version.pm", "cpan", "perl", command([]string{"perl", "tools/cpan.pl"})},
		{"R", "cran", "r-base-core", command([]string{"Rscript", "--vanilla", "tools/cran.R"})},
		{"dpkg", "deb", "gcc, pkg-config, libdpkg-dev", openDpkg},
		{"RubyGems", "gem", "ruby", command([]string{"ruby", "tools/gem.rb"})},
		{"x/mod/semver", "golang", "a module that go.mod names", openModule(false)},
		{"hashicorp/go-version", "hashicorp", "a module that go.mod names", openHashicorp()},
		{"Elixir", "hex", "elixir", command([]string{"elixir", "tools/hex.exs"})},
		{"LuaRocks", "luarocks", "luarocks, lua5.1", command(lua()...)},
		{"Maven", "maven", "default-jdk-headless, libmaven3-core-java", openMaven},
		{"node semver", "npm", "nodejs, npm (or node-semver)", command([]string{"node", "tools/npm.js"})},
		{"packaging", "pypi", "python3-packaging", command(python("pypi.py")...)},
		{"rpm", "rpm", "python3-rpm", command(python("rpmvercmp.py")...)},
		{"x/mod/semver", "semver", "a module that go.mod names", openModule(true)},
	}
}

// python returns the command lines for a script: the Python of the user first, then the one
// of the system, because packages of a distribution are for the latter only.
func python(script string) [][]string {
	script = "tools/" + script
	return [][]string{{"python3", script}, {"/usr/bin/python3", script}}
}

// lua returns the command lines for the script of LuaRocks, whose files lie in the folder of
// one version of Lua.
func lua() [][]string {
	const script = "tools/luarocks.lua"
	return [][]string{{"lua", script}, {"lua5.4", script}, {"lua5.3", script}, {"lua5.1", script}}
}
