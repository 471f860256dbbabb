package house_test

import (
	"fmt"
	"go/ast"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the lower floors offer to the upper ones.
const (
	words  = "purl/vers purl purl/cpe purl/product"
	said   = words + " advisory"
	follow = said + " match"
)

// floors names the packages of the module and what each may import of it. A package
// that stands in no line is refused: a new one gets its line here, with a reason in
// the commit.
var floors = map[string]string{
	".": "",

	"purl/vers":    "",
	"purl":         "purl/vers",
	"purl/cpe":     "purl/vers",
	"purl/product": "purl/vers purl purl/cpe",

	"advisory/jsonpos":   "",
	"advisory":           words + " advisory/jsonpos",
	"advisory/cve":       said + " advisory/jsonpos",
	"advisory/csaf":      said + " advisory/jsonpos",
	"advisory/osv":       said + " advisory/jsonpos",
	"advisory/msrc":      said + " advisory/jsonpos", // Microsoft's form of CVRF
	"advisory/nvd":       said + " advisory/jsonpos",
	"advisory/openvex":   said + " advisory/jsonpos",
	"advisory/cyclonedx": said + " advisory/jsonpos",
	"advisory/enrich":    said + " advisory/jsonpos", // tables beside the advisories
	"advisory/patches":   said,                       // which patch replaces which, as text

	"match":           said,
	"match/inventory": follow + " advisory/jsonpos",
	"match/report":    follow,
	"match/matchtest": follow,

	"examples": anything,
}

const anything = "*"

// thirdParty names the package that may import each foreign module.
var thirdParty = map[string]string{
	"github.com/hashicorp/go-version":      "purl/vers",
	"github.com/package-url/packageurl-go": "purl",
}

// forbidden are imports that a pure library has no use for. Exact paths:
// database/sql/driver comes with go-version and holds interfaces only.
var forbidden = map[string]bool{"net/http": true, "os/exec": true, "database/sql": true, "C": true}

// forbiddenInExamples is the part of forbidden that holds for programs too.
var forbiddenInExamples = map[string]bool{"os/exec": true, "C": true}

func TestImports(t *testing.T) {
	arrows := map[string][]string{}
	for _, p := range modulePackages(t) {
		arrows[p.path] = append(arrows[p.path], ownImports(p)...)
		assert.Empty(t, checkImports(p), "imports of %s", p.path)
	}
	assert.Empty(t, checkArrows(arrows), "imports between packages")
}

func TestRequirements(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(moduleRoot(t), "go.mod"))
	require.NoError(t, err)
	assert.Equal(t, []string{
		"github.com/hashicorp/go-version",
		"github.com/package-url/packageurl-go",
		"github.com/stretchr/testify",
	}, directRequirements(string(text)), "what needs more is a nested module")
}

// owner returns the package whose line in floors speaks for the named one: an internal
// package belongs to the one it stands under, programs all stand under examples.
func owner(pkg string) string {
	if strings.HasPrefix(pkg, "examples/") {
		return "examples"
	}
	if i := strings.Index("/"+pkg+"/", "/internal/"); i > 0 {
		return pkg[:i-1]
	} else if i == 0 {
		return "."
	}
	return pkg
}

func isInternal(pkg string) bool { return strings.Contains("/"+pkg+"/", "/internal/") }

// ownImports returns the packages of this module that p imports, as paths below it.
func ownImports(p sourcePackage) []string {
	var own []string
	for _, path := range p.imports() {
		if path == modulePath {
			own = append(own, ".")
		} else if rel, ok := strings.CutPrefix(path, modulePath+"/"); ok {
			own = append(own, rel)
		}
	}
	return own
}

// checkArrows takes what each package of the module imports of it and returns the
// arrows that floors does not allow.
func checkArrows(arrows map[string][]string) []string {
	var wrong []string
	for _, from := range slices.Sorted(maps.Keys(arrows)) {
		allowed, known := floors[owner(from)]
		if !known {
			wrong = append(wrong, from+": stands on no floor")
			continue
		}
		if allowed == anything {
			continue
		}
		for _, to := range reached(arrows, from) {
			inside := isInternal(from) && to == owner(from)
			if !inside && !slices.Contains(strings.Fields(allowed), to) {
				wrong = append(wrong, from+": may not import "+to)
			}
		}
	}
	return wrong
}

// reached returns the packages that from imports, itself or through internal ones.
func reached(arrows map[string][]string, from string) []string {
	seen := map[string]bool{from: true}
	var reached []string
	for queue := slices.Clone(arrows[from]); len(queue) > 0; queue = queue[1:] {
		to := queue[0]
		switch {
		case seen[to]:
		case isInternal(to):
			queue = append(queue, arrows[to]...)
		default:
			reached = append(reached, to)
		}
		seen[to] = true
	}
	slices.Sort(reached)
	return reached
}

// checkImports returns what p imports from outside the module and must not.
func checkImports(p sourcePackage) []string {
	var wrong []string
	for _, file := range p.files {
		for _, spec := range file.Imports {
			if why := checkImport(p.path, spec); why != "" {
				wrong = append(wrong, p.at(spec.Pos())+why)
			}
		}
	}
	return wrong
}

func checkImport(pkg string, spec *ast.ImportSpec) string {
	path := importPath(spec)
	banned := forbidden
	if owner(pkg) == "examples" {
		banned = forbiddenInExamples
	}
	first, _, _ := strings.Cut(path, "/")
	switch {
	case banned[path]:
		return path + " has no place in a pure library"
	case path == modulePath, strings.HasPrefix(path, modulePath+"/"):
		return "" // checkArrows judges these
	case !strings.Contains(first, "."):
		return "" // the standard library
	}
	for module, user := range thirdParty {
		if path == module || strings.HasPrefix(path, module+"/") {
			if owner(pkg) == user {
				return ""
			}
			return fmt.Sprintf("%s belongs to %s alone", module, user)
		}
	}
	return path + " is no dependency of this module"
}

// directRequirements returns the modules that a go.mod requires without the mark
// "// indirect", sorted.
func directRequirements(text string) []string {
	var direct []string
	block := ""
	for line := range strings.Lines(text) {
		code, comment, _ := strings.Cut(line, "//")
		fields := strings.Fields(code)
		switch {
		case len(fields) == 0:
			continue
		case fields[0] == ")":
			block = ""
			continue
		case len(fields) == 2 && fields[1] == "(":
			block = fields[0]
			continue
		case block != "":
			fields = append([]string{block}, fields...)
		}
		mark, _, _ := strings.Cut(strings.TrimSpace(comment), ";")
		if fields[0] == "require" && len(fields) == 3 && mark != "indirect" {
			direct = append(direct, strings.Trim(fields[1], "\""))
		}
	}
	slices.Sort(direct)
	return direct
}

func TestCheckArrows(t *testing.T) {
	for name, c := range map[string]struct {
		arrows map[string][]string
		want   []string
	}{
		"down":             {map[string][]string{"match": {"advisory", "purl/vers"}, "purl/product": {"purl", "purl/cpe"}}, nil},
		"examples":         {map[string][]string{"examples/check": {"match", "advisory/cve", "match/report"}}, nil},
		"up":               {map[string][]string{"purl/vers": {"purl"}}, []string{"purl/vers: may not import purl"}},
		"sideways":         {map[string][]string{"purl/cpe": {"purl"}}, []string{"purl/cpe: may not import purl"}},
		"decoder in match": {map[string][]string{"match": {"advisory/cve"}}, []string{"match: may not import advisory/cve"}},
		"match in decoder": {map[string][]string{"advisory/osv": {"match"}}, []string{"advisory/osv: may not import match"}},
		"two decoders":     {map[string][]string{"advisory/osv": {"advisory/cve"}}, []string{"advisory/osv: may not import advisory/cve"}},
		"decoder above":    {map[string][]string{"advisory": {"advisory/cve"}}, []string{"advisory: may not import advisory/cve"}},
		"JSON in match":    {map[string][]string{"match": {"advisory/jsonpos"}}, []string{"match: may not import advisory/jsonpos"}},
		"JSON inventory":   {map[string][]string{"match/inventory": {"advisory/jsonpos", "match"}}, nil},
		"neighbors":        {map[string][]string{"match/report": {"match/inventory"}}, []string{"match/report: may not import match/inventory"}},
		"the map":          {map[string][]string{".": {"match"}}, []string{".: may not import match"}},
		"a program":        {map[string][]string{"match": {"examples/check"}}, []string{"match: may not import examples/check"}},
		"unknown":          {map[string][]string{"vuln": nil}, []string{"vuln: stands on no floor"}},
		"root internal":    {map[string][]string{"internal/x": {"purl"}}, []string{"internal/x: may not import purl"}},

		"own internal": {map[string][]string{
			"advisory/csaf":          {"advisory/internal/tree"},
			"advisory/internal/tree": {"advisory", "advisory/jsonpos"},
		}, nil},
		"hidden behind internal": {map[string][]string{
			"purl/cpe":        {"purl/internal/a"},
			"purl/internal/a": {"purl/internal/b"},
			"purl/internal/b": {"purl", "purl/internal/a"},
		}, []string{"purl/cpe: may not import purl"}},
		"internal goes up": {map[string][]string{"purl/internal/a": {"advisory"}}, []string{"purl/internal/a: may not import advisory"}},
	} {
		assert.Equal(t, c.want, checkArrows(c.arrows), name)
	}
}

func TestCheckImports(t *testing.T) {
	for _, c := range []struct{ pkg, path, want string }{
		{"purl/vers", "github.com/hashicorp/go-version", ""},
		{"purl/vers/internal/semver", "github.com/hashicorp/go-version", ""},
		{"purl", "github.com/package-url/packageurl-go", ""},
		{"purl", "strings", ""},
		{"purl", "database/sql/driver", ""},
		{"match", modulePath + "/purl", ""},
		{"examples/check", "net/http", ""},

		{"purl/cpe", "github.com/hashicorp/go-version", "github.com/hashicorp/go-version belongs to purl/vers alone"},
		{"purl/vers", "github.com/package-url/packageurl-go", "github.com/package-url/packageurl-go belongs to purl alone"},
		{"match", "github.com/stretchr/testify/assert", "github.com/stretchr/testify/assert is no dependency of this module"},
		{"examples/check", "golang.org/x/sync/errgroup", "golang.org/x/sync/errgroup is no dependency of this module"},
		{"advisory", "net/http", "net/http has no place in a pure library"},
		{"advisory", "database/sql", "database/sql has no place in a pure library"},
		{"examples/check", "os/exec", "os/exec has no place in a pure library"},
		{"purl/vers", "C", "C has no place in a pure library"},
	} {
		p := inline(t, c.pkg, "package x\n\nimport _ \""+c.path+"\"\n")
		var want []string
		if c.want != "" {
			want = []string{c.pkg + "/file0.go:3: " + c.want}
		}
		assert.Equal(t, want, checkImports(p), "%s imports %s", c.pkg, c.path)
	}
}

func TestDirectRequirements(t *testing.T) {
	assert.Equal(t, []string{"a.example/one", "b.example/two", "d.example/four"}, directRequirements(`module m.example

go 1.25

require b.example/two v1.0.0 // a comment

require (
	a.example/one v1.2.3
	c.example/three v0.0.1 // indirect
	c.example/three/more v0.0.1 // indirect; for a reason
)

replace (
	a.example/one => ../one
)

require "d.example/four" v0.1.0
`))
}
