package report_test

import (
	"bytes"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
	"github.com/affected-go/affected/advisory/cyclonedx"
	"github.com/affected-go/affected/advisory/openvex"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/report"
	"github.com/affected-go/affected/purl"
)

// TestRoundTrip: what is written as a VEX is read by the decoder of this module, and the
// same installations then have the answers that were written. OpenVEX names products by purl
// or CPE only, so there what has names is asked by the purl that was made of them.
func TestRoundTrip(t *testing.T) {
	for name, decoder := range map[string]advisory.Decoder{"csaf": csaf.Decoder{}, "cyclonedx": cyclonedx.Decoder{}, "openvex": openvex.Decoder{}} {
		var b bytes.Buffer
		require.ErrorIs(t, report.Lookup(name)(&b, entries(t), options), report.ErrIncomplete)
		var docs []*advisory.Advisory
		for a, err := range advisory.Decode(&b, advisory.DecodeOptions{File: "vex.json"}, decoder) {
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
			in := *e.Installation
			if name == "openvex" && !in.PURL.IsValid() && !in.CPE.IsValid() {
				in.PURL, _, err = purl.ParseLenient("pkg:generic/" + url.PathEscape(in.Vendor) + "/" + url.PathEscape(in.Product) + "@" + in.Version)
				require.NoError(t, err)
			}
			got := m.Check(&in, e.Finding.Vulnerability)
			if e.Finding.Verdict.Reason == advisory.NoVersion {
				assert.False(t, got.Clear())
				continue
			}
			assert.Equal(t, want, got.Status, "%s: %s on %s %s: %v", name, e.Finding.Vulnerability, e.Installation.Product, e.Installation.Version, got)
		}
		assert.Equal(t, 11, found)
	}
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
