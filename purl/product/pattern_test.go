package product_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/product"
)

var syntaxes = map[string]product.Syntax{"2.0": product.CSAF20, "2.1": product.CSAF21, "glob": product.Glob}

func TestPattern(t *testing.T) {
	f, err := os.Open("testdata/patterns.txt")
	require.NoError(t, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text := lines.Text()
		if strings.TrimSpace(text) == "" || text[0] == '#' {
			continue
		}
		fields := strings.SplitN(text, "|", 4)
		require.Len(t, fields, 4, "line %d", n)
		syntax, known := syntaxes[strings.TrimSpace(fields[0])]
		require.True(t, known, "line %d", n)
		p, err := product.ParsePattern(strings.TrimSpace(fields[1]), syntax)
		value, want := fields[3], strings.TrimSpace(fields[2])
		if want == "broken" {
			var broken *product.PatternError
			require.ErrorAs(t, err, &broken, "line %d: %s", n, text)
			assert.Equal(t, strings.TrimSpace(value), strconv.Itoa(broken.Offset), "line %d: %v", n, err)
			assert.False(t, p.IsValid())
			continue
		}
		require.NoError(t, err, "line %d: %s", n, text)
		assert.Equal(t, want == "covers", p.Match(value), "line %d: %s", n, text)
		glob, err := product.ParsePattern(p.Glob(), product.Glob)
		require.NoError(t, err, "line %d: %s", n, p.Glob())
		if want == "covers" || strings.ToLower(value) == strings.ToUpper(value) {
			assert.Equal(t, want == "covers", glob.Match(value), "line %d: %s as %s", n, text, p.Glob())
		}
		literal := strings.ToLower(glob.Literal(4))
		assert.LessOrEqual(t, len(literal), 4)
		if want == "covers" {
			assert.True(t, strings.HasPrefix(strings.ToLower(strings.TrimSpace(value)), literal), "line %d: %s", n, literal)
		}
		if number := strings.TrimSpace(value); number != "" {
			assert.Equal(t, want == "covers", oracle(t, p).MatchString(number), "line %d: the oracle on %s", n, text)
		}
	}
	require.NoError(t, lines.Err())
}

// oracle writes a pattern as a regular expression.
func oracle(t *testing.T, p product.Pattern) *regexp.Regexp {
	t.Helper()
	var b strings.Builder
	b.WriteString(`(?s)^`)
	if p.Syntax() == product.Glob {
		b.WriteString(`(?i)`)
	}
	braces := false
	text := []rune(strings.TrimSpace(p.String()))
	for i := 0; i < len(text); i++ {
		glob := p.Syntax() == product.Glob
		switch c := text[i]; {
		case c == '\\' && p.Syntax() != product.CSAF20:
			i++
			b.WriteString(regexp.QuoteMeta(string(text[i])))
		case c == '?':
			b.WriteString(`.`)
		case c == '*':
			b.WriteString(`.*`)
		case glob && c == '{':
			braces = true
			b.WriteString(`(?:`)
		case glob && c == '}':
			braces = false
			b.WriteString(`)`)
		case braces && c == ',':
			b.WriteString(`|`)
		default:
			b.WriteString(regexp.QuoteMeta(string(c)))
		}
	}
	if p.Syntax() != product.CSAF20 {
		b.WriteString(`$`)
	}
	return regexp.MustCompile(b.String())
}

// Hostile patterns and values: what cannot be seen is refused, what is long takes no long time.
func TestPatternHostile(t *testing.T) {
	for _, text := range []string{
		"A\x00B", "A\u202eB", "A\u200bB", "A\xffB", strings.Repeat("*", 1<<16), strings.Repeat("A", product.MaxPattern+1), " \t ",
	} {
		for _, syntax := range syntaxes {
			_, err := product.ParsePattern(text, syntax)
			var broken *product.PatternError
			require.ErrorAs(t, err, &broken, "%.20q", text)
			assert.Less(t, len(broken.Error()), 400)
		}
	}
	_, err := product.ParsePattern("A", product.Glob+1)
	assert.Error(t, err)
	var zero product.Pattern
	assert.False(t, zero.IsValid() || zero.Match("") || zero.Match("A"))

	p, err := product.ParsePattern(strings.Repeat("*a", product.MaxPattern/2), product.Glob)
	require.NoError(t, err)
	assert.False(t, p.Match(strings.Repeat("a", 1<<14)+"b"))
	assert.True(t, p.Match(strings.Repeat("a", 1<<14)))
	p, err = product.ParsePattern("А-12", product.Glob) // the letter A of another script
	require.NoError(t, err)
	assert.False(t, p.Match("A-12"))
	p, err = product.ParsePattern("A\ufffd", product.CSAF21)
	require.NoError(t, err)
	assert.False(t, p.Match("A\xff"), "a byte that is no character")
}

func TestPatternLiterals(t *testing.T) {
	for text, want := range map[string]int{"AB-12": 5, "A?*": 1, "*": 0, "FX{32,640}M{T,R}/{ES,}": 7, `\*\{`: 2, "{ab,c}{d,ef}x": 3} {
		p, err := product.ParsePattern(text, product.Glob)
		require.NoError(t, err)
		assert.Equal(t, want, p.Literals(), text)
	}
}

func TestPatternNoAllocs(t *testing.T) {
	p, err := product.ParsePattern("FX{32,64}M*{T,R}/?S", product.Glob)
	require.NoError(t, err)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		_ = p.Match("fx64m-1234567890-r/ds") && p.Match("fx48")
	}))
}

// The machine covers what the regular expression of the same meaning covers.
func FuzzPattern(f *testing.F) {
	f.Add(`6RA801?-??V62`, "6RA8013-6KV62-0AA0", uint8(0))
	f.Add(`P\*\\?*`, `P*\X12`, uint8(1))
	f.Add(`X{a*,b?,}Y`, "xa12y", uint8(2))
	f.Add("*a*b*c", "aabbcc", uint8(2))
	f.Fuzz(func(t *testing.T, text, value string, syntax uint8) {
		p, err := product.ParsePattern(text, product.Syntax(syntax%4))
		if err != nil {
			var broken *product.PatternError
			require.True(t, errors.As(err, &broken))
			require.LessOrEqual(t, broken.Offset, len(text))
			require.False(t, p.IsValid())
			return
		}
		got := p.Match(value)
		require.Equal(t, got, p.Match(" "+value+"\n"))
		value = strings.TrimSpace(value)
		if p.Syntax() == product.Glob {
			ascii := strings.IndexFunc(text+value, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
			if !ascii { // regexp folds more letters than one lower case: K and the Kelvin sign
				return
			}
		}
		if value == "" || !utf8.ValidString(value) {
			return
		}
		require.Equal(t, oracle(t, p).MatchString(value), got, "%q on %q", text, value)
	})
}

func BenchmarkPattern(b *testing.B) {
	for _, c := range []struct {
		name, pattern, value string
		syntax               product.Syntax
	}{
		{"plain", "6RA8096-4MV62-0AA0", "6RA8096-4MV62-0AA0", product.CSAF21},
		{"wild", "6RA801?-??V62*", "6RA8013-6KV62-0AA0", product.CSAF21},
		{"alternatives", "FX5U-{32,64,80}M{T,R}/{ES,DS,ESS,DSS}", "FX5U-80MR/DSS", product.Glob},
		{"other", "6RA8096-4MV62-0AA0", "FX5U-80MR/DSS", product.CSAF21},
	} {
		p, err := product.ParsePattern(c.pattern, c.syntax)
		require.NoError(b, err)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = p.Match(c.value)
			}
		})
	}
}

func ExamplePattern() {
	old, _ := product.ParsePattern("6RA801?", product.CSAF20)
	now, _ := product.ParsePattern("6RA801?", product.CSAF21)
	fmt.Println(old.Match("6RA8013-6KV62"), now.Match("6RA8013-6KV62"), now.Match("6RA8013"))
	_, err := product.ParsePattern("P*A*", product.CSAF21)
	fmt.Println(err)
	// Output:
	// true false true
	// invalid pattern "P*A*": offset 3: more than one asterisk
}
