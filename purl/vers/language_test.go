package vers_test

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"math/rand"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// A languageCase is what the tests of this file need to know about a scheme.
type languageCase struct {
	scheme  string
	grammar grammar
	// model compares two versions that the scheme reads, slowly and directly from the
	// rule; comparable is false where the versions lie on different lines.
	model func(a, b string) (c int, comparable bool)
}

var languageCases = []languageCase{
	{"composer", composerGrammar, modelComposer},
	{"conan", conanGrammar, modelConan},
	{"conda", condaGrammar, modelConda},
	{"cpan", cpanGrammar, modelCPAN},
	{"cran", cranGrammar, modelCRAN},
	{"gem", gemGrammar, modelGem},
	{"generic", genericGrammar, modelGeneric},
	{"hackage", hackageGrammar, modelHackage},
	{"julia", juliaGrammar, modelJulia},
	{"luarocks", luarocksGrammar, modelLuaRocks},
	{"nuget", nugetGrammar, modelNuGet},
	{"opam", opamGrammar, modelOpam},
	{"otp", otpGrammar, modelOTP},
	{"pypi", pypiGrammar, modelPyPI},
	{"vcpkg", vcpkgGrammar, modelVcpkg},
}

// A grammar makes random versions of a scheme: a head, then parts with something between,
// then a tail. Of alphabet are the bytes that a change puts in.
type grammar struct {
	heads, between, parts, tails []string
	alphabet                     string
}

// numerals are the numbers of all grammars.
var numerals = []string{
	"0", "0", "1", "1", "2", "3", "9", "10", "11", "19", "20", "99", "100", "00", "01", "007", "2147483647",
	"2147483648", "20231123", "9223372036854775807", "9223372036854775808", "18446744073709551616",
	"99999999999999999999999", "0000000001",
}

func (g grammar) version(r *rand.Rand) string {
	pick := func(list []string) string {
		if len(list) == 0 {
			return ""
		}
		return list[r.Intn(len(list))]
	}
	s := pick(g.heads)
	if r.Intn(4) > 0 {
		s += pick(numerals[:9])
	} else {
		s += pick(numerals)
	}
	for n := r.Intn(5); n > 0; n-- {
		s += pick(g.between)
		if r.Intn(3) > 0 {
			s += pick(numerals)
		} else {
			s += pick(g.parts)
		}
	}
	s += pick(g.tails)
	if r.Intn(5) == 0 {
		s = g.change(r, s)
	}
	return s
}

// pair makes two versions, often near to each other.
func (g grammar) pair(r *rand.Rand) (string, string) {
	a := g.version(r)
	switch r.Intn(4) {
	case 0:
		return a, g.version(r)
	case 1: // the same beginning
		b := g.version(r)
		i := r.Intn(len(a) + 1)
		return a, a[:i] + b[min(len(b), r.Intn(len(a)+1)):]
	default:
		b := g.change(r, a)
		if r.Intn(3) == 0 {
			b = g.change(r, b)
		}
		return a, b
	}
}

// change changes one place of s.
func (g grammar) change(r *rand.Rand, s string) string {
	i := r.Intn(len(s) + 1)
	j := min(len(s), i+r.Intn(2))
	put := ""
	switch r.Intn(4) {
	case 0:
		put = g.parts[r.Intn(len(g.parts))]
	case 1:
		put = numerals[r.Intn(len(numerals))]
	case 2:
		put = g.alphabet[r.Intn(len(g.alphabet)):][:1]
	}
	return s[:i] + put + s[j:]
}

func lookup(t testing.TB, scheme string) vers.Scheme {
	t.Helper()
	s, ok := vers.Builtin().Lookup(scheme)
	require.True(t, ok, "scheme %s", scheme)
	return s
}

// TestLanguageFacts reads the relations of testdata/<scheme>.txt: "a < b", "a = b", "a ? b"
// for versions that do not compare, and "a !" for text that is an error. Blanks at the ends
// of a version are not read; a version in double quotes keeps them.
func TestLanguageFacts(t *testing.T) {
	for _, c := range append(languageCases, languageCase{scheme: "maven"}) {
		t.Run(c.scheme, func(t *testing.T) {
			s := lookup(t, c.scheme)
			file, err := os.Open("testdata/" + c.scheme + ".txt")
			require.NoError(t, err)
			defer file.Close()
			facts := 0
			lines := bufio.NewScanner(file)
			for n := 1; lines.Scan(); n++ {
				line := strings.TrimSpace(lines.Text())
				if line == "" || strings.HasPrefix(line, "# ") {
					continue
				}
				facts++
				if text, ok := strings.CutSuffix(line, " !"); ok {
					_, _, err := s.AppendKey(nil, unquote(text))
					var where *vers.ParseError
					require.ErrorAs(t, err, &where, "line %d: %s", n, line)
					assert.True(t, errors.Is(err, vers.ErrSyntax) || errors.Is(err, vers.ErrImprecise), "line %d", n)
					assert.LessOrEqual(t, where.Offset, len(unquote(text)), "line %d: %s", n, line)
					continue
				}
				checkFact(t, s, n, line)
			}
			require.NoError(t, lines.Err())
			assert.Greater(t, facts, 10)
		})
	}
}

func checkFact(t *testing.T, s vers.Scheme, n int, line string) {
	t.Helper()
	for relation, want := range map[string]int{" < ": -1, " = ": 0, " ? ": 2} {
		a, b, ok := strings.Cut(line, relation)
		if !ok {
			continue
		}
		ka, la, err := s.AppendKey(nil, unquote(a))
		require.NoError(t, err, "line %d: %s", n, line)
		kb, lb, err := s.AppendKey(nil, unquote(b))
		require.NoError(t, err, "line %d: %s", n, line)
		got := 2
		if bytes.Equal(ka[:la], kb[:lb]) {
			got = bytes.Compare(ka, kb)
		}
		assert.Equal(t, want, got, "line %d: %s", n, line)
		return
	}
	t.Errorf("line %d: no relation in %q", n, line)
}

func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// TestLanguageModel compares the order of the keys with that of the models.
func TestLanguageModel(t *testing.T) {
	for _, c := range languageCases {
		t.Run(c.scheme, func(t *testing.T) {
			s, r, read := lookup(t, c.scheme), rand.New(rand.NewSource(1)), 0
			const pairs = 6000
			for range pairs {
				a, b := c.grammar.pair(r)
				ka, la, errA := s.AppendKey(nil, a)
				kb, lb, errB := s.AppendKey(nil, b)
				if errA != nil || errB != nil {
					continue
				}
				read++
				want, comparable := c.model(a, b)
				require.Equal(t, comparable, bytes.Equal(ka[:la], kb[:lb]), "lines of %q and %q", a, b)
				if comparable {
					require.Equal(t, want, bytes.Compare(ka, kb), "%q ? %q: %x %x", a, b, ka, kb)
				}
				back, _ := c.model(b, a)
				require.Equal(t, -want, back, "model of %q and %q", b, a)
			}
			assert.Greater(t, read, pairs/10, "pairs that the scheme reads")
		})
	}
}

// TestLanguageLaws checks the contract of Scheme on random versions.
func TestLanguageLaws(t *testing.T) {
	for _, c := range append(languageCases, languageCase{scheme: "maven", grammar: mavenGrammar}) {
		t.Run(c.scheme, func(t *testing.T) {
			s, r := lookup(t, c.scheme), rand.New(rand.NewSource(2))
			assert.Equal(t, c.scheme, s.Name())
			for range 3000 {
				checkVersion(t, s, c.grammar.version(r))
			}
		})
	}
}

var wildcardEnd = regexp.MustCompile(`^[vV]?[0-9.!]+\.[xX*]$`)

// checkVersion checks what holds for any text under any scheme.
func checkVersion(t testing.TB, s vers.Scheme, version string) {
	t.Helper()
	prefix := []byte("before")
	key, line, err := s.AppendKey(prefix, version)
	if err != nil {
		var where *vers.ParseError
		require.ErrorAs(t, err, &where)
		require.Equal(t, "before", string(key))
		require.True(t, 0 <= where.Offset && where.Offset <= len(version), "offset %d of %q", where.Offset, version)
		require.Equal(t, s.Name(), where.Scheme)
		return
	}
	require.Equal(t, "before", string(key[:len(prefix)]))
	key = key[len(prefix):]
	require.Greater(t, line, 0)
	require.Equal(t, line-1, bytes.IndexByte(key, 0), "line part of %q", version)
	again, _, err := s.AppendKey(nil, version)
	require.NoError(t, err)
	require.Equal(t, key, again)
	require.LessOrEqual(t, len(key), 8*len(version)+32)

	// Text that a tool would take for a version is a branch where it ends with a wildcard:
	// to vcpkg 1.x is any text, but whoever asks for the branch 1.x means 1.0, 1.1 ...
	if s.Name() == "vcpkg" && line > 1 && wildcardEnd.MatchString(version) {
		_, _, _, err := s.AppendBranch(nil, nil, version, 0)
		require.NoError(t, err)
		return
	}

	// A version lies in its own branch, in each branch that it begins with, and these
	// lie in each other.
	lastLo, lastHi := []byte(nil), []byte(nil)
	for depth := 6; depth >= 0; depth-- {
		lo, hi, n, err := s.AppendBranch([]byte("x"), []byte("yz"), version, depth)
		require.NoError(t, err, "branch of %q, depth %d", version, depth)
		lo, hi = lo[1:], hi[2:]
		require.Equal(t, key[:line], lo[:n], "line of the branch of %q", version)
		require.Equal(t, key[:line], hi[:n], "line of the branch of %q", version)
		require.True(t, bytes.Compare(lo, key) <= 0 && bytes.Compare(key, hi) < 0,
			"%q in its branch of depth %d: %x %x %x", version, depth, lo, key, hi)
		if lastLo != nil && depth > 0 {
			require.True(t, bytes.Compare(lo, lastLo) <= 0 && bytes.Compare(lastHi, hi) <= 0,
				"branch of %q, depth %d: %x %x in %x %x", version, depth, lastLo, lastHi, lo, hi)
		}
		lastLo, lastHi = lo, hi
	}
	if releaser, ok := s.(vers.Releaser); ok {
		lo, hi, n, err := releaser.AppendRelease(nil, nil, version)
		require.NoError(t, err)
		require.Equal(t, key[:line], lo[:n])
		require.True(t, bytes.Compare(lo, key) <= 0 && bytes.Compare(key, hi) < 0, "%q in its release", version)
	}
}

// TestLanguageNoAllocs guards that a key in a buffer costs no allocation.
func TestLanguageNoAllocs(t *testing.T) {
	for scheme, versions := range languageTypical {
		s, buffer := lookup(t, scheme), make([]byte, 0, 256)
		for _, version := range versions {
			_, _, err := s.AppendKey(buffer, version)
			require.NoError(t, err, "%s %s", scheme, version)
			allocs := testing.AllocsPerRun(20, func() { _, _, _ = s.AppendKey(buffer, version) })
			assert.Zero(t, allocs, "%s %s", scheme, version)
		}
	}
}

// languageTypical are versions as they are met, for the guards and benchmarks.
var languageTypical = map[string][]string{
	"composer": {"1.2.3", "v10.48.12", "2.0.0-beta.3", "dev-master", "4.4.x-dev", "2010-01-02"},
	"conan":    {"1.2.3", "cci.20230101", "1.0.0-rc.1+b3", "2_0.1"},
	"conda":    {"1.21.0", "1!2.0.post1", "1.1.1w", "2024.2.0rc1", "1.0+cuda12"},
	"cpan":     {"1.23", "v5.36.0", "0.0203_01", "6.1"},
	"cran":     {"1.2.3", "7.3-60.0.1", "2023.12.29"},
	"gem":      {"7.0.8.4", "1.13.0.rc1", "2.0.0-x86", "1.0.0.beta2"},
	"generic":  {"r2023-final"},
	"hackage":  {"4.17.2.1", "0.11.3.0"},
	"julia":    {"1.9.3", "1.11.0-rc2", "v0.5.0+1"},
	"luarocks": {"1.8.0-1", "scm-1", "2.0rc1-3", "3.1.2"},
	"maven":    {"2.15.2", "1.0.0-rc-1", "32.1.2-jre", "5.3.0.Final", "2.0-alpha-1-SNAPSHOT"},
	"nuget":    {"6.12.1", "8.0.0-preview.7.23375.6", "1.2.3.4", "4.0.0-nightly.202401090430+abc"},
	"opam":     {"4.14.1", "v0.16.0", "5.0.0~beta1", "1.2-1"},
	"otp":      {"26.2.1", "OTP-27.0-rc3", "5.2.1.4"},
	"pypi":     {"2.31.0", "1.0.0rc1", "2023.7.22", "1!1.0.post3.dev2", "2.1.0+cu118"},
	"vcpkg":    {"1.2.13#2", "2023-08-02.1", "3.0.0-rc.1", "vista"},
}

func BenchmarkLanguageAppendKey(b *testing.B) {
	for _, c := range append(languageCases, languageCase{scheme: "maven"}) {
		b.Run(c.scheme, func(b *testing.B) {
			s, versions, buffer := lookup(b, c.scheme), languageTypical[c.scheme], make([]byte, 0, 256)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				_, _, _ = s.AppendKey(buffer, versions[i%len(versions)])
			}
		})
	}
}

func FuzzLanguageSchemes(f *testing.F) {
	for scheme, versions := range languageTypical {
		for _, version := range versions {
			f.Add(scheme, version)
		}
	}
	for _, version := range []string{"", ".", "-", "1..2", "1-", "0-0-0", "é", "\xff", "1.\x00", "999999999999999999999999"} {
		for scheme := range languageTypical {
			f.Add(scheme, version)
		}
	}
	f.Add("composer", "0..X")
	f.Add("conan", "2-0-1-1.3.x")
	f.Fuzz(func(t *testing.T, scheme, version string) {
		if len(version) > vers.MaxLength {
			return
		}
		if _, ok := languageTypical[scheme]; ok {
			checkVersion(t, lookup(t, scheme), version)
		}
	})
}

// compareLists compares two lists item by item; the longer of equal beginning is greater.
func compareLists[T any](a, b []T, compare func(T, T) int) int {
	for i := range min(len(a), len(b)) {
		if c := compare(a[i], b[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a), len(b))
}

// TestLanguageLongInput checks that no scheme is slower than linear: what is quadratic
// takes minutes here.
func TestLanguageLongInput(t *testing.T) {
	const size = 1 << 18
	for scheme := range languageTypical {
		s := lookup(t, scheme)
		for _, part := range []string{"1", "0", "1.", "0.", "a", "a1", "-", "1-", "0-", ".0", "1_", "+", "1a.", "~", "rc.", "\x00"} {
			text := "1." + strings.Repeat(part, size/len(part))
			start := time.Now()
			key, _, err := s.AppendKey(nil, text)
			if err == nil {
				assert.LessOrEqual(t, len(key), 8*size)
			}
			_, _, _, _ = s.AppendBranch(nil, nil, text, 0)
			assert.Less(t, time.Since(start), 5*time.Second, "%s with %q", scheme, part)
		}
	}
}
