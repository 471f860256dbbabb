package vers_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// TestLanguageBranches asks for versions of three small numbers and a suffix whether they lie
// in the branches of one, two and three numbers.
func TestLanguageBranches(t *testing.T) {
	suffixes := map[string][]string{
		"composer": {"", "-dev", "-beta1", "-p1", "@rc"},
		"conan":    {"", "-rc.1", "+b1", ".1", ".a"},
		"conda":    {"", "rc1", ".dev1", "_", "post1", "+cuda"},
		"cpan":     {"", ".4"},
		"cran":     {"", "-4"},
		"gem":      {"", ".a", ".0.rc1", "-1", ".4"},
		"hackage":  {"", ".4"},
		"julia":    {"", "-rc1", "-", "+1", "+"},
		"luarocks": {"-1", "rc1-1", "", ".alpha", "a"},
		"maven":    {"", "-SNAPSHOT", ".Final", "-rc-1", "-1", "-jre", ".4"},
		"nuget":    {"", "-beta.1", "+abc", ".4"},
		"opam":     {"", "~rc1", "-1", "+x", ".4"},
		"otp":      {"", "-rc1", ".4"},
		"pypi":     {"", ".dev1", "rc1", ".post1", "+local", ".4"},
		"vcpkg":    {"", "-rc.1", "#1", "+x", ".4"},
	}
	r := rand.New(rand.NewSource(4))
	for scheme, list := range suffixes {
		t.Run(scheme, func(t *testing.T) {
			v := ""
			if scheme == "cpan" {
				v = "v"
			}
			for range 500 {
				a, b, c := r.Intn(3), r.Intn(3), r.Intn(3)
				x, y, z := r.Intn(3), r.Intn(3), r.Intn(3)
				version := fmt.Sprintf("%s%d.%d.%d%s", v, a, b, c, list[r.Intn(len(list))])
				one, two, three := a == x, a == x && b == y, a == x && b == y && c == z
				inBranch(t, scheme, fmt.Sprintf("%s%d.%d.%d", v, x, y, z), version, three)
				inBranch(t, scheme, fmt.Sprintf("%s%d.%d", v, x, y), version, two && scheme != "cpan" || two && v != "")
				if scheme != "cpan" {
					inBranch(t, scheme, fmt.Sprintf("%d", x), version, one)
				}
			}
		})
	}
}

func inBranch(t *testing.T, scheme, branch, version string, want bool) {
	t.Helper()
	r, err := vers.Builtin().Branch(scheme, branch)
	require.NoError(t, err, "%s branch %q", scheme, branch)
	in, err := r.Contains(version)
	require.NoError(t, err, "%s %q", scheme, version)
	truth := vers.No
	if want {
		truth = vers.Yes
	}
	require.Equal(t, truth, in, "%s: %q in the branch %q", scheme, version, branch)
}

// TestLanguageBranchTexts reads "text: versions inside | versions outside".
func TestLanguageBranchTexts(t *testing.T) {
	facts := `
pypi 3.1.*: 3.1 3.1.dev0 3.1.9 3.1.post1 3.1+x | 3 3.0.9 3.2.dev0 3.10 1!3.1
pypi 2!3.1: 2!3.1.5 | 3.1.5 2!3.2
pypi 3.1rc1: 3.1rc1 3.1.rc1.post2 3.1.0rc1.dev3 | 3.1rc10 3.1rc2 3.1
gem 3.a: 3.a 3.0.a.1 3.a.0.b | 3.b 3 3.aa
gem 3.a.0: 3.a 3.a.0.b 3.a.0.9 | 3.a.b 3.a.1
maven 3.1.x: 3.1 3.1-alpha 3.1.0.5 3.1-sp | 3.2-alpha 3.0.9 3
maven 3.1-rc: 3.1-rc 3.1-rc-2 3.1.0-rc1 | 3.1-beta 3.1 3.1-snapshot
composer 3.1.*: 3.1-dev 3.1.9 3.1.x-dev | 3.2-dev 3.0.9
composer 3.1-beta: 3.1-beta 3.1-beta2 3.1-beta-dev | 3.1-RC 3.1 3.1.1-beta
nuget 3.1-beta: 3.1-beta 3.1.0-BETA.2 | 3.1 3.1-beta2 3.1.1-beta
nuget 3.1+abc: 3.1 3.1.0+xyz | 3.1.1 3.1-a
conda 3.1.*: 3.1 3.1rc1 3.1.post1 3.1_ | 3.0 3.2dev
conda 3.1rc: 3.1rc 3.1rc1 3.1rc.5 | 3.1 3.1a
luarocks 3.1: 3.1 3.1-1 3.1.5-1 3.1rc1-1 | 3.2-1 3-1
luarocks 3.1-2: 3.1-2 | 3.1-1 3.1.1-2 3.1-20
opam 4.14~beta: 4.14~beta 4.14~beta1 | 4.14~alpha 4.14~rc 4.14
otp 27.0-rc1: 27.0-rc1 | 27.0-rc10 27.0
julia 1.6-rc: 1.6-rc 1.6-rc+1 | 1.6-rc2 1.6
vcpkg 2023-08-02: 2023-08-02 2023-08-02.5 2023-08-02#1 | 2023-08-03
vcpkg 1.2.x: 1.2 1.2.5 1.2-rc | 1.3-rc 1.1
vcpkg vista: vista vista#2 | vista2
conan 0.x: 0 0.5 0-rc | 1 0a
conan 1.a: 1.a 1.a.5 | 1.b 1.a1
hackage 4.17: 4.17 4.17.0 | 4.18 4
generic r2: r2 | r20 r`
	for _, line := range strings.Split(strings.TrimSpace(facts), "\n") {
		head, versions, _ := strings.Cut(line, ": ")
		scheme, branch, _ := strings.Cut(head, " ")
		inside, outside, _ := strings.Cut(versions, "|")
		r, err := vers.Builtin().Branch(scheme, branch)
		require.NoError(t, err, line)
		for _, version := range strings.Fields(inside) {
			in, err := r.Contains(version)
			require.NoError(t, err, line)
			assert.Equal(t, vers.Yes, in, "%s: %s", head, version)
		}
		for _, version := range strings.Fields(outside) {
			in, err := r.Contains(version)
			require.NoError(t, err, line)
			assert.Equal(t, vers.No, in, "%s: %s", head, version)
		}
	}
	for scheme, bad := range map[string]string{"pypi": "1.x.2", "gem": "*", "cran": "1.y", "otp": "27.0-beta", "opam": ""} {
		_, err := vers.Builtin().Branch(scheme, bad)
		assert.ErrorIs(t, err, vers.ErrSyntax, "%s %s", scheme, bad)
	}
}
