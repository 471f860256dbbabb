package advisory_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
)

func span(version string, status advisory.Status) advisory.Span {
	return advisory.Span{Version: version, Status: status}
}

func exact(version string, status advisory.Status) advisory.Span {
	return advisory.Span{Version: version, Status: status, Hint: advisory.HintExact}
}

// In a statement that is silent about other versions each span speaks for itself.
func TestSilentSpans(t *testing.T) {
	const (
		yes     = advisory.Affected
		no      = advisory.NotAffected
		fixed   = advisory.Fixed
		unknown = advisory.Unknown
		asked   = advisory.UnderInvestigation
	)
	for _, c := range []struct {
		name     string
		spans    []advisory.Span
		infer    bool
		versions map[string]string // version -> status, with the reason behind a blank
	}{
		{
			"two upper bounds are no branches",
			[]advisory.Span{span("< 3.3.5-2", yes), span("< 3.3.5-3", yes)}, false,
			map[string]string{"3.3.5-1": "affected", "3.3.5-2": "affected", "3.3.5-3": "no_statement version_not_named"},
		},
		{
			"a fixed build inside an affected range",
			[]advisory.Span{span("< 3.3.5-2", yes), exact("3.3.5-2", fixed), span("< 3.3.5-3", yes), exact("3.3.5-3", fixed)}, false,
			map[string]string{"3.3.5-1": "affected", "3.3.5-2": "unknown conflict", "3.3.5-3": "fixed", "3.3.5-4": "no_statement version_not_named"},
		},
		{
			"one range with two statuses",
			[]advisory.Span{span("< 10.2.5", fixed), span(">= 10.2.5", fixed), span("< 10.2.5", yes), span(">= 10.2.5", yes)}, false,
			map[string]string{"1.0": "unknown conflict", "10.2.5": "unknown conflict", "99": "unknown conflict"},
		},
		{
			"ranges that overlap in part",
			[]advisory.Span{span(">= 1.0 | < 3.0", yes), span(">= 2.0 | < 4.0", no)}, false,
			map[string]string{"0.9": "no_statement version_not_named", "1.5": "affected", "2.0": "unknown conflict", "2.9": "unknown conflict", "3.0": "not_affected", "4.0": "no_statement version_not_named"},
		},
		{
			"three statuses",
			[]advisory.Span{span(">= 1 | <= 5", yes), span(">= 2 | <= 4", fixed), exact("3", asked)}, false,
			map[string]string{"1": "affected", "2": "unknown conflict", "3": "unknown conflict", "5": "affected"},
		},
		{
			"all versions and one of them",
			[]advisory.Span{span("vers:all/*", yes), exact("1.5", fixed), exact("Corefix 14", fixed)}, false,
			map[string]string{"1.4": "affected", "1.5": "unknown conflict", "Corefix 14": "unknown conflict", "2": "affected"},
		},
		{
			"all versions twice",
			[]advisory.Span{span("*", yes), span("all versions", no)}, false,
			map[string]string{"1.4": "unknown conflict"},
		},
		{
			"the text of a version with two statuses",
			[]advisory.Span{exact("1.0", yes), exact("Corefix 14", fixed), exact("corefix 14", yes), exact("Corefix 15", fixed)}, false,
			map[string]string{"Corefix 14": "unknown conflict", "Corefix 15": "fixed", "1.0": "affected"},
		},
		{
			"what the publisher does not know, beside a range",
			[]advisory.Span{exact("1.0", unknown), span("<= 1.0", yes)}, false,
			map[string]string{"1.0": "unknown conflict", "0.9": "affected"},
		},
		{
			"a plain range says more than one with a condition",
			[]advisory.Span{span("< 6.0 in connection with option X", yes), span("< 5.0", yes)}, false,
			map[string]string{"4.0": "affected"},
		},
		{
			"older than what is fixed, when inference is asked for",
			[]advisory.Span{exact("2.3.21", yes), exact("2.3.21.1", fixed)}, true,
			map[string]string{"2.3.20": "affected", "2.3.21": "affected", "2.3.21.1": "fixed", "2.3.22": "no_statement version_not_named"},
		},
		{
			"older than the last affected version",
			[]advisory.Span{exact("1.0", yes), {Version: "1.2", Hint: advisory.HintExact, Status: yes, Word: "last_affected"}, exact("1.1", no)}, true,
			map[string]string{"1.0.5": "affected", "1.1": "not_affected", "1.2": "affected", "1.3": "no_statement version_not_named"},
		},
		{
			"a bound with a second name",
			[]advisory.Span{span("< 12.4 (firmware 1.46)", yes), span(">= 20.0 -| <= 21.0", yes), span("2404267 version 30.x", yes), span("1046568 (Starter kit) version 31.x", yes), span(">= 41 | < 42.1x", yes)}, false,
			map[string]string{"12.3": "affected", "12.4": "no_statement version_not_named", "20.5": "affected", "30.7": "affected", "31.7": "affected", "42.0": "affected", "42.2": "no_statement version_not_named"},
		},
		{
			"a remark that may limit what is cleared",
			[]advisory.Span{span("< 12.4 (firmware 1.46)", no)}, false,
			map[string]string{"12.3": "unknown bad_range", "13": "unknown bad_range"},
		},
		{
			"a remark that says more",
			[]advisory.Span{span("<= 7.20 (7.50 may be affected, too)", yes)}, false,
			map[string]string{"7.50": "unknown bad_range"},
		},
		{
			"an affected version alone is not the last one",
			[]advisory.Span{exact("1.0", yes)}, true,
			map[string]string{"0.9": "no_statement version_not_named"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &advisory.Statement{Products: []int{0}, Spans: c.spans}
			p := &advisory.Product{Vendor: "Example", Name: "Gateway"}
			tl := advisory.Resolve(s, p, advisory.ResolveOptions{Infer: c.infer})
			for version, want := range c.versions {
				out := says(t, tl, version)
				got := out.Status.String()
				if out.Reason != advisory.NoReason {
					got += " " + out.Reason.String()
				}
				assert.Equal(t, want, got, "%s in %v", version, tl.Segments)
				if out.Reason == advisory.Conflict {
					assert.GreaterOrEqual(t, out.Possible.Len(), 2, version)
				}
			}
		})
	}
}

// Overlaps are found by sorting: with the square of the spans this would not end.
func TestConflictsHostile(t *testing.T) {
	s := &advisory.Statement{Products: []int{0}}
	for i := range 20000 {
		s.Spans = append(s.Spans, span(">= "+strconv.Itoa(i)+" | < "+strconv.Itoa(i+100), advisory.Status(2+i%4)), exact(strconv.Itoa(i), advisory.Fixed))
	}
	tl := advisory.Resolve(s, &advisory.Product{Vendor: "Example", Name: "Gateway"}, advisory.ResolveOptions{Infer: true})
	assert.Equal(t, advisory.Conflict, says(t, tl, "5000").Reason)
}
