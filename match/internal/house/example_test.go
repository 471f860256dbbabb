package house_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// withoutExample are exported functions that nobody begins with: helpers of decoders and of
// package match, which their comments explain.
var withoutExample = map[string]bool{
	"advisory.CPEVersion": true, "advisory.IsCommit": true, "advisory.IsImprecise": true, "advisory.NewTimeline": true,
}

// TestExamples: each exported function of the upper two floors has an example that is run, and
// so has each decoder.
func TestExamples(t *testing.T) {
	for _, p := range modulePackages(t) {
		if !strings.HasPrefix(p.path, "match") && !strings.HasPrefix(p.path, "advisory") || isInternal(p.path) {
			continue
		}
		examples := examplesOf(t, p.path)
		for _, file := range p.files {
			for _, decl := range file.Decls {
				f, ok := decl.(*ast.FuncDecl)
				if !ok || f.Recv != nil || !f.Name.IsExported() || withoutExample[p.name()+"."+f.Name.Name] {
					continue
				}
				assert.True(t, examples[f.Name.Name], "%s has no example with output", p.at(f.Pos())+f.Name.Name)
			}
		}
		if _, below, _ := strings.Cut(p.path, "advisory/"); below != "" {
			assert.NotEmpty(t, examples, "%s has no example with output", p.path)
		}
	}
}

// examplesOf returns what the examples of a package are about: the function, or the type and
// method, of each that has an expected output.
func examplesOf(t *testing.T, pkg string) map[string]bool {
	names, err := filepath.Glob(filepath.Join(moduleRoot(t), filepath.FromSlash(pkg), "*_test.go"))
	require.NoError(t, err)
	var files []*ast.File
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		require.NoError(t, err)
		files = append(files, file)
	}
	about := map[string]bool{}
	for _, e := range doc.Examples(files...) {
		if e.Output != "" || e.EmptyOutput {
			name, _, _ := strings.Cut(e.Name, "_")
			about[name] = true
		}
	}
	return about
}
