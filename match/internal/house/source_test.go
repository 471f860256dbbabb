package house_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// modulePath is the import path of the root module.
const modulePath = "github.com/affected-go/affected"

// A sourcePackage is one package of the root module without its test files.
type sourcePackage struct {
	path  string // below the module, "." for the root
	fset  *token.FileSet
	files []*ast.File
}

// name returns the name in the package clause.
func (p sourcePackage) name() string { return p.files[0].Name.Name }

// at returns "file.go:line: " for a position in the package.
func (p sourcePackage) at(pos token.Pos) string {
	place := p.fset.Position(pos)
	return path.Join(p.path, filepath.Base(place.Filename)) + ":" + strconv.Itoa(place.Line) + ": "
}

// imports returns the paths that the package imports, sorted, each once.
func (p sourcePackage) imports() []string {
	var paths []string
	for _, file := range p.files {
		for _, spec := range file.Imports {
			paths = append(paths, importPath(spec))
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

func importPath(spec *ast.ImportSpec) string {
	text, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return spec.Path.Value // the parser accepts no such literal
	}
	return text
}

// resolve tells what each name of the package refers to. The imports stay unread: what
// comes from another package has no type here, what is declared in this one has. The
// compiler reports errors; here they are expected and passed over.
func (p sourcePackage) resolve() (*types.Package, *types.Info) {
	info := &types.Info{
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Types:      map[ast.Expr]types.TypeAndValue{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	config := types.Config{Importer: unreadImports{}, Error: func(error) {}}
	pkg, _ := config.Check(path.Join(modulePath, p.path), p.fset, p.files, info)
	return pkg, info
}

// unreadImports is an importer that finds nothing.
type unreadImports struct{}

func (unreadImports) Import(string) (*types.Package, error) {
	return nil, errors.New("imports are not read")
}

// moduleRoot returns the folder of the root module's go.mod.
func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	for {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), "module "+modulePath+"\n") {
			return dir
		}
		parent := filepath.Dir(dir)
		require.NotEqual(t, parent, dir, "no go.mod of %s above the test", modulePath)
		dir = parent
	}
}

// modulePackages parses the packages of the root module in the order of their paths.
// Nested modules, testdata and hidden folders are left out. Two package clauses in one
// folder (a generator beside a library) are two packages of one path.
func modulePackages(t *testing.T) []sourcePackage {
	t.Helper()
	root := moduleRoot(t)
	fset := token.NewFileSet()
	found := map[[2]string]*sourcePackage{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name != root && skipFolder(name) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		key := [2]string{filepath.ToSlash(rel), file.Name.Name}
		if found[key] == nil {
			found[key] = &sourcePackage{path: key[0], fset: fset}
		}
		found[key].files = append(found[key].files, file)
		return nil
	})
	require.NoError(t, err)

	var packages []sourcePackage
	for _, p := range found {
		packages = append(packages, *p)
	}
	slices.SortFunc(packages, func(a, b sourcePackage) int {
		return strings.Compare(a.path+" "+a.name(), b.path+" "+b.name())
	})
	require.NotEmpty(t, packages)
	return packages
}

// skipFolder reports whether a folder holds none of the root module's packages.
func skipFolder(name string) bool {
	base := filepath.Base(name)
	if base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
		return true
	}
	_, err := os.Stat(filepath.Join(name, "go.mod"))
	return err == nil
}

// inline parses files given as text, for the tests of the checks themselves.
func inline(t *testing.T, pkg string, sources ...string) sourcePackage {
	t.Helper()
	p := sourcePackage{path: pkg, fset: token.NewFileSet()}
	for i, source := range sources {
		name := "file" + strconv.Itoa(i) + ".go"
		file, err := parser.ParseFile(p.fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		p.files = append(p.files, file)
	}
	return p
}
