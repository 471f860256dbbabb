package house_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

// undocumented returns the exported names of p whose comment is missing or does not
// begin with the name (https://go.dev/doc/comment). In a group of constants or variables
// the comment of the group speaks for its members, and a comment at the end of the line
// for its own. Each method of an exported interface has to say what it asks for.
func undocumented(p sourcePackage) []string {
	var wrong []string
	report := func(pos token.Pos, what string) { wrong = append(wrong, p.at(pos)+what) }
	about := func(name *ast.Ident, docs ...*ast.CommentGroup) {
		if name.IsExported() && !beginsWith(name.Name, docs...) {
			report(name.Pos(), name.Name+" has no comment that begins with its name")
		}
	}
	described := false
	public := publicTypes(p)
	for _, file := range p.files {
		described = described || beginsWith("Package "+p.name(), file.Doc)
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Recv == nil || public[baseName(decl.Recv.List[0].Type)] {
					about(decl.Name, decl.Doc)
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						about(spec.Name, decl.Doc, spec.Doc)
						for _, method := range interfaceMethods(spec) {
							if method.Doc == nil && method.Comment == nil {
								report(method.Pos(), spec.Name.Name+"."+method.Names[0].Name+" has no comment")
							}
						}
					case *ast.ValueSpec:
						grouped := decl.Lparen.IsValid() && (decl.Doc != nil || spec.Comment != nil) && spec.Doc == nil
						for _, name := range spec.Names {
							if !grouped {
								about(name, decl.Doc, spec.Doc)
							}
						}
					}
				}
			}
		}
	}
	if !described {
		report(p.files[0].Package, "no comment begins with Package "+p.name())
	}
	return wrong
}

// beginsWith reports whether one of the comments begins with the name or with an article
// and the name.
func beginsWith(name string, docs ...*ast.CommentGroup) bool {
	begin := regexp.MustCompile(`^(?:(?:A|An|The) )?` + regexp.QuoteMeta(name) + `\b`)
	for _, doc := range docs {
		if begin.MatchString(doc.Text()) {
			return true
		}
	}
	return false
}

// interfaceMethods returns the methods that an exported interface spells out.
func interfaceMethods(spec *ast.TypeSpec) []*ast.Field {
	if _, ok := spec.Type.(*ast.InterfaceType); !ok || !spec.Name.IsExported() {
		return nil
	}
	var methods []*ast.Field
	for _, field := range members(spec) {
		if len(field.Names) > 0 {
			methods = append(methods, field)
		}
	}
	return methods
}

func TestUndocumented(t *testing.T) {
	for code, want := range map[string]string{
		"// F does.\nfunc F() {}":                                        "",
		"// The F does.\nfunc F() {}":                                    "",
		"// A T is.\ntype T int\n\n// M does.\nfunc (T) M() {}":          "",
		"// An I is.\ntype I interface {\n\tM() // does\n}":              "",
		"// Kinds.\nconst (\n\tA = iota\n\tB\n)":                         "",
		"const (\n\tA = iota // first\n\t// B is second.\n\tB\n)":        "",
		"func f() {}\n\ntype t int\n\nfunc (t) M() {}\n\nconst c = 1":    "",
		"// T is.\ntype T struct{ F int }":                               "",
		"func F() {}":                                                    "3: F has no comment that begins with its name",
		"// Does.\nfunc F() {}":                                          "4: F has no comment that begins with its name",
		"// Find does.\nfunc F() {}":                                     "4: F has no comment that begins with its name",
		"type T int":                                                     "3: T has no comment that begins with its name",
		"// T is.\ntype T int\n\nfunc (T) M() {}":                        "6: M has no comment that begins with its name",
		"// T is.\ntype T struct{ t }\n\ntype t int\n\nfunc (*t) M() {}": "8: M has no comment that begins with its name",
		"// I is.\ntype I interface{ M() }":                              "4: I.M has no comment",
		"// Some.\nconst A = 1":                                          "4: A has no comment that begins with its name",
		"const (\n\tA = iota\n\tb\n)":                                    "4: A has no comment that begins with its name",
		"// Kinds.\nconst (\n\t// first\n\tA = iota\n)":                  "6: A has no comment that begins with its name",
		"// T is.\ntype T[K comparable] struct{}\n\nfunc (t *T[K]) M() int {\n\treturn 0\n}": "6: M has no comment that begins with its name",
	} {
		var lines []string
		if want != "" {
			lines = []string{"match/file0.go:" + want}
		}
		assert.Equal(t, lines, undocumented(inline(t, "match", "// Package x is.\npackage x\n"+code+"\n")), code)
	}
	assert.Equal(t, []string{"match/file0.go:1: no comment begins with Package x"}, undocumented(inline(t, "match", "package x\n")))
}
