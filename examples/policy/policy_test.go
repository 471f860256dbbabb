package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/matchtest"
)

const apexCVE = "CVE-2025-69258"

var today = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func apexCentral(t *testing.T) *match.Matcher {
	return matchtest.Matcher(t, matchtest.Affected(apexCVE, "Trend Micro | Apex Central", "< Build 7190"))
}

// TestApexCentral is what the vendor says, as a table.
func TestApexCentral(t *testing.T) {
	matchtest.Run(t, apexCentral(t), []matchtest.Case{
		{"6955 affected", "Trend Micro | Apex Central | 8.0.6955", apexCVE, "affected"},
		{"7190 fixed", "Trend Micro | Apex Central | 8.0.7190", apexCVE, "fixed"},
		{"2019 unknown", "Trend Micro | Apex Central | 2019", apexCVE, "unknown (imprecise)"},
		{"SaaS: nothing stated", "Trend Micro | Apex Central as a Service | 2019", apexCVE, "no_statement"},
	})
}

func host(installed ...string) *match.Host {
	h := &match.Host{ID: "web-1"}
	for _, text := range installed {
		h.Installations = append(h.Installations, *matchtest.Installed(text))
	}
	return h
}

// exception accepts the risk of one CVE on one product, until a day.
func exception(until time.Time) []match.Acceptance {
	return []match.Acceptance{{
		Scope:  match.Scope{Vulnerability: apexCVE, Vendor: "Trend Micro", Product: "Apex Central", Versions: "< 8.0.7190"},
		Author: "Ada", Note: "console is not reachable from outside", Until: until,
	}}
}

func TestPolicy(t *testing.T) {
	for _, c := range []struct {
		name       string
		host       *match.Host
		exceptions []match.Acceptance
		strict     bool
		allowed    bool
	}{
		{"an affected product blocks", host("Trend Micro | Apex Central | 8.0.6955"), nil, false, false},
		{"a fixed one does not", host("Trend Micro | Apex Central | 8.0.7190"), nil, false, true},
		{"one of two blocks", host("Trend Micro | Apex Central | 8.0.7190", "Trend Micro | Apex Central | 8.0.1"), nil, false, false},
		{"what cannot be told blocks", host("Trend Micro | Apex Central | 2019"), nil, false, false},
		{"an accepted risk does not block", host("Trend Micro | Apex Central | 8.0.6955"), exception(today.AddDate(0, 1, 0)), false, true},
		{"an acceptance that has ended does", host("Trend Micro | Apex Central | 8.0.6955"), exception(today), false, false},
		{"an acceptance is for its versions only", host("Trend Micro | Apex Central | 2019"), exception(today.AddDate(0, 1, 0)), false, false},
		{"an unknown product passes", host("Nobody | Thing | 1.0"), nil, false, true},
		{"unless the policy is strict", host("Nobody | Thing | 1.0"), nil, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Decide(apexCentral(t), c.host, c.exceptions, today, c.strict)
			require.NoError(t, err)
			assert.Equal(t, c.allowed, d.Allowed, "%+v", d)
		})
	}
}

func TestExceptionThatCannotBeRead(t *testing.T) {
	broken := exception(today.AddDate(0, 1, 0))
	broken[0].Versions = "the old ones"
	_, err := Decide(apexCentral(t), host("Trend Micro | Apex Central | 8.0.6955"), broken, today, false)
	assert.ErrorIs(t, err, match.ErrScope)
}
