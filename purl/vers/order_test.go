package vers_test

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// A fact is one line of testdata/<scheme>.txt: "a < b", "a = b", "a ? b" for versions of
// different lines, "a ! why" for text that is no version.
type fact struct {
	line     int
	a, op, b string
}

func facts(t testing.TB, file string) []fact {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	var all []fact
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		found := false
		for _, op := range []string{" < ", " = ", " ? ", " ! "} {
			if a, b, ok := strings.Cut(text, op); ok {
				all, found = append(all, fact{n, a, strings.TrimSpace(op), b}), true
				break
			}
		}
		require.True(t, found, "%s:%d: no fact: %s", file, n, text)
	}
	require.NoError(t, lines.Err())
	return all
}

func TestOrder(t *testing.T) {
	schemes := vers.Builtin()
	for _, name := range []string{"build", "dotted", "hashicorp", "ladder(<M,<RC,SP,Update,HF,-GA)", "vendor"} {
		t.Run(name, func(t *testing.T) {
			for _, f := range facts(t, filepath.Join("testdata", name+".txt")) {
				a, err := schemes.Parse(name, f.a)
				if f.op == "!" {
					assert.Error(t, err, "line %d: %s", f.line, f.a)
					continue
				}
				require.NoError(t, err, "line %d: %s", f.line, f.a)
				b, err := schemes.Parse(name, f.b)
				require.NoError(t, err, "line %d: %s", f.line, f.b)
				c, comparable := a.Compare(b)
				back, _ := b.Compare(a)
				assert.Equal(t, f.op != "?", comparable, "line %d: %s %s %s", f.line, f.a, f.op, f.b)
				assert.Equal(t, map[string]int{"<": -1, "=": 0, "?": 0}[f.op], c, "line %d: %s %s %s", f.line, f.a, f.op, f.b)
				assert.Equal(t, -c, back, "line %d, turned round", f.line)
			}
		})
	}
}

// A branch holds the versions that begin with its components, and no others.
func TestBranch(t *testing.T) {
	schemes := vers.Builtin()
	for _, c := range []struct{ scheme, branch, version, want string }{
		{"vendor", "6.0", "6.0", "yes"},
		{"vendor", "6.0", "6", "yes"},
		{"vendor", "6.0", "6.0.5", "yes"},
		{"vendor", "6.0", "6.0-rc1", "yes"},
		{"vendor", "6.0", "6.1", "no"},
		{"vendor", "6.0", "6.1-rc1", "no"},
		{"vendor", "6.1", "6.10.9", "no"},
		{"vendor", "6.9", "6.9.99", "yes"},
		{"vendor", "6.9", "6.10", "no"},
		{"vendor", "8.0 U2", "8.0 U2d", "yes"},
		{"vendor", "8.0 U2", "8.0 U2", "yes"},
		{"vendor", "8.0 U2", "8.0 U3", "no"},
		{"vendor", "8.0 U2", "8.0", "no"},
		{"vendor", "8.0 U2d", "8.0 U2d", "yes"},
		{"vendor", "8.0 U2d", "8.0 U2e", "no"},
		{"vendor", "7.2.1-69057", "7.2.1-69057-12", "yes"},
		{"vendor", "7.2.1-69057", "7.2.1-69058", "no"},
		{"dotted", "10.0.19045", "10.0.19045.3930", "yes"},
		{"dotted", "10.0.19045", "10.0.20348.1", "no"},
		{"semver", "1.2", "1.2.0-rc.1", "yes"},
		{"semver", "1.2", "1.3.0-rc.1", "no"},
		{"build", "7190", "8.0.7190", "yes"},
		{"build", "14.0", "8.0.7190", "yes"},
		{"hashicorp", "1.2", "1.2.9", "yes"},
		{"hashicorp", "1.2", "1.20", "no"},
	} {
		r, err := schemes.Branch(c.scheme, c.branch)
		require.NoError(t, err, "%+v", c)
		in, err := r.Contains(c.version)
		require.NoError(t, err, "%+v", c)
		assert.Equal(t, c.want, in.String(), "%+v", c)
	}
}

func TestLookup(t *testing.T) {
	schemes := vers.Builtin()
	_, ok := schemes.Lookup("ladder(SP,HF)")
	assert.True(t, ok)
	for _, name := range []string{"", "no-such", "ladder", "ladder(", "ladder()", "ladder(SP,SP)", "ladder(S1)", "ladder(SP,service pack)", "ladder(SP", "other(SP)"} {
		_, ok := schemes.Lookup(name)
		assert.False(t, ok, name)
	}
	_, err := schemes.Parse("no-such", "1")
	assert.ErrorIs(t, err, vers.ErrUnknownScheme)
}

func TestLimits(t *testing.T) {
	long := strings.Repeat("1.", 200)
	_, err := vers.Builtin().Parse("dotted", long)
	assert.ErrorIs(t, err, vers.ErrTooLong)
	_, err = vers.Builtin().WithMaxLength(1000).Parse("dotted", long)
	assert.NoError(t, err)
	_, err = vers.Builtin().WithMaxLength(1000).Parse("vendor", long)
	assert.ErrorIs(t, err, vers.ErrSyntax, "more components than a vendor version has")
	_, err = vers.Builtin().Parse("build", "14.0")
	assert.ErrorIs(t, err, vers.ErrImprecise)
	var parse *vers.ParseError
	_, err = vers.Builtin().Parse("vendor", "1.2 foo 3")
	require.ErrorAs(t, err, &parse)
	assert.Equal(t, 4, parse.Offset)
	assert.Equal(t, "vendor", parse.Scheme)
}

func TestWith(t *testing.T) {
	schemes, err := vers.Builtin().With(reversed{})
	require.NoError(t, err)
	a, err := schemes.Parse("reversed", "1")
	require.NoError(t, err)
	b, err := schemes.Parse("reversed", "2")
	require.NoError(t, err)
	c, ok := a.Compare(b)
	assert.True(t, ok)
	assert.Equal(t, 1, c)
	_, err = schemes.With(reversed{})
	assert.Error(t, err, "the name is taken")
	_, ok = vers.Builtin().Lookup("reversed")
	assert.False(t, ok, "the set that ships is not changed")
}

// reversed is a scheme that somebody else wrote: single digits, the smaller the newer.
type reversed struct{}

func (reversed) Name() string { return "reversed" }

func (reversed) AppendKey(dst []byte, version string) ([]byte, int, error) {
	if len(version) != 1 || version[0] < '0' || version[0] > '9' {
		return dst, 0, vers.ErrSyntax
	}
	return vers.Encoder(dst).Line("").Number(string('9' - version[0] + '0')).End(), 1, nil
}

func (r reversed) AppendBranch(lo, hi []byte, text string, _ int) ([]byte, []byte, int, error) {
	l, n, err := r.AppendKey(lo, text)
	if err != nil {
		return lo, hi, 0, err
	}
	h, _, _ := r.AppendKey(hi, text)
	return l, vers.Encoder(h).Top(), n, nil
}
