package house_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestState(t *testing.T) {
	for _, p := range modulePackages(t) {
		assert.Empty(t, checkState(p), "state of %s", p.path)
	}
}

// sealed are functions whose results nobody can change, so that a variable may hold one.
var sealed = map[string]bool{
	"errors.New":           true,
	"fmt.Errorf":           true,
	"sync.OnceFunc":        true,
	"sync.OnceValue":       true,
	"sync.OnceValues":      true,
	"strings.NewReplacer":  true,
	"hash/crc32.MakeTable": true,
	"hash/crc64.MakeTable": true,
}

// writers matches the functions that write to what their first argument refers to.
var writers = regexp.MustCompile(`^(delete|clear|copy|` +
	`sort\.(Sort|Stable|Slice|SliceStable|Strings|Ints|Float64s)|` +
	`slices\.(Sort|SortFunc|SortStableFunc|Reverse|Delete|DeleteFunc|Insert|Replace|Compact|CompactFunc)|` +
	`maps\.(Copy|Insert|DeleteFunc))$`)

// surroundings matches what makes an answer depend on more than its input, or writes
// where no caller asked for it. Programs may use them.
var surroundings = regexp.MustCompile(`^(time\.(Now|Since|Until|Sleep|After|AfterFunc|Tick|NewTimer|NewTicker)|` +
	`os\.(Exit|Getenv|LookupEnv|Environ|ExpandEnv|Setenv|Unsetenv|Stdin|Stdout|Stderr|Args)|` +
	`fmt\.(Print|Printf|Println)|log\.\w+|log/slog\.(Default|SetDefault|Debug|Info|Warn|Error|Log)(Context)?)$`)

// A stateCheck looks for state in one package. It reads the package alone, so it judges
// by the form of a declaration where a type comes from elsewhere.
type stateCheck struct {
	sourcePackage
	pkg   *types.Package
	info  *types.Info
	wrong []string
}

// checkState returns the places where p keeps, or asks for, state: func init, package
// variables that are or can be changed, and uses of its surroundings.
func checkState(p sourcePackage) []string {
	c := &stateCheck{sourcePackage: p}
	c.pkg, c.info = p.resolve()
	for _, file := range p.files {
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Recv == nil && decl.Name.Name == "init" {
					c.report(decl.Pos(), "func init runs unasked")
				}
			case *ast.GenDecl:
				if decl.Tok == token.VAR {
					c.declaration(decl)
				}
			}
		}
		ast.Inspect(file, c.use)
	}
	return c.wrong
}

func (c *stateCheck) report(pos token.Pos, why string) {
	c.wrong = append(c.wrong, c.at(pos)+why)
}

// declaration judges the variables of one var declaration by what they start with.
func (c *stateCheck) declaration(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		spec := spec.(*ast.ValueSpec)
		embedded := hasDirective(decl.Doc, "//go:embed") || hasDirective(spec.Doc, "//go:embed")
		for i, name := range spec.Names {
			var value ast.Expr
			if i < len(spec.Values) {
				value = spec.Values[i]
			}
			if why := c.variable(name, value, embedded); why != "" {
				c.report(name.Pos(), name.Name+" "+why)
			}
		}
	}
}

func hasDirective(doc *ast.CommentGroup, directive string) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(line *ast.Comment) bool {
		return strings.HasPrefix(line.Text, directive+" ")
	})
}

var sentinelName = regexp.MustCompile(`^[eE]rr[A-Z0-9]`)

// variable says what is wrong with a package variable, or nothing.
func (c *stateCheck) variable(name *ast.Ident, value ast.Expr, embedded bool) string {
	if name.Name == "_" {
		if value == nil || c.isData(value) || isPointerToLiteral(value) {
			return ""
		}
		return "runs code where a compile-time assertion should stand"
	}
	sentinel := value != nil && (sentinelName.MatchString(name.Name) || c.callee(value) == "errors.New" || c.callee(value) == "fmt.Errorf")
	switch {
	case name.IsExported() && !sentinel:
		return "is exported: every importer can replace it"
	case embedded:
		return ""
	case value == nil:
		return "has no value: it waits to be assigned"
	}
	if what := c.stateful(value); what != "" {
		return "holds " + what
	}
	if sentinel || sealed[c.callee(value)] || c.isArray(name) || c.isData(value) {
		return ""
	}
	return "is no table, embedded file, error sentinel or sync.OnceValue"
}

// isData reports whether an initial value is written out: a composite literal or a
// converted constant. Of pointers only those to the range tables of package unicode count,
// which is the form that package asks for.
func (c *stateCheck) isData(value ast.Expr) bool {
	switch value := ast.Unparen(value).(type) {
	case *ast.CompositeLit:
		return true
	case *ast.CallExpr:
		return c.info.Types[value.Fun].IsType() && len(value.Args) == 1 && c.isConstant(value.Args[0])
	case *ast.UnaryExpr:
		return isPointerToLiteral(value) && c.qualified(ast.Unparen(value.X).(*ast.CompositeLit).Type) == "unicode.RangeTable"
	}
	return false
}

func isPointerToLiteral(value ast.Expr) bool {
	address, ok := ast.Unparen(value).(*ast.UnaryExpr)
	if !ok || address.Op != token.AND {
		return false
	}
	_, ok = ast.Unparen(address.X).(*ast.CompositeLit)
	return ok
}

func (c *stateCheck) isConstant(value ast.Expr) bool {
	tv := c.info.Types[value]
	return tv.Value != nil || tv.IsNil()
}

// isArray reports whether a variable is an array. Arrays are values: one that was
// computed and is never written to is a table, however it came to be.
func (c *stateCheck) isArray(name *ast.Ident) bool {
	object := c.info.Defs[name]
	if object == nil {
		return false
	}
	_, ok := object.Type().Underlying().(*types.Array)
	return ok
}

// stateful names something in an initial value that is made to be changed, or nothing.
// What a function makes is its own, except what it would make to be shared.
func (c *stateCheck) stateful(value ast.Expr) string {
	what := ""
	var inspect func(inside bool) func(ast.Node) bool
	inspect = func(inside bool) func(ast.Node) bool {
		return func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.FuncLit:
				ast.Inspect(node.Body, inspect(true))
				return false
			case *ast.SelectorExpr:
				name := c.qualified(node)
				if isShared(name) || !inside && strings.HasPrefix(name, "regexp.") {
					what = name
				}
			case *ast.Ident:
				switch object := c.info.Uses[node].(type) {
				case *types.Builtin:
					if name := object.Name(); !inside && (name == "make" || name == "new") {
						what = "what " + name + " made"
					}
				case *types.TypeName:
					if c.locks(object, nil) {
						what = object.Name() + ", which locks"
					}
				}
			}
			return what == ""
		}
	}
	ast.Inspect(value, inspect(false))
	return what
}

// isShared reports whether a name belongs to the packages that guard shared state.
func isShared(name string) bool {
	return (strings.HasPrefix(name, "sync.") || strings.HasPrefix(name, "sync/atomic.")) && !sealed[name]
}

// locks reports whether a type of this package mentions package sync in its declaration,
// or in that of a type it is made of.
func (c *stateCheck) locks(name *types.TypeName, seen []*types.TypeName) bool {
	spec := c.typeSpec(name)
	if spec == nil || slices.Contains(seen, name) {
		return false
	}
	found := false
	ast.Inspect(spec.Type, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.SelectorExpr:
			found = found || isShared(c.qualified(node))
		case *ast.Ident:
			if inner, ok := c.info.Uses[node].(*types.TypeName); ok {
				found = found || c.locks(inner, append(seen, name))
			}
		}
		return !found
	})
	return found
}

func (c *stateCheck) typeSpec(name *types.TypeName) *ast.TypeSpec {
	for _, file := range c.files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.GenDecl); ok && decl.Tok == token.TYPE {
				for _, spec := range decl.Specs {
					if spec := spec.(*ast.TypeSpec); c.info.Defs[spec.Name] == name {
						return spec
					}
				}
			}
		}
	}
	return nil
}

// use looks at one node of a file for a write to a package variable and for uses of the
// surroundings.
func (c *stateCheck) use(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.AssignStmt:
		for _, target := range node.Lhs {
			c.write(target, "is assigned")
		}
	case *ast.IncDecStmt:
		c.write(node.X, "is assigned")
	case *ast.RangeStmt:
		if node.Tok == token.ASSIGN {
			c.write(node.Key, "is assigned")
			c.write(node.Value, "is assigned")
		}
	case *ast.SendStmt:
		c.write(node.Chan, "is sent to")
	case *ast.UnaryExpr:
		if node.Op == token.AND {
			c.write(node.X, "has its address taken")
		}
	case *ast.SliceExpr:
		if t := c.info.TypeOf(node.X); t != nil {
			if _, ok := t.Underlying().(*types.Array); ok {
				c.write(node.X, "has its address taken")
			}
		}
	case *ast.CallExpr:
		c.call(node)
	case *ast.SelectorExpr:
		if name := c.qualified(node); surroundings.MatchString(name) && owner(c.path) != "examples" {
			c.report(node.Pos(), name+" is not for a library")
		}
		if c.byAddress(node) {
			c.write(node.X, "is changed by its method "+node.Sel.Name)
		}
	}
	return true
}

// call reports writes to package variables by the called function.
func (c *stateCheck) call(call *ast.CallExpr) {
	if len(call.Args) == 0 {
		return
	}
	name := c.callee(call)
	if writers.MatchString(name) {
		c.write(call.Args[0], "is changed by "+name)
	}
	if cut, ok := ast.Unparen(call.Args[0]).(*ast.SliceExpr); ok && name == "append" && !cut.Slice3 {
		c.write(cut, "is changed by append")
	}
}

// byAddress reports whether naming a method takes the address of its operand.
func (c *stateCheck) byAddress(method *ast.SelectorExpr) bool {
	selection := c.info.Selections[method]
	if selection == nil || selection.Kind() != types.MethodVal {
		return false
	}
	receiver := selection.Obj().(*types.Func).Signature().Recv()
	_, wanted := receiver.Type().(*types.Pointer)
	_, held := selection.Recv().(*types.Pointer)
	return wanted && !held
}

// write reports that something happens to the package variable, if any, that an operand
// is part of.
func (c *stateCheck) write(operand ast.Expr, what string) {
	for {
		switch x := operand.(type) {
		case *ast.ParenExpr:
			operand = x.X
		case *ast.IndexExpr:
			operand = x.X
		case *ast.SelectorExpr:
			operand = x.X
		case *ast.StarExpr:
			operand = x.X
		case *ast.SliceExpr:
			operand = x.X
		case *ast.Ident:
			object, ok := c.info.Uses[x].(*types.Var)
			if ok && object.Parent() == c.pkg.Scope() {
				c.report(x.Pos(), x.Name+" "+what)
			}
			return
		default:
			return
		}
	}
}

// callee returns what qualified says of the function that an expression calls.
func (c *stateCheck) callee(value ast.Expr) string {
	call, ok := ast.Unparen(value).(*ast.CallExpr)
	if !ok {
		return ""
	}
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.IndexExpr:
		return c.qualified(fun.X)
	case *ast.IndexListExpr:
		return c.qualified(fun.X)
	default:
		return c.qualified(fun)
	}
}

// qualified returns "import/path.Name" for a name of another package, the name itself
// for a builtin function, and nothing for all else.
func (c *stateCheck) qualified(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.Ident:
		if builtin, ok := c.info.Uses[expr].(*types.Builtin); ok {
			return builtin.Name()
		}
	case *ast.SelectorExpr:
		if x, ok := expr.X.(*ast.Ident); ok {
			if pkg, ok := c.info.Uses[x].(*types.PkgName); ok {
				return pkg.Imported().Path() + "." + expr.Sel.Name
			}
		}
	}
	return ""
}
