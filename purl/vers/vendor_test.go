package vers_test

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// vendorNames are the schemes of single vendors; each has testdata/<name>.txt.
func vendorNames() []string {
	return []string{"aix", "bios", "cisco", "cisco-ios", "cisco-iosxe", "cisco-nxos", "date", "esxi", "jdk", "junos", "netscaler", "set", "smr", "zyxel"}
}

// fields reads a file of lines "a | b | c", without comments and blank lines.
func fields(t testing.TB, file string, n int) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", file))
	require.NoError(t, err)
	defer f.Close()
	var all [][]string
	lines := bufio.NewScanner(f)
	for at := 1; lines.Scan(); at++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		parts := strings.Split(text, " | ")
		require.Len(t, parts, n, "%s:%d", file, at)
		all = append(all, parts)
	}
	require.NoError(t, lines.Err())
	require.NotEmpty(t, all)
	return all
}

// check asserts one fact under a scheme.
func (f fact) check(t *testing.T, name string) {
	schemes := vers.Builtin()
	a, err := schemes.Parse(name, f.a)
	if f.op == "!" {
		assert.Error(t, err, "%s, line %d: %s", name, f.line, f.a)
		return
	}
	require.NoError(t, err, "%s, line %d", name, f.line)
	b, err := schemes.Parse(name, f.b)
	require.NoError(t, err, "%s, line %d", name, f.line)
	c, comparable := a.Compare(b)
	back, _ := b.Compare(a)
	assert.Equal(t, f.op != "?", comparable, "%s, line %d: %s %s %s", name, f.line, f.a, f.op, f.b)
	assert.Equal(t, map[string]int{"<": -1}[f.op], c, "%s, line %d: %s %s %s", name, f.line, f.a, f.op, f.b)
	assert.Equal(t, -c, back, "%s, line %d, turned round", name, f.line)
}

func TestVendorOrder(t *testing.T) {
	for _, name := range vendorNames() {
		t.Run(name, func(t *testing.T) {
			for _, f := range facts(t, filepath.Join("testdata", name+".txt")) {
				f.check(t, name)
			}
		})
	}
}

// ladderFacts returns the facts of testdata/ladders.txt by scheme.
func ladderFacts(t testing.TB) map[string][]fact {
	t.Helper()
	text, err := os.ReadFile("testdata/ladders.txt")
	require.NoError(t, err)
	all := map[string][]fact{}
	name := ""
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if scheme, ok := strings.CutPrefix(line, "scheme "); ok {
			name = scheme
			continue
		}
		if line == "" || line[0] == '#' {
			continue
		}
		found := false
		for _, op := range []string{" < ", " = ", " ? ", " ! "} {
			if a, b, ok := strings.Cut(line, op); ok && !found {
				all[name], found = append(all[name], fact{i + 1, a, strings.TrimSpace(op), b}), true
			}
		}
		require.True(t, found, "line %d: no fact: %s", i+1, line)
	}
	return all
}

func TestLadders(t *testing.T) {
	for name, facts := range ladderFacts(t) {
		t.Run(name, func(t *testing.T) {
			for _, f := range facts {
				f.check(t, name)
			}
		})
	}
}

// What the parameters of a ladder cannot say is refused.
func TestLadderParameters(t *testing.T) {
	for _, parameters := range []string{
		"", ",", "SP,", "1", "SP1", "<", "-", "~", "@", "!", "SP@", "@1", "~1",
		"SP,sp", "SP,-service pack", "line=", "line=0", "line=10", "line=x", "line=3:", "line=3:0", "line=3:20:10", "line=3:1x",
		"2020=", "2020=0", "2020=1000", "1800=1", "20x=1", "MR=1", "MR=10", "MR=x", "S-", "-", "a  b",
		strings.Repeat("a,", 30) + "b",
	} {
		_, ok := vers.Builtin().Lookup("ladder(" + parameters + ")")
		assert.False(t, ok, parameters)
	}
	for _, parameters := range []string{"SP", "fix pack", "~FOXMAN-UN", "!*", "!#", "~*", "zz", "month", "line=count", "line=3", "line=3:10:20", "2020=20", "MR=3", "CU@LTSR", "build,SP"} {
		_, ok := vers.Builtin().Lookup("ladder(" + parameters + ")")
		assert.True(t, ok, parameters)
	}
}

func TestVendorBranch(t *testing.T) {
	schemes := vers.Builtin()
	for _, f := range fields(t, "branches.txt", 4) {
		r, err := schemes.Branch(f[0], f[1])
		require.NoError(t, err, "%v", f)
		in, err := r.Contains(f[2])
		require.NoError(t, err, "%v", f)
		assert.Equal(t, f[3], in.String(), "%v", f)
	}
}

func TestVendorJoin(t *testing.T) {
	for _, f := range fields(t, "joins.txt", 4) {
		scheme, ok := vers.Builtin().Lookup(f[0])
		require.True(t, ok, f[0])
		joined, ok := scheme.(vers.Joiner).Join(f[1], f[2])
		if !ok {
			joined = "-"
		}
		assert.Equal(t, f[3], joined, "%v", f)
		if ok { // both lie on one line now
			_, _, one, err := scheme.AppendBranch(nil, nil, f[1], 0)
			require.NoError(t, err, "%v", f)
			a, _, _, _ := scheme.AppendBranch(nil, nil, f[1], 0)
			b, _, two, err := scheme.AppendBranch(nil, nil, joined, 0)
			require.NoError(t, err, "%v", f)
			assert.Equal(t, string(a[:one]), string(b[:two]), "%v", f)
		}
	}
}

// An inclusive bound holds the builds of its release, and nothing of the next.
func TestVendorRelease(t *testing.T) {
	for _, c := range []struct{ scheme, bound, in, out string }{
		{"junos", "21.4R3-S7", "21.4R3-S7.9", "21.4R3-S8"},
		{"junos", "21.4R3", "21.4R3.11", "21.4R3-S1"},
		{"aix", "7200-05-04", "7200-05-04-2220", "7200-05-05"},
		{"vendor", "7.2.6", "7.2.6 build 1575", "7.2.7"},
		{"ladder(build)", "5.1.7.2770", "5.1.7.2770 build 20240520", "5.1.8.2823"},
	} {
		scheme, ok := vers.Builtin().Lookup(c.scheme)
		require.True(t, ok)
		lo, hi, _, err := scheme.(vers.Releaser).AppendRelease(nil, nil, c.bound)
		require.NoError(t, err)
		for _, version := range []string{c.bound, c.in, c.out} {
			key, _, err := scheme.AppendKey(nil, version)
			require.NoError(t, err)
			in := bytes.Compare(lo, key) <= 0 && bytes.Compare(key, hi) < 0
			assert.Equal(t, version != c.out, in, "%s: %s in %s", c.scheme, version, c.bound)
		}
	}
}

// A release that names several versions is told apart from what cannot be read.
func TestVendorImprecise(t *testing.T) {
	for _, c := range []struct{ scheme, version string }{
		{"junos", "22.4-EVO"}, {"netscaler", "13.1"}, {"esxi", "8.0 U2"}, {"aix", "7.2 TL5"}, {"date", "June 2024"}, {"ladder(line=3)", "10.0.0"},
	} {
		_, err := vers.Builtin().Parse(c.scheme, c.version)
		assert.ErrorIs(t, err, vers.ErrImprecise, "%v", c)
	}
	var parse *vers.ParseError
	_, err := vers.Builtin().Parse("junos", "21.4R3-T2")
	require.ErrorAs(t, err, &parse)
	assert.ErrorIs(t, err, vers.ErrSyntax)
	assert.Equal(t, 7, parse.Offset)
	assert.Equal(t, "junos", parse.Scheme)
}

// Every line of the table of products names a scheme.
func TestProducts(t *testing.T) {
	text, err := os.ReadFile("testdata/products.txt")
	require.NoError(t, err)
	seen := map[string]bool{}
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		product, scheme, ok := strings.Cut(line, " = ")
		require.True(t, ok, "line %d", i+1)
		_, known := vers.Builtin().Lookup(scheme)
		assert.True(t, known, "line %d: %s", i+1, scheme)
		assert.False(t, seen[product], "line %d: %s stands twice", i+1, product)
		seen[product] = true
	}
	assert.Greater(t, len(seen), 280)
}
