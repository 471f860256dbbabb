package match_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// sayEach is a document of statements about all versions of Example Gateway, from words like
// "affected 1 fixed 3": a status and the day of the statement, 0 for none. What cannot be read
// is "unread", what is about another version "silent".
func sayEach(t *testing.T, words string) *advisory.Advisory {
	t.Helper()
	statuses := map[string]advisory.Status{"affected": advisory.Affected, "not_affected": advisory.NotAffected, "fixed": advisory.Fixed,
		"under_investigation": advisory.UnderInvestigation, "unread": advisory.Affected, "silent": advisory.Affected}
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	a.Statements = nil
	fields := strings.Fields(words)
	for i := 0; i < len(fields); i += 2 {
		status, ok := statuses[fields[i]]
		if !ok {
			t.Fatalf("no status: %q", fields[i])
		}
		s := advisory.Statement{Products: []int{0}, Spans: []advisory.Span{{Version: "*", Status: status}}}
		switch fields[i] {
		case "unread":
			s.Spans[0].Version = "see the page of the vendor, 7"
		case "silent":
			s.Spans[0].Version = "99"
		}
		if fields[i+1] != "0" {
			s.Modified = day(int(fields[i+1][0] - '0'))
		}
		a.Statements = append(a.Statements, s)
	}
	return a
}

// The last statement of a VEX document counts (OpenVEX 0.2.0, "Updating Statements"), as far as
// all have a date and it decides something.
func TestLastStatement(t *testing.T) {
	for words, want := range map[string]string{
		"affected 1 not_affected 2":                       "not_affected",
		"not_affected 1 affected 2":                       "affected",
		"affected 1 fixed 2 affected 3":                   "affected",
		"under_investigation 1 affected 2":                "affected",
		"under_investigation 1 not_affected 2":            "not_affected",
		"not_affected 1 under_investigation 2":            "under_investigation",
		"affected 1 under_investigation 2":                "affected",
		"affected 1 not_affected 1":                       "unknown (conflict)",
		"affected 1 not_affected 0":                       "unknown (conflict)",
		"affected 1 silent 0 not_affected 2":              "not_affected",
		"affected 1 silent 3 not_affected 2":              "not_affected",
		"not_affected 1 silent 2":                         "not_affected",
		"affected 1 unread 0 not_affected 2":              "unknown (bad_range)",
		"affected 1 unread 3 not_affected 2":              "unknown (bad_range)",
		"unread 1 not_affected 2":                         "unknown (bad_range)",
		"affected 1 not_affected 2 fixed 3":               "fixed",
		"affected 1 not_affected 2 under_investigation 3": "under_investigation",
	} {
		a := sayEach(t, words)
		for range 2 { // whatever their order
			assert.Equal(t, want, verdict(t, compile(t, a), gateway, "CVE-2099-7"), words)
			for i, j := 0, len(a.Statements)-1; i < j; i, j = i+1, j-1 {
				a.Statements[i], a.Statements[j] = a.Statements[j], a.Statements[i]
			}
		}
	}
}

// Between documents of one rank the date of the statement comes before that of its document.
func TestDateOfStatement(t *testing.T) {
	old, changed := sayEach(t, "affected 0"), sayEach(t, "not_affected 3")
	old.Published, changed.Published, changed.ID = day(2), time.Time{}, "B"
	changed.Publisher.Name = "w"
	assert.Equal(t, "not_affected", verdict(t, compile(t, old, changed), gateway, "CVE-2099-7"))
	changed.Statements[0].Modified, changed.Published = day(1), day(4)
	assert.Equal(t, "affected", verdict(t, compile(t, old, changed), gateway, "CVE-2099-7"))
}

// A statement on an image is about all that is inside, where it says so.
func TestWholes(t *testing.T) {
	const inside, library = "CVE-2099-7", "CVE-2099-8"
	image := func(id, version string, status advisory.Status) *advisory.Advisory {
		a := doc("I"+id+version, "image", advisory.RankVendor, 1, status, version)
		a.Vulnerabilities[0].ID, a.Products[0].Name, a.Statements[0].Parts = id, "Image", true
		return a
	}
	part := doc("P", "p", advisory.RankVendor, 1, advisory.Affected, "*")
	part.Products[0].Name = "Library"
	closed := image(inside, "2.0", advisory.Affected)
	closed.Statements[0].Parts = false
	otherPart := doc("A", "a", advisory.RankVendor, 1, advisory.Affected, "*")
	otherPart.Products[0].Name, otherPart.Vulnerabilities[0].ID = "Library", "CVE-2099-1"
	in := func(wholes ...string) *match.Installation {
		out := &match.Installation{Vendor: "Example", Product: "Library", Version: "1.5"}
		for _, w := range wholes {
			name, version, _ := strings.Cut(w, " ")
			out.PartOf = append(out.PartOf, match.Installation{Vendor: "Example", Product: name, Version: version})
		}
		return out
	}
	for _, c := range []struct {
		name  string
		docs  []*advisory.Advisory
		in    *match.Installation
		id    string
		want  string
		found int // findings
	}{
		{"the image alone", []*advisory.Advisory{image(inside, "2.0", advisory.Affected)}, in("Image 2.0"), inside, "affected", 0},
		{"an image of another version", []*advisory.Advisory{image(inside, "2.0", advisory.Affected)}, in("Image 3.0"), inside, "no_statement (version_not_named)", 0},
		{"an image in a box", []*advisory.Advisory{image(inside, "2.0", advisory.Affected)}, in("Box 1", "Image 2.0"), inside, "affected", 0},
		{"each of two images", []*advisory.Advisory{image(inside, "2.0", advisory.Affected)}, in("Image 3.0", "Image 2.0"), inside, "affected", 0},
		{"the image and not its parts", []*advisory.Advisory{closed}, in("Image 2.0"), inside, "no_statement (not_named)", 0},
		{"no image", []*advisory.Advisory{image(inside, "2.0", advisory.Affected)}, in(), inside, "no_statement (not_named)", 0},
		{"beside the part", []*advisory.Advisory{otherPart, part, image(inside, "2.0", advisory.NotAffected)}, in("Image 2.0"), inside, "unknown (conflict)", 2},
		{"beside the part, another version", []*advisory.Advisory{otherPart, part, image(inside, "2.0", advisory.NotAffected)}, in("Image 3.0"), inside, "affected", 2},
		{"another vulnerability", []*advisory.Advisory{part, image(library, "2.0", advisory.Affected)}, in("Image 2.0"), library, "affected", 1},
	} {
		m := compile(t, c.docs...)
		assert.Equal(t, c.want, verdict(t, m, c.in, c.id), c.name)
		assert.Equal(t, c.want, m.Explain(c.in, c.id).Verdict.String(), c.name)
		// A whole gives its parts no findings of their own.
		found := m.Append(nil, c.in)
		assert.Len(t, found, c.found, c.name)
		for _, f := range found {
			assert.Equal(t, m.Check(c.in, f.Vulnerability), f.Verdict, c.name)
		}
	}
}

// No version of a part mends what it is a part of: the fix of an image is none of its parts, and
// what clears a part is no way out while the image is affected.
func TestFixOfWhole(t *testing.T) {
	below := func(id, name, version string) *advisory.Advisory {
		a := doc(id, "v", advisory.RankVendor, 1, advisory.Affected, "*")
		a.Products[0].Name, a.Statements[0].Default = name, advisory.DefaultNotAffected
		a.Statements[0].Spans = []advisory.Span{{Before: version, Bounded: true, Status: advisory.Affected}}
		a.Statements[0].Remediations = []advisory.Remediation{{Category: "vendor_fix", Text: name + " " + version, Spans: []int{0}}}
		return a
	}
	library, image := below("L", "Library", "7.0"), below("I", "Image", "3.0")
	image.Statements[0].Parts = true
	for _, c := range []struct {
		name    string
		docs    []*advisory.Advisory
		library string
		image   string
		want    string
		fix     string
		advice  string
	}{
		{"the image", []*advisory.Advisory{image}, "1.5", "2.0", "affected", "-", "Image 3.0"},
		{"a part of a version beyond that of the fixed image", []*advisory.Advisory{image}, "5.0", "2.0", "affected", "-", "Image 3.0"},
		{"the part", []*advisory.Advisory{library}, "5.0", "2.0", "affected", "7.0", "Library 7.0"},
		{"both", []*advisory.Advisory{image, library}, "5.0", "2.0", "affected", "-", "Image 3.0"},
		{"the part of a fixed image", []*advisory.Advisory{image}, "5.0", "3.0", "fixed", "-", ""},
	} {
		m := compile(t, c.docs...)
		in := &match.Installation{Vendor: "Example", Product: "Library", Version: c.library,
			PartOf: []match.Installation{{Vendor: "Example", Product: "Image", Version: c.image}}}
		f := m.Finding(in, "CVE-2099-7")
		assert.Equal(t, c.want, f.Verdict.String(), c.name)
		assert.Equal(t, c.fix, f.Fix.String(), c.name)
		ways := m.Fixes(in, "CVE-2099-7")
		assert.Equal(t, f.Fix, ways.Installed.Fix, c.name)
		assert.Empty(t, ways.Next, c.name)
		advice := ""
		for _, r := range ways.Remediations {
			advice += r.Text
		}
		assert.Equal(t, c.advice, advice, c.name)
	}
	text := compile(t, image).Explain(&match.Installation{Vendor: "Example", Product: "Library", Version: "1.5",
		PartOf: []match.Installation{{Vendor: "Example", Product: "Image", Version: "2.0"}}}, "CVE-2099-7").String()
	assert.Contains(t, text, "name Example | Image, folded to example/image, level name")
	assert.Contains(t, text, "2.0: one version")
}
