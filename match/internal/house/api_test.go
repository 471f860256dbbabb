package house_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/constant"
	"go/printer"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var updateAPI = flag.Bool("update", false, "write what is generated anew: testdata/api, a table of the README")

// TestAPI compares the exported names of each package with the text in testdata/api, so
// that a change of them is seen in review, and asks for a comment on each of them.
func TestAPI(t *testing.T) {
	dir := filepath.Join(moduleRoot(t), "testdata", "api")
	written := map[string]bool{}
	for _, p := range modulePackages(t) {
		if p.name() == "main" || isInternal(p.path) {
			continue
		}
		assert.Empty(t, undocumented(p), "comments of %s", p.path)
		lines := apiLines(p)
		if len(lines) == 0 {
			continue
		}
		fmt.Println(apiCount(p.path, lines))
		base := goldenName(p)
		written[base] = true
		name := filepath.Join(dir, base)
		text := strings.Join(lines, "\n") + "\n"
		if *updateAPI {
			require.NoError(t, os.MkdirAll(dir, 0o755))
			require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
			continue
		}
		golden, err := os.ReadFile(name)
		if assert.NoError(t, err, "exported names of %s: run with -update", p.path) {
			assert.Equal(t, string(golden), text, "exported names of %s: run with -update if they are wanted", p.path)
		}
	}

	stale, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	require.NoError(t, err)
	stale = slices.DeleteFunc(stale, func(name string) bool { return written[filepath.Base(name)] })
	if *updateAPI {
		for _, name := range stale {
			require.NoError(t, os.Remove(name))
		}
		return
	}
	assert.Empty(t, stale, "written down, but no package of that name has exported names: run with -update")
}

// goldenName returns the file in testdata/api for a package: purl-vers.txt for purl/vers.
func goldenName(p sourcePackage) string {
	if p.path == "." {
		return p.name() + ".txt"
	}
	return strings.ReplaceAll(p.path, "/", "-") + ".txt"
}

// member matches the line of a field or interface method; what is embedded is counted
// where it is declared.
var member = regexp.MustCompile(`^type \w+(?:\[.*\])? (struct|interface), (\p{Lu}|embedded|unexported)`)

// apiCount says how many names, methods and fields a package exports. Names are what the
// budget of about thirty counts.
func apiCount(pkg string, lines []string) string {
	names, methods, fields := 0, 0, 0
	for _, line := range lines {
		m := member.FindStringSubmatch(line)
		switch {
		case strings.HasPrefix(line, "method "):
			methods++
		case m == nil:
			names++
		case len(m[2]) > 1:
		case m[1] == "interface":
			methods++
		default:
			fields++
		}
	}
	return fmt.Sprintf("api %s: %d names, %d methods, %d fields", pkg, names, methods, fields)
}

// An apiWriter collects the exported names of one package, one line each.
type apiWriter struct {
	sourcePackage
	pkg   *types.Package
	info  *types.Info
	lines []string
}

// apiLines returns one sorted line for each exported name, method and field of p.
func apiLines(p sourcePackage) []string {
	w := &apiWriter{sourcePackage: p}
	w.pkg, w.info = p.resolve()
	public := publicTypes(p)
	for _, file := range p.files {
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				w.function(decl, public)
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					switch spec := spec.(type) {
					case *ast.ValueSpec:
						w.values(decl.Tok, spec)
					case *ast.TypeSpec:
						if public[spec.Name.Name] {
							w.typ(spec)
						}
					}
				}
			}
		}
	}
	slices.Sort(w.lines)
	return w.lines
}

// publicTypes returns the exported types of p and those whose fields and methods reach
// the outside because an exported struct or interface embeds them.
func publicTypes(p sourcePackage) map[string]bool {
	specs := map[string]*ast.TypeSpec{}
	var queue []string
	for _, file := range p.files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.GenDecl); ok && decl.Tok == token.TYPE {
				for _, spec := range decl.Specs {
					spec := spec.(*ast.TypeSpec)
					specs[spec.Name.Name] = spec
					if spec.Name.IsExported() {
						queue = append(queue, spec.Name.Name)
					}
				}
			}
		}
	}
	public := map[string]bool{}
	for ; len(queue) > 0; queue = queue[1:] {
		spec := specs[queue[0]]
		if spec == nil || public[queue[0]] {
			continue
		}
		public[queue[0]] = true
		for _, field := range members(spec) {
			if len(field.Names) == 0 {
				queue = append(queue, baseName(field.Type))
			}
		}
	}
	return public
}

// members returns the fields of a struct or the elements of an interface.
func members(spec *ast.TypeSpec) []*ast.Field {
	switch t := spec.Type.(type) {
	case *ast.StructType:
		return t.Fields.List
	case *ast.InterfaceType:
		return t.Methods.List
	}
	return nil
}

// baseName returns the name of a type without pointer, package and type arguments.
func baseName(expr ast.Expr) string {
	switch expr := ast.Unparen(expr).(type) {
	case *ast.StarExpr:
		return baseName(expr.X)
	case *ast.IndexExpr:
		return baseName(expr.X)
	case *ast.IndexListExpr:
		return baseName(expr.X)
	case *ast.SelectorExpr:
		return expr.Sel.Name
	case *ast.Ident:
		return expr.Name
	}
	return ""
}

func (w *apiWriter) line(format string, args ...any) {
	w.lines = append(w.lines, fmt.Sprintf(format, args...))
}

// source prints a node on one line.
func (w *apiWriter) source(node ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), node); err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (w *apiWriter) function(decl *ast.FuncDecl, public map[string]bool) {
	if !decl.Name.IsExported() {
		return
	}
	signature := strings.TrimPrefix(w.source(decl.Type), "func")
	if decl.Recv == nil {
		w.line("func %s%s", decl.Name.Name, signature)
	} else if receiver := decl.Recv.List[0].Type; public[baseName(receiver)] {
		w.line("method (%s) %s%s", w.source(receiver), decl.Name.Name, signature)
	}
}

func (w *apiWriter) values(tok token.Token, spec *ast.ValueSpec) {
	for i, name := range spec.Names {
		if !name.IsExported() {
			continue
		}
		line := tok.String() + " " + name.Name
		switch object := w.info.Defs[name].(type) {
		case *types.Const:
			if t := w.typeName(object.Type()); t != "" {
				line += " " + t
			}
			if object.Val().Kind() != constant.Unknown {
				line += " = " + object.Val().ExactString()
			} else if i < len(spec.Values) {
				line += " = " + w.source(spec.Values[i])
			}
		case *types.Var:
			switch {
			case spec.Type != nil:
				line += " " + w.source(spec.Type)
			case strings.HasPrefix(name.Name, "Err"):
				line += " error"
			}
		}
		w.line("%s", line)
	}
}

// typeName names the type of a constant, or nothing where the constant has none or the
// type comes from a package that was not read.
func (w *apiWriter) typeName(t types.Type) string {
	if basic, ok := t.(*types.Basic); ok && (basic.Info()&types.IsUntyped != 0 || basic.Kind() == types.Invalid) {
		return ""
	}
	return types.TypeString(t, types.RelativeTo(w.pkg))
}

func (w *apiWriter) typ(spec *ast.TypeSpec) {
	head := "type " + spec.Name.Name
	if spec.TypeParams != nil {
		var params []string
		for _, field := range spec.TypeParams.List {
			params = append(params, w.field(field))
		}
		head += "[" + strings.Join(params, ", ") + "]"
	}
	kind := ""
	switch spec.Type.(type) {
	case *ast.StructType:
		kind = "struct"
	case *ast.InterfaceType:
		kind = "interface"
	}
	switch {
	case spec.Assign.IsValid():
		w.line("%s = %s", head, w.source(spec.Type))
		return
	case kind == "":
		w.line("%s %s", head, w.source(spec.Type))
		return
	}
	head += " " + kind
	w.line("%s", head)
	hidden := false
	for _, field := range members(spec) {
		if len(field.Names) == 0 {
			w.line("%s, embedded %s", head, w.source(field.Type))
		}
		for _, name := range field.Names {
			if !name.IsExported() {
				hidden = true
				continue
			}
			signature, method := field.Type.(*ast.FuncType)
			if method && kind == "interface" {
				w.line("%s, %s%s", head, name.Name, strings.TrimPrefix(w.source(signature), "func"))
				continue
			}
			one := *field
			one.Names = []*ast.Ident{name}
			w.line("%s, %s", head, w.field(&one))
		}
	}
	if hidden && kind == "interface" {
		w.line("%s, unexported methods", head) // nobody else can implement it
	}
}

// field prints a field or type parameter with its names and its tag.
func (w *apiWriter) field(field *ast.Field) string {
	var names []string
	for _, name := range field.Names {
		names = append(names, name.Name)
	}
	text := strings.Join(names, ", ") + " " + w.source(field.Type)
	if field.Tag != nil {
		text += " " + field.Tag.Value
	}
	return text
}
