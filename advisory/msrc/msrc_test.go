package msrc_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/internal/jsontest"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/advisory/msrc"
)

var update = flag.Bool("update", false, "write the facts of testdata anew")

// document wraps the text of vulnerabilities into a document about one product.
func document(vulnerabilities string) string {
	return `{"DocumentTracking":{"Identification":{"ID":{"Value":"2099-Jan"}},"Version":"1"},"ProductTree":{"FullProductName":[` +
		`{"ProductID":"1","Value":"Gate"}]},"Vulnerability":` + vulnerabilities + `}`
}

// about is the text of a vulnerability with the given remediations.
func about(remediations string) string {
	return `{"CVE":"CVE-2099-1","ProductStatuses":[{"ProductID":["1"],"Type":3}],"Remediations":[` + remediations + `]}`
}

const full = `{"DocumentTitle":{"Value":"x"},"DocumentTracking":{"Identification":{"ID":{"Value":"2099-Jan"}},"Version":"1","InitialReleaseDate":"2099-01-01T00:00:00",
	"CurrentReleaseDate":"2099-01-01T00:00:00"},"ProductTree":{"FullProductName":[{"ProductID":"1","Value":"Gate","CPE":"cpe:2.3:a:microsoft:gate:*:*:*:*:*:*:*:*"}]},
	"Vulnerability":[{"Title":{"Value":"x"},"Notes":[{"Title":"Description","Value":"x"}],"CVE":"CVE-2099-1","ProductStatuses":[{"ProductID":["1"],"Type":3}],
	"Threats":[{"Description":{"Value":"Exploited:Yes"},"Type":1,"ProductID":["1"]}],"CVSSScoreSets":[{"BaseScore":1,"Vector":"CVSS:3.1/x","ProductID":["1"]}],
	"Remediations":[{"Description":{"Value":"5034127"},"URL":"x","Supercedence":"5033371","ProductID":["1"],"Type":2,"FixedBuild":"2.0.1"}]}]}`

// TestDocuments compares all that comes of the documents of testdata with the facts beside
// them. After a wanted change: go test ./advisory/msrc -update
func TestDocuments(t *testing.T) { jsontest.Golden(t, msrc.Decoder{}, *update) }

// FuzzDecode reads anything.
func FuzzDecode(f *testing.F) { jsontest.Fuzz(f, msrc.Decoder{}, full) }

// TestAnyWrongType replaces every value of a document, one at a time, by values of other
// types. A version that the document calls affected must never come out clear.
func TestAnyWrongType(t *testing.T) {
	d := msrc.Decoder{}
	require.Equal(t, advisory.Affected, jsontest.StatusOf(t, d, full, "1.5"))
	require.Equal(t, advisory.Fixed, jsontest.StatusOf(t, d, full, "2.0.1"))
	n := 0
	require.NoError(t, jsontest.Mutants([]byte(full), func(m jsontest.Mutant) {
		n++
		status := jsontest.StatusOf(t, d, string(m.Text), "1.5")
		assert.Contains(t, []advisory.Status{advisory.Affected, advisory.Unknown}, status, "%s was replaced in %s", m.Pointer, m.Text)
	}))
	assert.Greater(t, n, 100)
}

// TestUnreadNeverClears is the safety law: whatever member of a vulnerability cannot be read,
// nothing is called clear because of it.
func TestUnreadNeverClears(t *testing.T) {
	good := document(`[` + about(`{"Description":{"Value":"5034127"},"ProductID":["1"],"Type":2,"FixedBuild":"2.0.1"}`) + `]`)
	require.Equal(t, advisory.Fixed, jsontest.StatusOf(t, msrc.Decoder{}, good, "3.0"))
	for _, c := range []struct{ old, new string }{
		{`"2.0.1"`, `2`},
		{`"Type":2`, `"Type":"2"`},
		{`"Type":2,"FixedBuild"`, `"Type":2,"FixedBuild":"1.0","FixedBuild"`},
		{`"Type":3`, `"Type":4`},
		{`"ProductID":["1"],"Type":3`, `"ProductID":["1",5],"Type":3`},
		{`"ProductID":["1"],"Type":2`, `"ProductID":"1","Type":2`},
		{`"ProductID":["1"],"Type":2`, `"ProductID":["7"],"Type":2`},
		{`{"Value":"5034127"}`, `"5034127"`},
		{`"CVE":"CVE-2099-1"`, `"CVE":5`},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		require.NotEqual(t, good, bad, c.old)
		assert.Equal(t, advisory.Unknown, jsontest.StatusOf(t, msrc.Decoder{}, bad, "3.0"), bad)
	}
}

// TestSniff takes documents in any order of members, and nothing else.
func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		`{"Vulnerability":[],"DocumentTracking":{}}`:        true,
		`{"DocumentTracking":{}}`:                           false,
		`{"document":{"tracking":{}},"vulnerabilities":[]}`: false,
		`[]`: false,
	} {
		doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
		require.NoError(t, err)
		assert.Equal(t, want, msrc.Decoder{}.Sniff(doc), text)
	}
	assert.Equal(t, "msrc", msrc.Decoder{}.Format())
}

// TestHostile reads texts that were made to cost much.
func TestHostile(t *testing.T) {
	repeat := func(n int, text string) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strings.ReplaceAll(text, "%", fmt.Sprint(1_000_000+i)))
		}
		return b.String()
	}
	jsontest.CheckHostile(t, msrc.Decoder{}, []jsontest.Hostile{
		{Name: "no JSON", Text: "<cvrf:cvrfdoc/>", Err: advisory.ErrSyntax},
		{Name: "another format", Text: `{"document":{"category":"csaf_base"}}`, Err: advisory.ErrFormat},
		{Name: "truncated", Text: document(`[]`)[:60], Err: advisory.ErrSyntax},
		{Name: "deep", Text: document(strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)), Err: advisory.ErrLimit},
		{Name: "fixes of one product", Text: document(`[` + about(repeat(40_000, `{"Type":2,"ProductID":["1"],"FixedBuild":"%","Description":{"Value":"%"}}`)) + `]`)},
		{Name: "one product many times", Text: document(`[{"CVE":"CVE-2099-1","ProductStatuses":[{"Type":3,"ProductID":[` + repeat(100_000, `"1"`) + `]}]}]`)},
		{Name: "products that are not listed", Text: document(`[{"CVE":"CVE-2099-1","ProductStatuses":[{"Type":3,"ProductID":[` + repeat(100_000, `"%"`) + `]}]}]`)},
		{Name: "one edge many times", Text: document(`[` + about(repeat(40_000, `{"Type":2,"ProductID":["1"],"Description":{"Value":"5034127"},"Supercedence":"5033371"}`)) + `]`)},
		{Name: "wrong entries", Text: document(`[` + strings.Repeat(`5,`, 50_000) + `5]`)},
		{Name: "too many", Text: document(`[{"CVE":"CVE-2099-1","ProductStatuses":[{"Type":3,"ProductID":[` + repeat(300_000, `"1"`) + `]}]}]`), Err: advisory.ErrLimit},
	})
}

func ExampleDecoder() {
	file, err := os.Open("testdata/month.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	for a, err := range advisory.Decode(file, advisory.DecodeOptions{File: file.Name()}, msrc.Decoder{}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		s := a.Statements[1]
		fmt.Println(a.ID, a.Products[s.Products[0]].Name, s.Spans[0].String(), s.FixedBy)
		for _, p := range a.Patches {
			for _, next := range p.SupersededBy {
				fmt.Println(p.ID, "is replaced by", next.ID)
			}
		}
	}
	// Output:
	// 2099-Jan Windows 10 Version 1809 for x64-based Systems less than "10.0.17763.5329", affected [[5034127]]
	// 5033371 is replaced by 5034127
	// 5033420 is replaced by 5034171
	// 5033419 is replaced by 5034171
}

func TestPositions(t *testing.T) {
	text, err := os.ReadFile("testdata/month.json")
	require.NoError(t, err)
	for a, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{File: "doc.json"}, msrc.Decoder{}) {
		require.NoError(t, err)
		at := a.Statements[0].Spans[0].Pos
		assert.Equal(t, "doc.json#/Vulnerability/0/Remediations/0/FixedBuild", at.String())
		assert.True(t, bytes.HasPrefix(text[at.Offset:], []byte(`"10.0.17763.5329"`)))
	}
}
