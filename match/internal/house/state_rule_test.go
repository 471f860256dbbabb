package house_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestCheckState shows that the check can fail. Each case is the rest of a file that
// imports what it names; the second file of the package reads and changes its variables.
func TestCheckState(t *testing.T) {
	const second = `package x

import "fmt"

func show(table int) { table = 1; table++; fmt.Sprint(table) }
`
	for _, c := range []struct{ imports, code, want string }{
		// What may stay.
		{"errors", `var ErrLimit = errors.New("limit")`, ""},
		{"fmt errors", `var errA = fmt.Errorf("a: %w", errors.ErrUnsupported)`, ""},
		{"", `type kind string; func (k kind) Error() string { return string(k) }; var ErrKind error = kind("k")`, ""},
		{"", `var table = map[string]int{"a": 1}`, ""},
		{"", `var table = []string{"a"}; func f(i int) string { table := table[1:]; table[0] = ""; return table[i] }`, ""},
		{"", `var table = [256]byte{'a': 1}; func f() { for table := range table { table++ } }`, ""},
		{"", `var table = build(); func build() (t [256]byte) { t[0] = 1; return t }`, ""},
		{"", `var table = func() [4]int { return [4]int{} }()`, ""},
		{"", `var magic = []byte("AFDB")`, ""},
		{"unicode", `var wide = &unicode.RangeTable{R16: nil}`, ""},
		{"hash/crc32", `var polynomial = crc32.MakeTable(crc32.Castagnoli)`, ""},
		{"sync", `var builtin = sync.OnceValue(func() map[string]int { return make(map[string]int) })`, ""},
		{"sync", `var builtin = sync.OnceValue[int](func() int { return 1 })`, ""},
		{"embed", "//go:embed catalog.txt\nvar catalog string; var _ embed.FS", ""},
		{"fmt", `type T struct{}; func (T) String() string { return "" }; var _ fmt.Stringer = T{}; var _ fmt.Stringer = (*T)(nil); var _ fmt.Stringer = &T{}`, ""},
		{"", `type row struct{ n int }; func (r row) get() int { return r.n }; var first = row{1}; func f() int { return first.get() }`, ""},
		{"", `type row struct{ n int }; func (r *row) get() int { return r.n }; var rows = []*row{{1}}; func f() int { return rows[0].get() }`, ""},
		{"", `var table = []int{1}; func f() []int { return append(table, 2) }`, ""},
		{"", `type t struct{}; func (t) init() {}`, ""},
		{"time", `func f(t time.Time) time.Time { return t.Add(time.Hour) }`, ""},

		// What runs unasked.
		{"", `func init() {}`, "func init runs unasked"},
		{"", `var _ = f(); func f() int { return 0 }`, "_ runs code where a compile-time assertion should stand"},

		// What is no table to begin with.
		{"", `var n int`, "n has no value: it waits to be assigned"},
		{"", `var n = 5`, "n is no table, embedded file, error sentinel or sync.OnceValue"},
		{"", `var p = &struct{ n int }{}`, "p is no table, embedded file, error sentinel or sync.OnceValue"},
		{"", `var f = func() {}`, "f is no table, embedded file, error sentinel or sync.OnceValue"},
		{"time", `var f = time.Unix`, "f is no table, embedded file, error sentinel or sync.OnceValue"},
		{"", `var m = build(); func build() map[string]int { return nil }`, "m is no table, embedded file, error sentinel or sync.OnceValue"},
		{"", `var Table = []int{1}`, "Table is exported: every importer can replace it"},
		{"", `var m = make(map[string]int)`, "m holds what make made"},
		{"", `var m = []*int{new(int)}`, "m holds what new made"},
		{"regexp", `var r = []any{regexp.MustCompile("a")}`, "r holds regexp.MustCompile"},
		{"sync", `var pool = sync.Pool{}`, "pool holds sync.Pool"},
		{"sync", `var pool = &sync.Pool{New: func() any { return nil }}`, "pool holds sync.Pool"},
		{"sync", `var pool = sync.OnceValue(func() *sync.Pool { return &sync.Pool{} })`, "pool holds sync.Pool"},
		{"sync/atomic", `var n = [1]atomic.Int64{}`, "n holds atomic.Int64"},
		{"sync", `type inner struct{ sync.Mutex }; type cache struct{ in [2]inner }; var c = cache{}`, "c holds cache, which locks"},
		{"sync", `type cache struct{ next *cache; mu sync.Mutex }; var c = []cache{}`, "c holds cache, which locks"},

		// What is a table and changes.
		{"", `var table = []int{1}; func f() { table = nil }`, "table is assigned"},
		{"", `var table = []int{1}; func f() { table[0]++ }`, "table is assigned"},
		{"", `var table = []struct{ n []int }{}; func f() { (table[0].n)[1] = 2 }`, "table is assigned"},
		{"", `var table = []int{1}; func f() { table = append(table, 2) }`, "table is assigned"},
		{"", `var table = []int{1}; func f() { _ = append(table[:0], 2) }`, "table is changed by append"},
		{"", `var table = []int{1}; func f() { for _, table[0] = range []int{1} {} }`, "table is assigned"},
		{"", `var table = map[int]int{}; func f() { delete(table, 1) }`, "table is changed by delete"},
		{"", `var table = map[int]int{}; func f() { clear((table)) }`, "table is changed by clear"},
		{"", `var table = []int{}; func f() { copy(table[1:], table) }`, "table is changed by copy"},
		{"slices", `var table = []int{}; func f() { slices.Sort(table) }`, "table is changed by slices.Sort"},
		{"sort", `var table = []int{}; func f() { sort.Slice(table, nil) }`, "table is changed by sort.Slice"},
		{"", `var table = []int{}; func f() *[]int { return &table }`, "table has its address taken"},
		{"", `var table = []int{1}; func f() *int { return &table[0] }`, "table has its address taken"},
		{"", `var table = [2]int{}; func f() []int { return table[:] }`, "table has its address taken"},
		{"", `type row struct{ n int }; func (r *row) set() { r.n++ }; var first = row{1}; func f() { first.set() }`, "first is changed by its method set"},
		{"", `type row struct{ n int }; func (r *row) set() { r.n++ }; var rows = [1]row{}; func f() { g := rows[0].set; g() }`, "rows is changed by its method set"},
		{"errors", `var ErrA = errors.New("a"); func f() { ErrA = nil }`, "ErrA is assigned"},

		// What depends on more than its input.
		{"time", `func f() time.Time { return time.Now() }`, "time.Now is not for a library"},
		{"os", `func f() string { return os.Getenv("HOME") }`, "os.Getenv is not for a library"},
		{"fmt", `func f() { fmt.Println() }`, "fmt.Println is not for a library"},
		{"log/slog", `func f() { slog.Info("x") }`, "log/slog.Info is not for a library"},
	} {
		source := "package x\n"
		for path := range strings.FieldsSeq(c.imports) {
			source += "\nimport \"" + path + "\""
		}
		wrong := strings.Join(checkState(inline(t, "match", source+"\n\n"+c.code+"\n", second)), "\n")
		if c.want == "" {
			assert.Empty(t, wrong, c.code)
			continue
		}
		assert.Regexp(t, `^match/file0\.go:\d+: \Q`+c.want+`\E$`, strings.Replace(wrong, "sync/atomic.", "atomic.", 1), c.code)
	}
}

// TestCheckStateAcross changes in one file what another file declares.
func TestCheckStateAcross(t *testing.T) {
	wrong := checkState(inline(t, "match",
		"package x\n\nvar table = []int{1}\n",
		"package x\n\nfunc f() {\n\ttable[0] = 2\n}\n"))
	assert.Equal(t, []string{"match/file1.go:4: table is assigned"}, wrong)
}

// TestCheckStateExamples lets programs print and ask for the time.
func TestCheckStateExamples(t *testing.T) {
	const program = "package main\n\nimport (\n\t\"fmt\"\n\t\"time\"\n)\n\nfunc main() { fmt.Println(time.Now()) }\n"
	assert.Empty(t, checkState(inline(t, "examples/check", program)))
	assert.Len(t, checkState(inline(t, "match", program)), 2)
}
