package house_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestAPILines pins the form of testdata/api: what is exported has a line, what is not
// has none, and nothing depends on comments or layout.
func TestAPILines(t *testing.T) {
	p := inline(t, "match", `package x

import (
	"errors"
	"io"
	"math"
)

const (
	// First is documented.
	First Kind = iota
	Second
	third
)

const Name, size = "x", 1 << 10
const Big = math.MaxInt64
const Limit int64 = size

var ErrA = errors.New("a")
var errB = errors.New("b")
var Typed io.Reader = nil

type Kind uint8

func (k Kind) String() string { return "" }
func (k *Kind) hidden()       {}

type Row struct {
	// ID is documented.
	ID, Text string `+"`json:\"id\"`"+` // here too
	io.Reader
	*base
	n int
	Call func(
		a int, // with a comment
		b string,
	) error
}

type base struct{ Depth int }

func (b *base) Up() {}

type other struct{ Lost int }

func (other) Lost() {}

type Reader interface {
	io.Reader
	Next(n int) (Row, error) // moves
	mark()
}

type Pair[K comparable, V any] struct{ Key K }

func (p *Pair[K, V]) Swap() {}

type Alias = Row
type Callback func(*Row) bool

func Parse[T any](s string, more ...T) (_ Row, err error) { return }
func parse() {}
`, "package x\n\n// Last is in another file.\nfunc Last() {}\n")
	lines := apiLines(p)
	assert.Equal(t, strings.TrimSpace(`
const Big = math.MaxInt64
const First Kind = 0
const Limit int64 = 1024
const Name = "x"
const Second Kind = 1
func Last()
func Parse[T any](s string, more ...T) (_ Row, err error)
method (*Pair[K, V]) Swap()
method (*base) Up()
method (Kind) String() string
type Alias = Row
type Callback func(*Row) bool
type Kind uint8
type Pair[K comparable, V any] struct
type Pair[K comparable, V any] struct, Key K
type Reader interface
type Reader interface, Next(n int) (Row, error)
type Reader interface, embedded io.Reader
type Reader interface, unexported methods
type Row struct
type Row struct, Call func(a int, b string) error
type Row struct, ID string `+"`json:\"id\"`"+`
type Row struct, Text string `+"`json:\"id\"`"+`
type Row struct, embedded *base
type Row struct, embedded io.Reader
type base struct
type base struct, Depth int
var ErrA error
var Typed io.Reader
`), strings.Join(lines, "\n"))
	assert.Equal(t, "api match: 16 names, 4 methods, 5 fields", apiCount("match", lines))
}

func TestGoldenName(t *testing.T) {
	assert.Equal(t, "purl-vers.txt", goldenName(inline(t, "purl/vers", "package vers\n")))
	assert.Equal(t, "affected.txt", goldenName(inline(t, ".", "package affected\n")))
}
