package advisory_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/internal/jsontest"
)

// TestJSONLossless writes advisories in which chance has set every field of the model, and
// reads them again. The fields are found by reflection: a new one that the form forgets
// fails here.
func TestJSONLossless(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(1, 2))}
	for n := range 500 {
		a := g.advisory()
		text, err := a.MarshalJSON()
		require.NoError(t, err, "advisory %d", n)
		var again advisory.Advisory
		require.NoError(t, again.UnmarshalJSON(text), "%s", text)
		forgetOffsets(reflect.ValueOf(&again))
		require.Equal(t, a, again, "%s", text)
		twice, err := again.MarshalJSON()
		require.NoError(t, err)
		require.Equal(t, string(text), string(twice))
	}
}

// TestGeneratorFillsAll makes sure that the law above means something: no field stays zero
// in all advisories.
func TestGeneratorFillsAll(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(3, 4))}
	seen := map[string]bool{}
	for range 1500 {
		a := g.advisory()
		walk(reflect.ValueOf(a), "Advisory", func(path string, v reflect.Value) {
			seen[path] = seen[path] || !v.IsZero()
		})
	}
	for path, filled := range seen {
		if !strings.HasSuffix(path, "Pos.File") && !strings.HasSuffix(path, "Pos.Offset") {
			assert.True(t, filled, path)
		}
	}
	assert.Greater(t, len(seen), 60)
}

// walk visits the fields of a value, slices by their elements.
func walk(v reflect.Value, path string, visit func(string, reflect.Value)) {
	visit(path, v)
	if v.Type() == reflect.TypeFor[time.Time]() || strings.Count(path, ".Of") > 2 {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), path+"[]", visit)
		}
	}
}

// forgetOffsets drops what a Pos says about the text that was read.
func forgetOffsets(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		forgetOffsets(v.Elem())
	case reflect.Struct:
		if p, ok := v.Addr().Interface().(*advisory.Pos); ok {
			p.File, p.Offset = "", 0
			return
		}
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			forgetOffsets(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			forgetOffsets(v.Index(i))
		}
	}
}

// A generator makes advisories that keep the rules of the model: indexes lead somewhere,
// and conditions have the members of their kind.
type generator struct{ *rand.Rand }

func (g generator) advisory() advisory.Advisory {
	var a advisory.Advisory
	g.fill(reflect.ValueOf(&a).Elem())
	if len(a.Vulnerabilities) == 0 {
		a.Statements = nil
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		s.Vulnerability = g.IntN(len(a.Vulnerabilities))
		s.Products = g.products(&a)
		if len(a.Products) == 0 {
			s.Where = advisory.Condition{}
		}
		for leaf := range s.Where.Leaves() {
			if leaf.Op == advisory.OpProduct {
				leaf.Product = g.IntN(len(a.Products))
			}
		}
	}
	for i := range a.Patches {
		a.Patches[i].Products = g.products(&a)
		for j := range a.Patches[i].SupersededBy {
			a.Patches[i].SupersededBy[j].Products = g.products(&a)
		}
	}
	return a
}

func (g generator) products(a *advisory.Advisory) (some []int) {
	for p := range a.Products {
		if g.IntN(3) > 0 {
			some = append(some, p)
		}
	}
	return some
}

// words have what makes JSON difficult.
var words = [...]string{"", "a", "1.0", "< 4.2", "<b>&", "\"", "\\", "\u2028", "\x00\x1f", "Größe", "n/a", "*", "/a/b~1c", "😀"}

func (g generator) fill(v reflect.Value) {
	switch p := v.Addr().Interface().(type) {
	case *time.Time:
		if g.IntN(2) == 0 {
			*p = time.Unix(g.Int64N(1<<33), g.Int64N(1e9)).UTC()
		}
		return
	case *advisory.Pos:
		p.Pointer = "/" + words[g.IntN(len(words))]
		return
	case *advisory.Condition:
		*p = g.condition(3)
		return
	case *advisory.Span:
		g.span(p)
		return
	case *[]int: // indexes, which generator.advisory sets, but those of spans
		for range g.IntN(3) {
			*p = append(*p, g.IntN(9))
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(words[g.IntN(len(words))])
	case reflect.Bool:
		v.SetBool(g.IntN(2) == 0)
	case reflect.Float64:
		v.SetFloat(float64(g.IntN(1000)) / 10)
	case reflect.Uint8:
		v.SetUint(uint64(g.IntN(enumSize(v))))
	case reflect.Slice:
		for range g.IntN(4) {
			e := reflect.New(v.Type().Elem()).Elem()
			g.fill(e)
			v.Set(reflect.Append(v, e))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			g.fill(v.Field(i))
		}
	}
}

// enumSize returns how many values a type of words has.
func enumSize(v reflect.Value) int {
	switch v.Interface().(type) {
	case advisory.State:
		return int(advisory.Rejected) + 1
	case advisory.Rank:
		return int(advisory.RankOperator) + 1
	case advisory.Default:
		return int(advisory.DefaultNotAffected) + 1
	default:
		return int(advisory.Affected) + 1
	}
}

func (g generator) text() string { return words[1+g.IntN(len(words)-1)] }

func (g generator) condition(depth int) advisory.Condition {
	op := advisory.Op(g.IntN(int(advisory.OpProduct) + 1))
	if depth == 0 {
		op = advisory.OpText
	}
	c := advisory.Condition{Op: op, Pointer: "/where"}
	switch op {
	case advisory.OpAll, advisory.OpAny:
		for range g.IntN(3) {
			c.Of = append(c.Of, g.condition(depth-1))
		}
	case advisory.OpNot:
		c.Of = []advisory.Condition{g.condition(depth - 1)}
	case advisory.OpFact:
		c.Fact, c.Presumed = g.text(), g.IntN(2) == 0
		switch g.IntN(4) {
		case 0:
			c.Values = []string{g.text()}
		case 1:
			c.Patterns = []string{g.text()}
		case 2:
			c.Serials = []advisory.SerialRange{{Chars: 1 + g.IntN(9), Order: g.text(), From: g.text(), Through: g.text()}}
		default:
			c.Spans = g.inside()
		}
	case advisory.OpProduct:
		c.Product, c.Relation, c.Spans = 0, advisory.Relation(g.IntN(int(advisory.PartOf)+1)), g.inside()
	case advisory.OpText:
		c.Text = g.text()
	case advisory.OpAlways:
		if depth == 3 {
			c.Pointer = "" // the condition of a statement that has none
		}
	}
	return c
}

// inside returns the versions of a condition.
func (g generator) inside() []advisory.Span {
	spans := make([]advisory.Span, 1+g.IntN(2))
	for i := range spans {
		g.span(&spans[i])
		spans[i].Status = advisory.Affected
	}
	return spans
}

// span fills one of the forms of a span.
func (g generator) span(s *advisory.Span) {
	switch g.IntN(4) {
	case 0:
		s.Version = g.text()
	case 1:
		s.From, s.Before, s.Bounded = words[g.IntN(len(words))], g.text(), g.IntN(2) == 0
	case 2:
		s.From, s.Through, s.Bounded = words[g.IntN(len(words))], g.text(), g.IntN(2) == 0
	default:
		s.Bounded = true
	}
	g.fill(reflect.ValueOf(&s.Status).Elem())
	g.fill(reflect.ValueOf(&s.Pos).Elem())
	if g.IntN(2) == 0 {
		s.Hint, s.Word = g.text(), g.text()
		g.fill(reflect.ValueOf(&s.Changes).Elem())
	}
}

// TestJSONAnyWrongType replaces every value of a document, one at a time, by values of other
// types. A version that the document calls affected must never come out clear, nor must the
// product be lost.
func TestJSONAnyWrongType(t *testing.T) {
	const text = `{"affected":"advisory/1","id":"INT-1","publisher":{"name":"Acme","rank":"operator"},"published":"2099-01-01","supersedes":["INT-0"],
		"vulnerabilities":[{"id":"CVE-1","aliases":["x"],"severities":[{"type":"CVSS:3.1","score":1}]}],
		"products":[{"id":"gw","vendor":"Acme","name":"Gateway","purls":["pkg:generic/gateway"]}],
		"statements":[{"vulnerability":"CVE-1","products":["gw"],"where":{"any":[{"fact":"platform","values":["Windows"]},{"text":"x"}]},"default":"not_affected","status":"affected",
		"versions":[{"from":"1.0","before":"2.0","status":"affected","hint":"custom","changes":[{"at":"1.9","status":"fixed"}]},"1.5",{"version":"3.0","status":"fixed"}],
		"remediations":[{"category":"vendor_fix","text":"x"}]}]}`
	status := func(text string) advisory.Status {
		strongest := advisory.NoStatement
		for a, err := range advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{}) {
			if err != nil {
				return advisory.Unknown // the caller has it in hand
			}
			for i := range a.Statements {
				s := &a.Statements[i]
				require.NotEmpty(t, s.Products, text)
				p := &a.Products[s.Products[0]]
				require.NotEmpty(t, p.Name, text)
				timeline := advisory.Resolve(s, p, advisory.ResolveOptions{})
				key, n, err := timeline.Scheme.AppendKey(nil, "1.5")
				require.NoError(t, err)
				out, _ := timeline.At(key, n)
				strongest = max(strongest, out.Status)
				if out.Status == advisory.Unknown {
					return out.Status
				}
			}
		}
		return strongest
	}
	require.Equal(t, advisory.Affected, status(text))
	n := 0
	require.NoError(t, jsontest.Mutants([]byte(text), func(m jsontest.Mutant) {
		if m.Pointer == "/statements" || m.Pointer == "" {
			return // nothing is left that could be asked; the document has a problem
		}
		n++
		assert.Contains(t, []advisory.Status{advisory.Affected, advisory.Unknown}, status(string(m.Text)), "%s was replaced in %s", m.Pointer, m.Text)
	}))
	assert.Greater(t, n, 150)
}
