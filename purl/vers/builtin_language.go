package vers

// languageSchemes returns the schemes of the package managers of programming languages.
func languageSchemes() []Scheme {
	return []Scheme{
		composer{}, conan{}, conda{}, cpan{}, cran{}, gem{}, generic{}, hackage{},
		julia{}, luarocks{}, maven{}, nuget{}, opam{}, otp{}, pypi{}, vcpkg{},
	}
}
