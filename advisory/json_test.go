package advisory_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// readNative reads one document in the library's own form.
func readNative(t testing.TB, text string) *advisory.Advisory {
	t.Helper()
	var read []*advisory.Advisory
	for a, err := range advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{File: "a.json"}) {
		require.NoError(t, err)
		read = append(read, a)
	}
	require.Len(t, read, 1)
	return read[0]
}

func readNativeFile(t testing.TB, name string) *advisory.Advisory {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return readNative(t, string(text))
}

// TestJSONShort reads what people write by hand.
func TestJSONShort(t *testing.T) {
	a := readNativeFile(t, "internal.json")
	assert.Empty(t, a.Problems)
	assert.Equal(t, "affected", a.Format)
	assert.Equal(t, advisory.Publisher{Name: "Acme Security", Rank: advisory.RankOperator}, a.Publisher)
	require.Len(t, a.Statements, 1)
	s := a.Statements[0]
	assert.Equal(t, []int{0}, s.Products)
	assert.Equal(t, advisory.DefaultNotAffected, s.Default)
	assert.Equal(t, `affected "< 4.2", affected "5.0"`, spans(&s))
	assert.Equal(t, "a.json#/statements/0/versions/1", s.Spans[1].Pos.String())
}

// TestJSONLong reads a document that uses most members.
func TestJSONLong(t *testing.T) {
	a := readNativeFile(t, "long.json")
	assert.Empty(t, a.Problems)
	assert.Equal(t, advisory.Interim, a.State)
	assert.Equal(t, "2099-01-02T00:00:00Z", a.Published.Format("2006-01-02T15:04:05Z07:00"))
	assert.Equal(t, "2099-01-03T02:05:06Z", a.Modified.Format("2006-01-02T15:04:05Z07:00"))
	assert.Equal(t, []string{"INT-2099-1"}, a.Supersedes)
	assert.Equal(t, []string{"cpe:2.3:a:acme:gateway:*:*:*:*:*:*:*:*"}, a.Products[0].CPEs)
	assert.Equal(t, []string{"B-100*"}, a.Products[2].Models)
	assert.True(t, a.Vulnerabilities[0].Exploited)

	require.Len(t, a.Statements, 3)
	first, second, third := a.Statements[0], a.Statements[1], a.Statements[2]
	assert.Equal(t, 1, first.Vulnerability)
	assert.Equal(t, "(platform is Windows or Linux or not “the header is dropped”)", first.Where.String())
	assert.True(t, first.Where.Of[0].Presumed)
	assert.Equal(t, "/statements/0/where/any/1/not", first.Where.Of[1].Of[0].Pointer)
	assert.Equal(t, `affected ["10.2", "10.2.9-h1") fixed from "10.2.7-h8", affected ["11.0", "11.0.3"], under_investigation "12.0"`, spans(&first))
	assert.Equal(t, "custom", first.Spans[1].Hint)
	assert.Equal(t, "vendor_fix", first.Remediations[0].Category)

	assert.Equal(t, "CVE-2099-0003", a.Vulnerabilities[second.Vulnerability].ID, "an id that is not listed is added")
	assert.Equal(t, []int{1, 2}, second.Products)
	assert.Equal(t, `not_affected "*"`, spans(&second))
	assert.Equal(t, "/statements/1/status", second.Spans[0].Pos.Pointer)

	assert.Equal(t, []int{0, 1, 2}, third.Products)
	assert.Equal(t, advisory.DefaultAffected, third.Default)
	assert.Empty(t, third.Spans)
}

// TestJSONMistakes reads a document in which much is wrong: each mistake is a problem with
// its place, and nothing that hangs on it is called clear.
func TestJSONMistakes(t *testing.T) {
	a := readNativeFile(t, "mistakes.json")
	var got []string
	for _, p := range a.Problems {
		got = append(got, fmt.Sprintf("%s %s %t", p.Pos.Pointer, p.Code, p.Warning))
	}
	assert.ElementsMatch(t, []string{
		"/state bad-word false",
		"/statements/0/versions/0/status bad-word false",
		"/statements/1/versions/0/form unknown-member false",
		"/statements/1/versions/1/from wrong-type false",
		"/statements/1/versions/2 no-version false",
		"/statements/1/versions/3 no-version false",
		"/statements/1/versions/4 wrong-type false",
		"/statements/2/products/0 not-listed false",
		"/statements/3/products/0 not-listed false",
		"/statements/4/vulnerability not-listed false",
		"/statements/5/where not-listed false",
		"/statements/5/where/value unknown-member false",
		"/statements/6/where/not wrong-type false",
		"/statements/7/default bad-word false",
		"/statements/8 wrong-type false",
		"/statements/9/versions wrong-type false",
		"/author unknown-member true",
		"/vulnerabilities/0/color unknown-member true",
		"/vulnerabilities/0/exploited wrong-type true",
		"/statements/0/versions/1 no-status true",
	}, got)
	assert.Equal(t, []string{
		`unknown "1.0", unknown "2.0"`,
		`affected "n/a", affected "n/a", affected "n/a", affected "n/a", affected "n/a"`,
		`unknown "n/a", affected "*"`,
		`unknown "n/a", affected "*"`,
		`unknown "n/a", affected "*"`,
		`unknown "n/a", not_affected "*"`,
		`unknown "n/a", not_affected "*"`,
		`unknown "n/a", not_affected "*"`,
		`unknown "n/a"`,
		`unknown "n/a"`,
	}, allSpans(a))
	for i := range a.Statements {
		assert.Equal(t, "always", a.Statements[i].Where.String(), "a condition that is not understood takes nothing away")
		for _, p := range a.Statements[i].Products {
			assert.Less(t, p, len(a.Products))
		}
	}
}

// TestJSONMembers reads the documents of members.txt.
func TestJSONMembers(t *testing.T) {
	file, err := os.Open("testdata/members.txt")
	require.NoError(t, err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	n := 0
	for lines.Scan() {
		text, want, ok := strings.Cut(lines.Text(), " =>")
		if strings.HasPrefix(text, "#") {
			continue
		}
		require.True(t, ok, lines.Text())
		n++
		doc := `{"affected":"advisory/1","products":[{"name":"Gateway"}],"vulnerabilities":[{"id":"CVE-1"}],` + text[1:]
		a := readNative(t, doc)
		require.Len(t, a.Statements, 1, text)
		assert.Equal(t, strings.TrimSpace(want), spans(&a.Statements[0]), text)
		if strings.Contains(want, "n/a") {
			assert.True(t, hasErrors(a), text)
		}
	}
	require.NoError(t, lines.Err())
	assert.Greater(t, n, 15)
}

// hasErrors tells whether there are problems that are no warnings.
func hasErrors(a *advisory.Advisory) bool {
	for _, p := range a.Problems {
		if !p.Warning {
			return true
		}
	}
	return false
}

func allSpans(a *advisory.Advisory) []string {
	var all []string
	for i := range a.Statements {
		all = append(all, spans(&a.Statements[i]))
	}
	return all
}

// spans writes the spans of a statement in one line.
func spans(s *advisory.Statement) string {
	var all []string
	for i := range s.Spans {
		span := &s.Spans[i]
		text := fmt.Sprintf("%s %q", span.Status, span.Version)
		switch {
		case span.Through != "":
			text = fmt.Sprintf("%s [%q, %q]", span.Status, span.From, span.Through)
		case span.IsRange():
			text = fmt.Sprintf("%s [%q, %q)", span.Status, span.From, span.Before)
		}
		for _, c := range span.Changes {
			text += fmt.Sprintf(" %s from %q", c.Status, c.At)
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

// TestJSONOwnVulnerability takes the id of a document that lists no vulnerability.
func TestJSONOwnVulnerability(t *testing.T) {
	for text, want := range map[string]string{
		`{"affected":"advisory/1","id":"INT-1","statements":[{"status":"affected"},{"status":"affected"}]}`:         "[INT-1]",
		`{"affected":"advisory/1","id":"INT-1","statements":[{"vulnerability":"CVE-1","status":"affected"}]}`:       "[CVE-1]",
		`{"affected":"advisory/1","id":"INT-1","statements":[{"vulnerability":"CVE-1"},{"vulnerability":"CVE-1"}]}`: "[CVE-1]",
		`{"affected":"advisory/1","id":"INT-1","statements":[{"vulnerability":"CVE-1"},{}]}`:                        "[CVE-1 INT-1]",
		`{"affected":"advisory/1","id":"INT-1"}`:                                                                    "[]",
	} {
		a := readNative(t, text)
		ids := []string{}
		for _, v := range a.Vulnerabilities {
			ids = append(ids, v.ID)
		}
		assert.Equal(t, want, fmt.Sprint(ids), text)
		for _, s := range a.Statements {
			assert.Less(t, s.Vulnerability, len(a.Vulnerabilities), text)
		}
	}
}

// TestJSONTwice does not choose between products or vulnerabilities of one id: the statement
// is about all of the products, and Unknown.
func TestJSONTwice(t *testing.T) {
	a := readNative(t, `{"affected":"advisory/1","products":[{"id":"a"},{"id":"b"},{"id":"a"}],"vulnerabilities":[{"id":"CVE-1"},{"id":"CVE-1"},{"id":"CVE-2"}],
		"statements":[{"products":["a"],"status":"fixed"},{"products":["b"],"vulnerability":"CVE-1","status":"fixed"},{"products":[2],"vulnerability":1,"status":"fixed"}]}`)
	assert.Equal(t, []int{0, 2}, a.Statements[0].Products)
	assert.Equal(t, `unknown "n/a", fixed "*"`, spans(&a.Statements[0]))
	assert.Equal(t, `unknown "n/a", fixed "*"`, spans(&a.Statements[1]))
	assert.Equal(t, `fixed "*"`, spans(&a.Statements[2]))
	assert.Equal(t, 1, a.Statements[2].Vulnerability)
	assert.Len(t, a.Problems, 2)
}

// TestJSONVersion refuses what is not this form.
func TestJSONVersion(t *testing.T) {
	for _, text := range []string{
		`{"affected":"advisory/2","id":"INT-1"}`,
		`{"affected":"advisory/"}`,
		`{"affected":["advisory/1"]}`,
		`{"id":"INT-1"}`,
		`[]`,
		`7`,
	} {
		var a advisory.Advisory
		err := a.UnmarshalJSON([]byte(text))
		assert.ErrorIs(t, err, advisory.ErrFormat, text)
		assert.Equal(t, advisory.Advisory{}, a)
	}
	var a advisory.Advisory
	assert.ErrorIs(t, a.UnmarshalJSON([]byte(`{"affected":`)), advisory.ErrSyntax)
}

// TestJSONRefuses does not write what nobody could read.
func TestJSONRefuses(t *testing.T) {
	vulnerable := []advisory.Vulnerability{{ID: "CVE-1"}}
	for name, a := range map[string]advisory.Advisory{
		"no such product":       {Vulnerabilities: vulnerable, Statements: []advisory.Statement{{Products: []int{1}}}},
		"no such vulnerability": {Statements: []advisory.Statement{{}}},
		"negative":              {Vulnerabilities: vulnerable, Statements: []advisory.Statement{{Vulnerability: -1}}},
		"no such state":         {State: 9},
		"no such rank":          {Publisher: advisory.Publisher{Rank: 99}},
		"no such default":       {Vulnerabilities: vulnerable, Statements: []advisory.Statement{{Default: 99}}},
		"no such status":        {Vulnerabilities: vulnerable, Statements: []advisory.Statement{{Spans: []advisory.Span{{Status: 99}}}}},
		"no such condition":     {Vulnerabilities: vulnerable, Statements: []advisory.Statement{{Where: advisory.Condition{Op: 99}}}},
		"not of two":            {Vulnerabilities: vulnerable, Statements: []advisory.Statement{{Where: advisory.Condition{Op: advisory.OpNot}}}},
		"deep":                  {Vulnerabilities: vulnerable, Statements: []advisory.Statement{{Where: deep(200)}}},
	} {
		_, err := a.MarshalJSON()
		assert.Error(t, err, name)
	}
}

func deep(n int) advisory.Condition {
	c := advisory.Condition{Op: advisory.OpText, Text: "at the bottom"}
	for range n {
		c = advisory.Condition{Op: advisory.OpNot, Of: []advisory.Condition{c}}
	}
	return c
}

// TestJSONDepth reads conditions of any depth; too deep ones make the statement Unknown.
func TestJSONDepth(t *testing.T) {
	for depth, ok := range map[int]bool{10: true, 60: true, 70: false, 400: false} {
		where := strings.Repeat(`{"not":`, depth) + `{"text":"x"}` + strings.Repeat(`}`, depth)
		a := readNative(t, `{"affected":"advisory/1","statements":[{"status":"fixed","where":`+where+`}]}`)
		assert.Equal(t, ok, !hasErrors(a), "%d deep", depth)
		assert.Equal(t, !ok, strings.Contains(spans(&a.Statements[0]), "n/a"), "%d deep", depth)
	}
}

// TestJSONValue marshals a value and a pointer alike.
func TestJSONValue(t *testing.T) {
	a := readNativeFile(t, "internal.json")
	one, err := json.Marshal(a)
	require.NoError(t, err)
	two, err := json.Marshal(*a)
	require.NoError(t, err)
	assert.Equal(t, string(one), string(two))
	var list []*advisory.Advisory
	require.NoError(t, json.Unmarshal([]byte("["+string(one)+"]"), &list))
	assert.Equal(t, allSpans(a), allSpans(list[0]))
}
