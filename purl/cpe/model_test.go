package cpe_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
)

// The model is the grammar of NISTIR 7695 as regular expressions and the tables of NISTIR 7696 as a
// switch: slow, and easy to check against the text. The package is compared with it.

var (
	modelFormatted = regexp.MustCompile(`^(?i:cpe:2\.3):([aohAOH]|\*|-)` +
		strings.Repeat(":("+modelValue+")", 5) +
		`:([a-zA-Z]{2,3}(?:\\?-(?:[a-zA-Z]{2}|[0-9]{3}))?|\*|-)` +
		strings.Repeat(":("+modelValue+")", 4) + `$`)
	modelComponents = map[string]*regexp.Regexp{
		"part":     regexp.MustCompile(`^[aohAOH-]?$`),
		"value":    regexp.MustCompile(`^(?:` + strings.ReplaceAll(modelEncoded, "TILDE", "~") + `)$`),
		"packed":   regexp.MustCompile(`^(?:~(?:` + strings.ReplaceAll(modelEncoded, "TILDE", "") + `)){5}$`),
		"language": regexp.MustCompile(`^(?:[a-zA-Z]{2,3}(?:-(?:[a-zA-Z]{2}|[0-9]{3}))?|-)?$`),
	}
)

const (
	modelValue = `\*|(?:\?+|\*)?(?:[a-zA-Z0-9_.-]|\\[!-,./:-@[-^` + "`" + `{-~-])+(?:\?+|\*)?|\?+`

	modelEncoded = `(?:(?:(?:%01)+|%02)?(?:[a-zA-Z0-9_.TILDE-]|%(?i:2[1-9a-cf]|3[a-f]|40|5[b-e]|60|7[b-e]))+` +
		`(?:(?:%01)+|%02)?|(?:%01)+)?`
)

// modelValid reports whether the text is a name by the grammar.
func modelValid(text string) bool {
	if len(text) > cpe.MaxLength {
		return false
	}
	if parts := modelFormatted.FindStringSubmatch(text); parts != nil {
		for _, part := range parts[1:] {
			if part == `\-` { // section 5.3.2: it would be written like NA
				return false
			}
		}
		return true
	}
	if len(text) < 5 || !strings.EqualFold(text[:5], "cpe:/") {
		return false
	}
	components := strings.Split(text[5:], ":")
	if len(components) > 7 {
		return false
	}
	for i, component := range components {
		kind := "value"
		switch {
		case i == 0:
			kind = "part"
		case i == 5 && strings.HasPrefix(component, "~"):
			kind = "packed"
		case i == 6:
			kind = "language"
		}
		if !modelComponents[kind].MatchString(component) {
			return false
		}
	}
	return true
}

// modelAttribute is table 6-2 of NISTIR 7696 for two values.
func modelAttribute(source, target cpe.Value) cpe.Relation {
	switch {
	case target.IsPattern():
		return cpe.Undefined
	case source.IsAny() && target.IsAny(), source.IsNA() && target.IsNA():
		return cpe.Equal
	case source.IsAny():
		return cpe.Superset
	case target.IsAny():
		return cpe.Subset
	case source.IsNA(), target.IsNA():
		return cpe.Disjoint
	case source.IsPattern():
		if modelPattern(source).MatchString(target.Text()) {
			return cpe.Superset
		}
		return cpe.Disjoint
	case strings.EqualFold(source.Text(), target.Text()):
		return cpe.Equal
	default:
		return cpe.Disjoint
	}
}

// modelPattern turns a pattern into a regular expression, character by character.
func modelPattern(pattern cpe.Value) *regexp.Regexp {
	expression, quoted := "(?is)^", false
	for _, c := range pattern.String() {
		switch {
		case quoted:
			expression, quoted = expression+regexp.QuoteMeta(string(c)), false
		case c == '\\':
			quoted = true
		case c == '*':
			expression += ".*"
		case c == '?':
			expression += ".?"
		default:
			expression += string(c)
		}
	}
	return regexp.MustCompile(expression + "$")
}

// modelRelate is section 6 of NISTIR 7696 for whole names.
func modelRelate(source, target cpe.Name) cpe.Relation {
	count := map[cpe.Relation]int{}
	for a := cpe.Part; a <= cpe.Other; a++ {
		count[modelAttribute(source.Value(a), target.Value(a))]++
	}
	switch {
	case count[cpe.Disjoint] > 0:
		return cpe.Disjoint
	case count[cpe.Undefined] > 0, count[cpe.Subset] > 0 && count[cpe.Superset] > 0:
		return cpe.Undefined
	case count[cpe.Subset] > 0:
		return cpe.Subset
	case count[cpe.Superset] > 0:
		return cpe.Superset
	}
	return cpe.Equal
}

// pick returns one of the choices.
func pick(r *rand.Rand, choices ...string) string { return choices[r.IntN(len(choices))] }

// pieces returns up to n of the choices in a row.
func pieces(r *rand.Rand, n int, choices ...string) string {
	var b strings.Builder
	for range r.IntN(n + 1) {
		b.WriteString(pick(r, choices...))
	}
	return b.String()
}

func TestGrammarModel(t *testing.T) {
	r := rand.New(rand.NewPCG(7695, 1))
	valid := map[bool]int{}
	for range 20_000 {
		component := func(choices ...string) string {
			if r.IntN(12) > 0 {
				return pick(r, choices...)
			}
			return pieces(r, 4, "a", "Z", "0", "_", "-", ".", `\`, `\-`, `\.`, "?", "*", `\*`, "+", `\+`,
				"~", "%01", "%02", "%2b", "%2D", "%5c", "%", " ", "é")
		}
		var parts []string
		text := "cpe:2.3:"
		if r.IntN(2) == 0 {
			parts = append(parts, component("a", "o", "h", "*", "-"))
			for range 5 {
				parts = append(parts, component("app", "1.0", "*", "-", "1*", "??", `a\!`))
			}
			parts = append(parts, component("*", "-", "en", "en-us", "es-419", `fr\-ca`, "eng1"))
			for range r.IntN(40) / 10 * 4 / 3 {
				parts = append(parts, component("x64", "*", "-"))
			}
		} else {
			text = "cpe:/"
			parts = append(parts, component("a", "O", "h", "", "-"))
			for range r.IntN(5) {
				parts = append(parts, component("app", "1.0", "", "-", "1%02", "%01%01", "a%21", "1~b"))
			}
			if len(parts) == 5 && r.IntN(4) > 0 {
				parts = append(parts, component("pro", "", "-", "~a~b~c~d~e", "~~~~~", "~%02a~-~~%2b~", "~~", "a~b"))
				parts = append(parts, component("", "-", "en", "en-us", "es-419", "eng1"))
			}
		}
		text += strings.Join(parts, ":")
		want := modelValid(text)
		_, err := cpe.Parse(text)
		require.Equal(t, want, err == nil, "%q: %v", text, err)
		valid[want]++
	}
	assert.Greater(t, valid[true], 3_000, "names that can be read have to be among them")
	assert.Greater(t, valid[false], 3_000, "names that cannot be read have to be among them")
}

func TestRelationModel(t *testing.T) {
	r := rand.New(rand.NewPCG(7696, 2))
	seen := map[cpe.Relation]int{}
	letters := []string{"a", "A", "b", `\\`, `\*`, `\?`, `\!`, ".", "-"}
	value := func(wild bool) string {
		switch r.IntN(5) {
		case 0:
			return "*"
		case 1:
			return "-"
		}
		body := "a" + pieces(r, 4, letters...)
		if !wild {
			return pick(r, "a", "a", "A", body)
		}
		return pick(r, "", "*", "?", "??", "???") + body[r.IntN(2):] + pick(r, "", "*", "?", "??", "???")
	}
	name := func(wild bool) (cpe.Name, bool) {
		text := "cpe:2.3:a:" + value(wild) + ":app:" + value(wild) + ":" + value(false) + ":*:*:*:*:*:*"
		n, err := cpe.Parse(text)
		return n, err == nil
	}
	for range 20_000 {
		source, ok := name(true)
		target, also := name(r.IntN(8) == 0)
		if !ok || !also { // a value came out empty, or as a quoted hyphen alone
			continue
		}
		want := modelRelate(source, target)
		require.Equal(t, want, cpe.Relate(source, target), "%v ? %v", source, target)
		for _, a := range []cpe.Attribute{cpe.Vendor, cpe.Version, cpe.Update} {
			require.Equal(t, modelAttribute(source.Value(a), target.Value(a)), cpe.RelateAttribute(source, target, a),
				"%v: %v ? %v", a, source, target)
		}
		seen[want]++
	}
	for relation := cpe.Undefined; relation <= cpe.Equal; relation++ {
		assert.Greater(t, seen[relation], 25, fmt.Sprint(relation, " has to be among them"))
	}
}
