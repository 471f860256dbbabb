package match_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/vers"
)

// A rule is one schema of evidence.schema.json, as far as that uses JSON Schema.
type rule struct {
	Ref        string          `json:"$ref"`
	Type       string          `json:"type"`
	Enum       []string        `json:"enum"`
	Items      *rule           `json:"items"`
	Properties map[string]rule `json:"properties"`
	Required   []string        `json:"required"`
	Others     json.RawMessage `json:"additionalProperties"`
	Defs       map[string]rule `json:"$defs"`
}

func evidenceSchema(t *testing.T) rule {
	t.Helper()
	text, err := os.ReadFile("../testdata/schema/evidence.schema.json")
	require.NoError(t, err)
	var root rule
	require.NoError(t, json.Unmarshal(text, &root))
	return root
}

// wrong returns what is wrong with a value at a place, and notes what it met.
func (r rule) wrong(root *rule, v any, at string, met map[string]bool) []string {
	if name, ok := strings.CutPrefix(r.Ref, "#/$defs/"); ok {
		def, ok := root.Defs[name]
		if !ok {
			return []string{at + ": no definition " + r.Ref}
		}
		return def.wrong(root, v, at, met)
	}
	met[at] = true
	text, isText := v.(string)
	switch {
	case r.Enum != nil:
		if !isText || !slices.Contains(r.Enum, text) {
			return []string{fmt.Sprintf("%s: %v is none of the words", at, v)}
		}
		return nil
	case r.Type == "string" && isText:
		return nil
	case r.Type == "integer":
		if n, ok := v.(float64); ok && n == float64(int(n)) {
			return nil
		}
	case r.Type == "boolean":
		if _, ok := v.(bool); ok {
			return nil
		}
	case r.Type == "array":
		if list, ok := v.([]any); ok {
			var all []string
			for _, e := range list {
				all = append(all, r.Items.wrong(root, e, at+"[]", met)...)
			}
			return all
		}
	case r.Type == "object":
		if members, ok := v.(map[string]any); ok {
			return r.wrongMembers(root, members, at, met)
		}
	}
	return []string{fmt.Sprintf("%s: %v is no %s", at, v, r.Type)}
}

func (r rule) wrongMembers(root *rule, members map[string]any, at string, met map[string]bool) (all []string) {
	for _, name := range r.Required {
		if _, ok := members[name]; !ok {
			all = append(all, at+": without "+name)
		}
	}
	for name, v := range members {
		if p, ok := r.Properties[name]; ok {
			all = append(all, p.wrong(root, v, at+"/"+name, met)...)
		} else if !strings.Contains(string(r.Others), "type") {
			all = append(all, at+": no property "+name)
		}
	}
	return all
}

// TestEvidenceSchema holds the schema against evidence that was made: nothing is written that
// it does not know, and it knows nothing that is not written.
func TestEvidenceSchema(t *testing.T) {
	root := evidenceSchema(t)
	met := map[string]bool{}
	check := func(e match.Evidence) {
		text, err := json.Marshal(e)
		require.NoError(t, err)
		var v any
		require.NoError(t, json.Unmarshal(text, &v))
		require.Empty(t, root.wrong(&root, v, "", met), "%s", text)
	}
	r := questioner{rand.New(rand.NewPCG(21, 22))}
	for range 300 {
		q := r.question(4, 3, true)
		var docs []*advisory.Advisory
		for _, d := range q.docs {
			a := d.advisory()
			a.SHA256 = "ab"
			docs = append(docs, a)
		}
		in := q.in.installation()
		in.Row = "a,b"
		check(ask(t, compile(t, docs...), match.AskOptions{At: day(q.day)}).Explain(in, q.id))
	}
	for _, e := range evidences(t) {
		check(e)
	}
	for path, list := range map[string]reflect.Type{
		"": reflect.TypeFor[match.Evidence](), "/installation": reflect.TypeFor[match.Subject](), "/statements[]": reflect.TypeFor[match.Claim](),
		"/rejected[]": reflect.TypeFor[match.Rejection](),
	} {
		for i := range list.NumField() {
			if name, _, _ := strings.Cut(list.Field(i).Tag.Get("json"), ","); name != "" && name != "-" {
				assert.True(t, met[path+"/"+name], "%s/%s is never written", path, name)
			}
		}
	}
	assert.NotEmpty(t, root.wrong(&root, map[string]any{"status": "well", "x": 1}, "", met))
}

// evidences are of the kinds that random questions do not have.
func evidences(t *testing.T) []match.Evidence {
	a := apexCentral()
	a.Statements[0].Remediations = []advisory.Remediation{{Category: "vendor_fix", Text: "update"}}
	scope := match.Scope{Vulnerability: apexID}
	in := &match.Installation{Host: &match.Host{ID: "srv7", Patches: []string{"HF1"}}, Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"}
	list := []match.Evidence{
		ask(t, compile(t, a), match.AskOptions{At: day(2), Accepted: []match.Acceptance{{Scope: scope, Author: "x", Until: day(9)}}}).Explain(in, apexID),
		compile(t, a).Explain(&match.Installation{PURL: purl.MustParse("pkg:npm/a@1"), CPE: cpe.MustParse("cpe:2.3:a:trendmicro:apexcentral:1:*:*:*:saas:*:*:*")}, apexID),
		compile(t, a).Explain(&match.Installation{Vendor: "Trend Micro", Product: "Apex One", SKU: "1", Tags: []string{"tag:x"},
			Hashes: []advisory.Hash{{Algorithm: "sha256", Value: "ab"}}}, apexID),
		compile(t, a).Explain(&match.Installation{Vendor: "Nobody", Product: "Nothing"}, apexID),
	}
	junos := doc("J", "juniper", advisory.RankVendor, 1, advisory.Affected, "*")
	junos.Products[0] = advisory.Product{Vendor: "Juniper Networks", Name: "Junos OS Evolved"}
	junos.Statements[0].Default = advisory.DefaultUndeclared
	junos.Statements[0].Spans = []advisory.Span{{Before: "22.4R1-EVO", Bounded: true, Status: advisory.Affected}}
	words := doc("W", "v", advisory.RankVendor, 1, advisory.NotAffected, "*")
	words.Statements[0].Justification = "component_not_present"
	words.Statements[0].Spans[0].Version = "1.0 to 2.5 (with port 80 open)"
	limited := *gateway
	limited.Met = map[string]vers.Truth{"with port 80 open": vers.Yes}
	f := &patchFacts{t: t}
	for _, line := range []string{"graph complete", "patch KB1", "by KB2", "patch KB2", "affected OS: *; fixed by KB1"} {
		word, rest, _ := strings.Cut(line, " ")
		require.True(t, f.fact(word, rest))
	}
	patched := &match.Installation{Vendor: "Example", Product: "OS", Version: "1", Host: &match.Host{PatchList: match.SomePatches, Patches: []string{"KB2"}}}
	return append(list, compile(t, f.said, f.records).Explain(patched, "CVE-2099-1"), compile(t, words).Explain(&limited, "CVE-2099-7"),
		compile(t, junos).Explain(&match.Installation{Vendor: "Juniper", Product: "Junos OS Evolved", Version: "23.1R1-EVO"}, "CVE-2099-7"))
}

// TestReplay: the same documents, installation and date give the same bytes.
func TestReplay(t *testing.T) {
	made := func() (all []byte) {
		r := questioner{rand.New(rand.NewPCG(31, 32))}
		for range 50 {
			q := r.question(4, 3, true)
			var docs []*advisory.Advisory
			for _, d := range q.docs {
				docs = append(docs, d.advisory())
			}
			r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
			in := q.in.installation()
			in.Facts = match.Facts{"b": "1", "a": "2", "c": "3"}
			text, err := json.Marshal(ask(t, compile(t, docs...), match.AskOptions{At: day(q.day)}).Explain(in, q.id))
			require.NoError(t, err)
			all = append(append(all, text...), '\n')
		}
		return all
	}
	assert.True(t, bytes.Equal(made(), made()))
	e := compile(t, apexCentral()).Explain(gateway, apexID)
	assert.Regexp(t, "^sha256:[0-9a-f]{64}$", e.Catalog)
	assert.NotEmpty(t, e.Library)
}

// TestWhyNot: where nothing names the product, the evidence says which products are close and
// why they are others.
func TestWhyNot(t *testing.T) {
	a := apexCentral()
	a.Products = append(a.Products,
		advisory.Product{Vendor: "Example", Name: "Gateway"},
		advisory.Product{PURLs: []string{"pkg:deb/debian/gate?distro=debian-12"}},
		advisory.Product{Vendor: "Siemens", Name: "S7", Models: []string{"6ES7*"}},
		advisory.Product{CPEs: []string{"cpe:2.3:a:example:lock:1:*:*:*:*:*:*:red"}})
	a.Statements[0].Products = []int{0, 1, 2, 3, 4}
	m := compile(t, a)
	for _, c := range []struct {
		in   match.Installation
		want []string
	}{
		{match.Installation{Vendor: "Trend Micro", Product: "Apex One"}, []string{"another product of the vendor; the catalog tells trendmicro/apex-one and trendmicro/apex-central apart", "4 other products"}},
		{match.Installation{Vendor: "Example", Product: "Agent"}, []string{"4 other products", "another product of the vendor, example/gateway and not example/agent"}},
		{match.Installation{Vendor: "Acme", Product: "Gateway"}, []string{"a product of that name of another vendor, example/gateway and not acme/gateway"}},
		{match.Installation{CPE: cpe.MustParse("cpe:2.3:a:trendmicro:apexcentral:1:*:*:*:*:linux:*:*")}, []string{"another target_sw"}},
		{match.Installation{CPE: cpe.MustParse("cpe:2.3:a:example:lock:1:*:*:*:*:*:*:blue")}, []string{"another other"}},
		{match.Installation{PURL: purl.MustParse("pkg:deb/ubuntu/gate@1")}, []string{"another namespace or qualifier"}},
		{match.Installation{Vendor: "Siemens", Product: "S7", Model: "7ES"}, []string{"it lists numbers or hashes, and not those of the installation"}},
		{match.Installation{Vendor: "Nobody", Product: "Nothing"}, []string{"5 other products"}},
	} {
		e := m.Explain(&c.in, apexID)
		assert.Equal(t, advisory.NoStatement, e.Status)
		assert.Empty(t, e.Claims)
		for _, want := range c.want {
			assert.Contains(t, e.String(), want)
		}
		assert.NotContains(t, e.String(), " 0 other")
	}
	e := m.Explain(&match.Installation{Vendor: "Example", Product: "Agent"}, apexID)
	require.Len(t, e.Rejected, 1)
	assert.Equal(t, match.Rejection{Product: "Example | Gateway", Document: apexID, Place: "CVE-2025-69258.json#/products/1",
		Why: "another product of the vendor, example/gateway and not example/agent"}, e.Rejected[0])
	assert.Equal(t, 4, e.Others)
	deny := match.AskOptions{Deny: []match.Denial{{Key: "trendmicro/apex-central", Vendor: "Trend Micro", Name: "Apex Central 2019"}}}
	e = ask(t, m, deny).Explain(&match.Installation{Vendor: "Trend Micro", Product: "Apex Central 2019", Version: "1"}, apexID)
	assert.Contains(t, e.String(), "the caller denies that")
}

// TestConditionFacts: of each part of a condition the evidence says whether it is met, and what of the
// inventory that rests on, before and after the matcher was loaded.
func TestConditionFacts(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	a.Products = append(a.Products, advisory.Product{Vendor: "Acme", Name: "OS"}, advisory.Product{Vendor: "Acme", Name: "Java"})
	a.Statements[0].Where = advisory.Condition{Op: advisory.OpAny, Of: []advisory.Condition{
		{Op: advisory.OpProduct, Product: 1, Relation: advisory.InstalledOn, Spans: []advisory.Span{{Version: "< 10", Status: advisory.Affected}}},
		{Op: advisory.OpNot, Of: []advisory.Condition{{Op: advisory.OpProduct, Product: 2, Relation: advisory.OnHost}}},
		{Op: advisory.OpFact, Fact: "edition", Values: []string{"FIPS"}},
		{Op: advisory.OpFact, Fact: "platform", Values: []string{"Windows"}, Presumed: true},
		{Op: advisory.OpText, Text: "with port 80 open"},
		{Op: advisory.OpText, Text: "behind a proxy"},
	}}
	java := match.Installation{Vendor: "Acme", Product: "Java", Version: "8"}
	host := &match.Host{Platforms: []match.Installation{{Vendor: "Acme", Product: "OS", Version: "11"}}, PlatformsComplete: true,
		Installations: []match.Installation{java, java, {Vendor: "Acme", Product: "Other"}, java, java, {CPE: cpe.MustParse("cpe:2.3:a:acme:java:9:*:*:*:*:*:*:*")}}}
	in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: "1", Host: host, Facts: match.Facts{"edition": "Basic"},
		Met: map[string]vers.Truth{"with port 80 open": vers.No}}
	want := []string{
		`product "Acme OS" (version "< 10") installed_on: not met, there is Acme OS 11`,
		`product "Acme Java" on_host: met, there is Acme Java 8, Acme Java 8, Acme Java 8 and 2 more`,
		"edition is FIPS: not met, it is Basic",
		"platform is Windows: met, presumed where nothing is known",
		"“with port 80 open”: not met, as the caller says",
		"“behind a proxy”: not known",
	}
	m := compile(t, a)
	for _, m := range []*match.Matcher{m, reload(t, m)} {
		e := m.Explain(in, "CVE-2099-7")
		require.Len(t, e.Claims, 1)
		assert.Equal(t, want, e.Claims[0].Facts)
		assert.Contains(t, e.String(), "    fact         "+want[0]+"\n")
		bare := m.Explain(&match.Installation{Vendor: "Example", Product: "Gateway", Version: "1", Host: &match.Host{InstallationsComplete: true}}, "CVE-2099-7")
		assert.Equal(t, `product "Acme OS" (version "< 10") installed_on: not known`, bare.Claims[0].Facts[0])
		assert.Equal(t, `product "Acme Java" on_host: not met, there is no other than those listed`, bare.Claims[0].Facts[1])
	}
}
