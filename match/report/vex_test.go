package report_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/report"
)

// TestRoundTrip: what is written as a CSAF VEX is read by the decoder of this module, and the
// same installations then have the answers that were written.
func TestRoundTrip(t *testing.T) {
	var b bytes.Buffer
	require.ErrorIs(t, report.CSAF(&b, entries(t), options), report.ErrIncomplete)
	var docs []*advisory.Advisory
	for a, err := range advisory.Decode(&b, advisory.DecodeOptions{File: "vex.json"}, csaf.Decoder{}) {
		require.NoError(t, err)
		assert.Empty(t, a.Problems)
		docs = append(docs, a)
	}
	m, err := match.Compile(docs...)
	require.NoError(t, err)
	found := 0
	for e := range entries(t) {
		if e.Installation == nil || e.IsSilent() {
			continue
		}
		found++
		want := e.Finding.Verdict.Status
		if want == advisory.Unknown {
			want = advisory.UnderInvestigation
		}
		got := m.Check(e.Installation, e.Finding.Vulnerability)
		if e.Finding.Verdict.Reason == advisory.NoVersion {
			assert.False(t, got.Clear())
			continue
		}
		assert.Equal(t, want, got.Status, "%s on %s %s: %v", e.Finding.Vulnerability, e.Installation.Product, e.Installation.Version, got)
	}
	assert.Equal(t, 11, found)
}

// TestTime: a VEX has a time, and the library has no clock.
func TestTime(t *testing.T) {
	for _, name := range []string{"openvex", "cyclonedx", "csaf"} {
		var b bytes.Buffer
		assert.ErrorIs(t, report.Lookup(name)(&b, entries(t), report.Options{}), report.ErrTime, name)
		assert.Empty(t, b.String(), name)
	}
}

// TestHosts: a product on several hosts has the least clear of their answers, and what is
// clear or unknown on a host without a version is not said of all versions.
func TestHosts(t *testing.T) {
	entry := func(version string, v match.Verdict) report.Entry {
		return report.Entry{Installation: &match.Installation{Vendor: "Acme", Product: "Gateway", Version: version},
			Finding: match.Finding{Vulnerability: "CVE-2026-1001", Verdict: v}}
	}
	fixed, affected := match.Verdict{Status: advisory.Fixed}, match.Verdict{Status: advisory.Affected}
	unknown := match.Verdict{Status: advisory.Unknown, Reason: advisory.MissingCondition}
	for _, c := range []struct {
		entries []report.Entry
		want    string
	}{
		{[]report.Entry{entry("1", fixed), entry("1", affected), entry("1", unknown)}, `"status": "affected"`},
		{[]report.Entry{entry("1", unknown), entry("1", fixed)}, `"status": "under_investigation"`},
		{[]report.Entry{entry("1", match.Verdict{Status: advisory.NotAffected}), entry("1", fixed)}, `"status": "fixed"`},
	} {
		var b bytes.Buffer
		require.NoError(t, report.OpenVEX(&b, func(yield func(report.Entry, error) bool) {
			for _, e := range c.entries {
				if !yield(e, nil) {
					return
				}
			}
		}, options))
		assert.Contains(t, b.String(), c.want)
		assert.Equal(t, 1, bytes.Count(b.Bytes(), []byte(`"vulnerability"`)))
	}
	one := func(e report.Entry) error {
		return report.OpenVEX(new(bytes.Buffer), func(yield func(report.Entry, error) bool) { yield(e, nil) }, options)
	}
	assert.ErrorIs(t, one(entry("", fixed)), report.ErrIncomplete)
	assert.ErrorIs(t, one(entry("", unknown)), report.ErrIncomplete)
	assert.NoError(t, one(entry("", affected)), "whatever the version is")
}
