package vers_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/affected-go/affected/purl/vers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A modelVersion has three small numbers, so that every version there is can be asked for.
type modelVersion [3]int

func (v modelVersion) String() string { return fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]) }

func (v modelVersion) number() int { return v[0]*100 + v[1]*10 + v[2] }

// A modelTerm is a piece of a text and what it means, said without keys or ranges.
type modelTerm struct {
	text string
	has  func(n int) bool
	open bool // a bound with one end
}

// modelTexts makes terms in the ways people write them.
type modelTexts struct{ *rand.Rand }

func (m modelTexts) pick(list ...string) string { return list[m.IntN(len(list))] }

func (m modelTexts) version() modelVersion {
	return modelVersion{1 + m.IntN(4), m.IntN(4), m.IntN(4)}
}

func (m modelTexts) pair() (low, high modelVersion) {
	for low.number() >= high.number() {
		low, high = m.version(), m.version()
	}
	return low, high
}

func (m modelTexts) closed() modelTerm {
	a, b := m.pair()
	low, high := a.number(), b.number()
	switch m.IntN(4) {
	case 0:
		form := m.pick("%s", "version %s", "v%s", "= %s", "ver. %s")
		return modelTerm{text: fmt.Sprintf(form, a), has: func(n int) bool { return n == low }}
	case 1:
		form := m.pick("%d.%d.x", "%d.%d.*", "%d.%d all versions", "%d.%d series", "%d.%d.x: all versions")
		return modelTerm{text: fmt.Sprintf(form, a[0], a[1]), has: func(n int) bool { return n/10 == low/10 }}
	case 2:
		form := m.pick("%s - %s", "%s to %s", "from %s through %s", "%s up to and including %s", "between %s and %s",
			">= %s <= %s", "%s <= %s", "from %s (inclusive) to %s", "%s – %s")
		return modelTerm{text: fmt.Sprintf(form, a, b), has: func(n int) bool { return low <= n && n <= high }}
	default:
		form := m.pick(">= %s < %s", "from %s before %s", ">=%s<%s", "from %s to %s (excluding)", "%s < %s", "%s up to but not including %s")
		return modelTerm{text: fmt.Sprintf(form, a, b), has: func(n int) bool { return low <= n && n < high }}
	}
}

func (m modelTexts) bound() modelTerm {
	a := m.version()
	at := a.number()
	term := modelTerm{open: true}
	form := ""
	switch m.IntN(4) {
	case 0:
		form, term.has = m.pick("< %s", "before %s", "prior to %s", "all versions < %s", "up to %s (excluding)"), func(n int) bool { return n < at }
	case 1:
		form, term.has = m.pick("<= %s", "≤%s", "%s and earlier", "%s or below", "up to %s", "%s and all prior versions"), func(n int) bool { return n <= at }
	case 2:
		form, term.has = m.pick("> %s", "after %s", "newer than %s"), func(n int) bool { return n > at }
	default:
		form, term.has = m.pick(">= %s", "=> %s", "%s and later", "%s or higher", "from %s", "%s+"), func(n int) bool { return n >= at }
	}
	term.text = fmt.Sprintf(form, a)
	return term
}

// text makes a list of closed terms with at most one bound at the end.
func (m modelTexts) text() (string, []modelTerm) {
	var terms []modelTerm
	for range m.IntN(3) {
		terms = append(terms, m.closed())
	}
	if len(terms) == 0 || m.IntN(3) == 0 {
		terms = append(terms, m.bound())
	}
	text := ""
	for i, term := range terms {
		if i > 0 {
			text += m.pick(", ", "; ", " | ", " and ", " or ", ", and ", " / ")
		}
		text += term.text
	}
	return m.pick("", "", "AcmeOS: ", "vers:generic/") + text, terms
}

// TestReadTextModel asks for every version of a small world. The reader may refuse a text
// and may answer Unknown beside a bound, but never say another thing than the model.
func TestReadTextModel(t *testing.T) {
	m := modelTexts{rand.New(rand.NewPCG(7, 11))}
	set := vers.Builtin()
	read, texts := 0, 0
	for _, name := range []string{"vendor", "dotted"} {
		scheme, _ := set.Lookup(name)
		for range 1500 {
			text, terms := m.text()
			texts++
			r, _, err := set.ReadText(scheme, text)
			if err != nil {
				if len(terms) == 1 {
					assert.NoError(t, err, "one term has to be read")
				}
				continue
			}
			read++
			open := terms[len(terms)-1].open && len(terms) > 1
			for n := 100; n < 500; n++ {
				v := modelVersion{n / 100, n / 10 % 10, n % 10}
				want := vers.No
				for _, term := range terms {
					if term.has(n) {
						want = vers.Yes
					}
				}
				got, err := r.Contains(v.String())
				require.NoError(t, err)
				if got != want && !(open && got == vers.Unknown) {
					require.Equal(t, want, got, "%s: %s in %q", name, v, text)
				}
			}
		}
	}
	assert.Greater(t, read*10, texts*8, "texts read: %d of %d", read, texts)
	t.Logf("read %d of %d", read, texts)
}

// FuzzReadText holds the promises that are true for every text.
func FuzzReadText(f *testing.F) {
	for _, c := range textFacts(f) {
		f.Add(c.scheme, c.text)
	}
	for _, scheme := range []string{"semver", "hashicorp", "ladder(<RC,SP,HF)"} {
		f.Add(scheme, ">= 1.0.0, < 2.0.0 || 3.x (MX) and SP 1 to \xe2\x89")
	}
	set := vers.Builtin()
	f.Fuzz(func(t *testing.T, name, text string) {
		scheme, ok := set.Lookup(name)
		if !ok {
			t.Skip()
		}
		r, reading, err := set.ReadText(scheme, text)
		if (err == nil) != r.IsValid() {
			t.Fatalf("%q: valid %v with error %v", text, r.IsValid(), err)
		}
		again, second, err2 := set.ReadText(scheme, text)
		if fmt.Sprint(reading, err) != fmt.Sprint(second, err2) || !r.Equal(again) {
			t.Fatalf("%q: read in two ways", text)
		}
		if vers.IsPlaceholder(text) && (err == nil || vers.IsAll(text)) {
			t.Fatalf("%q: a placeholder that means something", text)
		}
		if vers.IsAll(text) && len(text) <= vers.MaxLength && (err != nil || !r.IsAll()) {
			t.Fatalf("%q: all, but %v", text, err)
		}
		if err != nil {
			return
		}
		if reading.Level == vers.NotRead || r.Text() != text || !strings.Contains(text, reading.Condition) && !strings.Contains(reading.Condition, "; ") {
			t.Fatalf("%q: %+v", text, reading)
		}
		_ = r.String()
		// Whatever is one version alone and no list, branch or interval is in its own range.
		if reading.Level == vers.ReadStrict && len(reading.Branches) == 0 {
			if in, err := r.Contains(text); err == nil && in == vers.No {
				t.Fatalf("%q is not in its own range", text)
			}
		}
	})
}
