package csaf_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
	"github.com/affected-go/affected/advisory/internal/jsontest"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// full has everything that a statement can rest on.
const full = `{"document":{"csaf_version":"2.1","category":"csaf_base","title":"x","publisher":{"category":"vendor","name":"Acme","namespace":"https://acme.example"},
	"distribution":{"tlp":{"label":"CLEAR"}},"references":[{"url":"https://acme.example","category":"self","summary":"x"}],
	"tracking":{"id":"A-1","version":"1","status":"final","aliases":["x"],"initial_release_date":"2099-01-01T00:00:00Z","current_release_date":"2099-01-01T00:00:00Z"}},
	"product_tree":{"branches":[{"category":"vendor","name":"Acme","branches":[{"category":"product_name","name":"Gateway","branches":[
		{"category":"product_version_range","name":">=1.0.0|<2.0.0","product":{"product_id":"A","name":"x","product_identification_helper":{"model_numbers":["X*"],"purls":["pkg:npm/gate"]}}},
		{"category":"product_version","name":"2.0.0","product":{"product_id":"B","name":"x"}},
		{"category":"product_version","name":"3.0.0","branches":[{"category":"architecture","name":"arm64","product":{"product_id":"C","name":"x","product_identification_helper":{"cpe":"cpe:2.3:a:acme:gateway:3.0.0:*:*:*:*:*:*:*","hashes":[{"filename":"x","file_hashes":[{"algorithm":"sha256","value":"00"}]}]}}}]}]},
		{"category":"product_name","name":"Box","product":{"product_id":"H","name":"x"}}]}],
		"full_product_names":[{"product_id":"F","name":"Acme Router"}],
		"product_groups":[{"group_id":"G","product_ids":["A","B"]}],
		"product_paths":[{"beginning_product_reference":"B","full_product_name":{"product_id":"BH","name":"x"},"subpaths":[{"category":"installed_on","next_product_reference":"H"}]}],
		"relationships":[{"category":"installed_with","product_reference":"C","relates_to_product_reference":"H","full_product_name":{"product_id":"CH","name":"x"}}]},
	"vulnerabilities":[{"cve":"CVE-2099-1","title":"x","ids":[{"system_name":"x","text":"y"}],"notes":[{"category":"summary","text":"x"}],
		"product_status":{"known_affected":["A","BH"],"last_affected":["CH"],"known_not_affected":["H"],"recommended":["B"]},
		"remediations":[{"category":"vendor_fix","details":"x","product_ids":["A"],"group_ids":["G"]}],"flags":[{"label":"component_not_present","product_ids":["H"]}],
		"threats":[{"category":"impact","details":"x","product_ids":["H"]}],"metrics":[{"products":["A"],"content":{"cvss_v3":{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8,"baseSeverity":"CRITICAL"}}}]}]}`

// TestAnyWrongType replaces every value of a document, one at a time, by values of other
// types. A version that the document calls affected must never come out clear, nor in silence.
func TestAnyWrongType(t *testing.T) {
	for _, version := range []string{"1.5.0", "2.0.0", "3.0.0"} {
		require.Equal(t, advisory.Affected, statusOf(t, full, version), version)
		n := 0
		require.NoError(t, jsontest.Mutants([]byte(full), func(m jsontest.Mutant) {
			n++
			status := statusOf(t, string(m.Text), version)
			assert.Contains(t, []advisory.Status{advisory.Affected, advisory.Unknown}, status, "%s for %s in %s", version, m.Pointer, m.Text)
		}))
		assert.Greater(t, n, 300)
	}
}

// statusOf returns what the statements of a document about the gateway say about a version,
// whatever their conditions: affected in one is affected, and what is not known blocks the
// rest. What cannot be read may be about the gateway. A document that is refused, or that
// nobody takes for one, says Unknown: the caller has an error in hand.
func statusOf(t *testing.T, text, version string) advisory.Status {
	t.Helper()
	doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
	require.NoError(t, err)
	if !(csaf.Decoder{}).Sniff(doc) {
		return advisory.Unknown
	}
	a, err := csaf.Decoder{}.Decode(doc, advisory.DecodeOptions{})
	if err != nil {
		return advisory.Unknown
	}
	strongest, unknown := advisory.NoStatement, false
	for i := range a.Statements {
		s := &a.Statements[i]
		p := &a.Products[s.Products[0]]
		if p.Name == "Box" || p.Name == "Acme Router" {
			continue
		}
		timeline := advisory.Resolve(s, p, advisory.ResolveOptions{})
		key, n, err := timeline.Scheme.AppendKey(nil, version)
		require.NoError(t, err)
		out, _ := timeline.At(key, n)
		unknown = unknown || out.Status == advisory.Unknown
		strongest = max(strongest, out.Status)
	}
	if unknown && strongest != advisory.Affected {
		return advisory.Unknown
	}
	return strongest
}

// TestTrouble: what is wrong in one place leaves the rest as it is, and is reported.
func TestTrouble(t *testing.T) {
	two := leaf("product_version_range", "< 2.0", "A") + "," + leaf("product_version", "2.0", "B")
	relation := func(id, subject, other string) string {
		return `{"category":"installed_on","product_reference":"` + subject + `","relates_to_product_reference":"` + other + `","full_product_name":{"product_id":"` + id + `","name":"x"}}`
	}
	for _, c := range []struct {
		name, tree, status string
		versions           map[string]advisory.Status
		code               string
	}{
		{"an id that is not defined", `"branches":[` + two + `]`, `"known_affected":["A"],"fixed":["B"],"known_not_affected":["X"]`,
			map[string]advisory.Status{"1.0": advisory.Affected, "2.0": advisory.Fixed, "3.0": advisory.NoStatement}, "6.1.1"},
		{"an id of two products", `"branches":[` + two + `,` + leaf("product_version_range", ">= 2.0", "A") + `]`, `"known_affected":["A"],"fixed":["A"]`,
			map[string]advisory.Status{"1.0": advisory.Unknown, "2.0": advisory.Unknown}, ""},
		{"the same product twice", `"branches":[` + two + `,` + two + `]`, `"known_affected":["A"]`,
			map[string]advisory.Status{"1.0": advisory.Affected, "2.0": advisory.NoStatement}, ""},
		{"a product in two groups", `"branches":[` + two + `]`, `"known_affected":["A"],"known_not_affected":["A"]`,
			map[string]advisory.Status{"1.0": advisory.Unknown}, ""},
		{"a combination of itself", `"branches":[` + two + `],"relationships":[` + relation("R", "R", "A") + `]`, `"known_affected":["A","R"]`,
			map[string]advisory.Status{"1.0": advisory.Affected, "2.0": advisory.Unknown}, "cycle"},
		{"combinations in a circle", `"branches":[` + two + `],"relationships":[` + relation("R", "S", "A") + `,` + relation("S", "R", "A") + `]`, `"known_affected":["A","S"]`,
			map[string]advisory.Status{"1.0": advisory.Affected, "2.0": advisory.Unknown}, "cycle"},
		{"a group that names itself", `"branches":[` + two + `],"product_groups":[{"group_id":"G","product_ids":["G","G"]}]`, `"known_affected":["A"]`,
			map[string]advisory.Status{"1.0": advisory.Affected}, ""},
		{"an unknown group of products", `"branches":[` + two + `]`, `"known_affected":["A"],"afected":["B"]`,
			map[string]advisory.Status{"1.0": advisory.Affected, "2.0": advisory.Unknown}, "bad-word"},
		{"a branch without a name", `"branches":[` + two + `,{"category":"product_version","product":{"product_id":"C","name":"x"}}]`, `"fixed":["A"],"known_affected":["C"]`,
			map[string]advisory.Status{"1.0": advisory.Unknown}, "no-name"},
		{"null", `"branches":[null,` + two + `]`, `"known_affected":["A",null]`,
			map[string]advisory.Status{"1.0": advisory.Affected, "2.0": advisory.Unknown}, "wrong-type"},
	} {
		text := document(c.tree, c.status)
		a := decode(t, text)
		for version, want := range c.versions {
			assert.Equal(t, want, statusOf(t, text, version), "%s: %s", c.name, version)
		}
		codes := map[string]bool{}
		for _, p := range a.Problems {
			codes[p.Code] = true
		}
		assert.True(t, c.code == "" || codes[c.code], "%s: %v", c.name, a.Problems)
	}
}

// TestDates: a date that is none is a problem, and changes no answer.
func TestDates(t *testing.T) {
	text := strings.Replace(document(`"branches":[`+leaf("product_version", "1.0", "A")+`]`, `"known_affected":["A"]`), `"2099-01-01T00:00:00Z"`, `"soon"`, 1)
	a := decode(t, text)
	assert.True(t, a.Published.IsZero())
	assert.Equal(t, advisory.Affected, statusOf(t, text, "1.0"))
	require.NotEmpty(t, a.Problems)
	assert.True(t, a.Problems[0].Warning)
}

// TestHostile reads texts that were made to cost much.
func TestHostile(t *testing.T) {
	one := leaf("product_version", "1.0", "A")
	million := 1_000_000
	if testing.Short() {
		million = 200_000 // the limit is lower
	}
	many := func(n int, text func(i int) string) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(text(i))
		}
		return b.String()
	}
	chain := func(n int) string {
		return many(n, func(i int) string {
			return fmt.Sprintf(`{"category":"installed_on","product_reference":"R%d","relates_to_product_reference":"A","full_product_name":{"product_id":"R%d","name":"x"}}`, i+1, i)
		})
	}
	for _, c := range []struct {
		name, text string
		err        error
	}{
		{"no JSON", "Gateway before 2.0", advisory.ErrSyntax},
		{"another format", `{"bomFormat":"CycloneDX"}`, advisory.ErrFormat},
		{"nothing usable", `{"document":{"csaf_version":"2.0"}}`, advisory.ErrFormat},
		{"truncated", document(`"branches":[`+one+`]`, `"known_affected":["A"]`)[:300], advisory.ErrSyntax},
		{"10,000 levels of branches", document(`"branches":[`+strings.Repeat(`{"category":"product_name","name":"x","branches":[`, 10_000)+strings.Repeat(`]}`, 10_000)+`]`, ``), advisory.ErrLimit},
		{"1,000,000 products", document(`"full_product_names":[`+many(million, func(i int) string { return fmt.Sprintf(`{"product_id":"%d","name":"x"}`, i) })+`]`, ``), advisory.ErrLimit},
		{"one id 50,000 times", document(`"full_product_names":[`+many(50_000, func(i int) string { return fmt.Sprintf(`{"product_id":"A","name":"%d"}`, i) })+`]`,
			`"known_affected":[`+many(1000, func(int) string { return `"A"` })+`]`), advisory.ErrLimit},
		{"a chain of combinations", document(`"branches":[`+one+`],"relationships":[`+chain(20_000)+`]`, `"known_affected":["A","R1"]`), nil},
		{"combinations of combinations", document(`"branches":[`+one+`],"product_paths":[{"beginning_product_reference":"A","full_product_name":{"product_id":"P","name":"x"},"subpaths":[`+
			many(10_000, func(int) string { return `{"category":"installed_on","next_product_reference":"A"}` })+`]}]`, `"known_affected":["P"]`), nil},
		{"groups that multiply", strings.Replace(document(`"branches":[`+one+`],"product_groups":[{"group_id":"G","product_ids":[`+many(50_000, func(int) string { return `"A"` })+`]}]`, `"known_affected":["A"]`),
			`"cve"`, `"remediations":[`+many(5_000, func(int) string { return `{"category":"mitigation","details":"x","group_ids":["G"]}` })+`],"cve"`, 1), advisory.ErrLimit},
		{"a long name", document(`"branches":[`+leaf("product_version", strings.Repeat("1.", 1<<19), "A")+`]`, `"known_affected":["A"]`), nil},
	} {
		for a, err := range advisory.Decode(strings.NewReader(c.text), advisory.DecodeOptions{}, csaf.Decoder{}) {
			assert.ErrorIs(t, err, c.err, c.name)
			assert.Equal(t, c.err == nil, a != nil, c.name)
		}
	}
}

// TestLimits refuses what would become too much, instead of taking a part for the whole.
func TestLimits(t *testing.T) {
	text, err := os.ReadFile("testdata/versions.json")
	require.NoError(t, err)
	doc, err := jsonpos.Parse(text, jsonpos.Limits{})
	require.NoError(t, err)
	for items := 1; items < 60; items++ {
		if a, err := (csaf.Decoder{}).Decode(doc, advisory.DecodeOptions{Items: items}); err != nil {
			assert.ErrorIs(t, err, advisory.ErrLimit)
			assert.Nil(t, a)
		}
	}
	_, err = csaf.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 10})
	assert.Error(t, err)
	_, err = csaf.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 200})
	assert.NoError(t, err)
}

// TestByteOrderMark reads a document behind one.
func TestByteOrderMark(t *testing.T) {
	text := "\ufeff" + document(`"branches":[`+leaf("product_version", "1.0", "A")+`]`, `"known_affected":["A"]`)
	n := 0
	for a, err := range advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{}, csaf.Decoder{}) {
		require.NoError(t, err)
		assert.Len(t, a.Statements, 1)
		n++
	}
	assert.Equal(t, 1, n)
}
