package purl

import "strings"

// The types that the code names.
const (
	typeALPM      = "alpm"
	typeAPK       = "apk"
	typeBitbucket = "bitbucket"
	typeDeb       = "deb"
	typeGit       = "git"
	typeGitHub    = "github"
	typeNPM       = "npm"
	typePub       = "pub"
	typePyPI      = "pypi"
	typeRPM       = "rpm"
	typeVcpkg     = "vcpkg"
)

// presence is what a definition says of the namespace.
type presence uint8

const (
	optional presence = iota
	required
	prohibited
)

// A fold is a set of components in which letter case means nothing.
type fold uint8

const (
	foldNamespace fold = 1 << iota
	foldName
	foldVersion
	foldBoth = foldNamespace | foldName
)

// A definition is what this package needs to know of a type, from types/*-definition.json of
// the standard. The zero definition is that of a type that nobody defined.
type definition struct {
	scheme    string   // name of the version scheme, "" where versions have no order
	namespace presence // of the namespace
	canonical fold     // lowered in the canonical form, as the tests of the standard want it
	key       fold     // folded in addition when packages are compared
	needs     string   // a qualifier without which the package is not identified
	folded    string   // a qualifier whose value is compared without regard to case
	firm      bool     // breaches are refused by ParseLenient, too: the tests of the standard want that

	// check returns the part that breaks a rule of its own, "" for none.
	check func(p PURL) (part, rule string)
	// adjust returns the canonical form where lowering is not all.
	adjust func(p PURL) PURL
}

// types holds the definitions by type. What it says beyond the definitions has its source in
// a comment.
var types = map[string]definition{
	typeALPM:           {scheme: "alpm", namespace: required, canonical: foldBoth},
	typeAPK:            {scheme: "apk", namespace: required, canonical: foldBoth},
	"bazel":            {scheme: "semver", namespace: prohibited},
	typeBitbucket:      {namespace: required, canonical: foldBoth},
	"bitnami":          {scheme: "bitnami", namespace: prohibited, canonical: foldName},
	"brew":             {scheme: "dotted", canonical: foldBoth},
	"cargo":            {scheme: "cargo", namespace: prohibited},
	"chrome-extension": {scheme: "dotted", namespace: prohibited, canonical: foldName, firm: true, check: checkChrome},
	"cocoapods":        {scheme: "gem", namespace: prohibited, check: checkPod},
	"composer":         {scheme: "composer", namespace: required, canonical: foldBoth},
	"conan":            {scheme: "conan"},
	"conda":            {scheme: "conda", namespace: prohibited},
	"cpan":             {scheme: "cpan", firm: true, check: checkCPAN},
	"cran":             {scheme: "cran", namespace: prohibited},
	typeDeb:            {scheme: "deb", namespace: required, canonical: foldBoth},
	"docker":           {},
	"gem":              {scheme: "gem", namespace: prohibited},
	"generic":          {},
	typeGit:            {namespace: required, adjust: adjustGit},
	typeGitHub:         {namespace: required, canonical: foldBoth},
	// The definition wants lower case and calls the path case-sensitive at once
	// (package-url/purl-spec#308); a lowered path cannot be fetched. Modules without a slash
	// exist (stdlib, go4.org); ParseLenient takes them.
	"golang":      {scheme: "golang", namespace: required, key: foldBoth},
	"hackage":     {scheme: "hackage", namespace: prohibited},
	"hex":         {scheme: "hex", key: foldBoth},
	"huggingface": {namespace: required, canonical: foldVersion},
	// Advisories and inventories leave the uuid out (JuliaLang/SecurityAdvisories.jl), so
	// ParseLenient takes a name alone.
	"julia":    {scheme: "julia", namespace: prohibited, needs: "uuid"},
	"luarocks": {scheme: "luarocks", key: foldBoth},
	"maven":    {scheme: "maven", namespace: required},
	"mlflow":   {scheme: "dotted", namespace: prohibited, adjust: adjustMLflow},
	// Old names of npm differ by case only, whatever its definition says now.
	typeNPM: {scheme: "npm"},
	// The registry of nuget ignores case, its definition does not.
	"nuget":            {scheme: "nuget", namespace: prohibited, key: foldName},
	"oci":              {namespace: prohibited, key: foldName | foldVersion},
	"opam":             {scheme: "opam", namespace: prohibited},
	"otp":              {scheme: "otp", namespace: prohibited, key: foldName, folded: "platform", firm: true},
	typePub:            {scheme: "pub", namespace: prohibited, key: foldName},
	typePyPI:           {scheme: "pypi", namespace: prohibited, canonical: foldName, key: foldName | foldVersion, adjust: adjustPyPI},
	"qpkg":             {scheme: "dotted", namespace: required, canonical: foldNamespace},
	typeRPM:            {scheme: "rpm", namespace: required, canonical: foldNamespace, check: checkRPM},
	"swid":             {needs: "tag_id", folded: "tag_id"},
	"swift":            {scheme: "swift", namespace: required, firm: true},
	typeVcpkg:          {scheme: "vcpkg", namespace: prohibited, firm: true},
	"vscode-extension": {scheme: "semver", namespace: required, key: foldBoth | foldVersion, firm: true},
	"yocto":            {scheme: "dotted", key: foldNamespace},
}

// checkChrome: an extension id is a hash in the letters a to p, a version one to four numbers.
func checkChrome(p PURL) (part, rule string) {
	for i := 0; i < len(p.name); i++ {
		if p.name[i] < 'a' || p.name[i] > 'p' {
			return "name", "an extension id holds the letters a to p"
		}
	}
	if len(p.name) != 32 {
		return "name", "an extension id has 32 letters"
	}
	if p.version == "" {
		return "", ""
	}
	numbers := strings.Split(p.version, ".")
	for _, n := range numbers {
		if !isNumber(n) || len(numbers) > 4 {
			return "version", "one to four numbers"
		}
	}
	return "", ""
}

// checkCPAN: the name is that of a distribution, not of a module, and authors are upper case.
func checkCPAN(p PURL) (part, rule string) {
	switch {
	case strings.Contains(p.name, "::"):
		return "name", "a distribution, not a module"
	case strings.ToUpper(p.namespace) != p.namespace:
		return "namespace", "authors are written in upper case"
	}
	return "", ""
}

func checkPod(p PURL) (part, rule string) {
	if p.name[0] == '.' || strings.ContainsAny(p.name, "+ ") {
		return "name", "a pod has no plus, no space and no period in front"
	}
	return "", ""
}

// isNumber holds for digits, of any length.
func isNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || '9' < s[i] {
			return false
		}
	}
	return s != ""
}

// checkRPM: the epoch is a number, and stated once.
func checkRPM(p PURL) (part, rule string) {
	epoch, ok := lookup(p.qualifiers, "epoch")
	if !ok {
		return "", ""
	}
	if !isNumber(epoch) {
		return "qualifiers", "an epoch is a number"
	}
	if before, _, ok := strings.Cut(p.version, ":"); ok && before != epoch {
		return "version", "two epochs that differ"
	}
	return "", ""
}

// adjustGit makes the host the namespace and the path on it the name, as the definition says.
// Hosts do not differ by case, nor do paths on hosts with a type of their own that ignores it.
func adjustGit(p PURL) PURL {
	path := p.name
	if p.namespace != "" {
		path = p.namespace + "/" + path
	}
	path = string(appendSegments(nil, path))
	host, rest, ok := strings.Cut(path, "/")
	if !ok {
		p.namespace, p.name = "", path
		return p
	}
	p.namespace, p.name = lower(host), rest
	if p.namespace == "github.com" || p.namespace == "bitbucket.org" {
		p.name = lower(rest)
	}
	return p
}

// adjustMLflow: models on Databricks ignore case, models elsewhere do not.
func adjustMLflow(p PURL) PURL {
	if url, _ := lookup(p.qualifiers, "repository_url"); strings.Contains(url, "databricks") {
		p.name = lower(p.name)
	}
	return p
}

// adjustPyPI: the canonical form has a dash for an underscore and keeps periods and runs.
func adjustPyPI(p PURL) PURL {
	p.name = strings.ReplaceAll(p.name, "_", "-")
	return p
}
