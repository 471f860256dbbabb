package advisory_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
)

// The branch of a version: as the catalog says, else as the ranges of the statement show.
func TestBranch(t *testing.T) {
	affected := func(from, before string) advisory.Span {
		return advisory.Span{From: from, Before: before, Bounded: true, Status: advisory.Affected}
	}
	for _, c := range []struct {
		vendor, name  string
		spans         []advisory.Span
		version, want string // "" for the whole line
		numbers       int
	}{
		{"Example", "Gateway", []advisory.Span{affected("10.2.0", "10.2.9-h1"), affected("11", "11.0.4")}, "10.2.8-h3", "10", 1},
		{"Example", "Gateway", []advisory.Span{affected("10.2.0", "10.2.9-h1")}, "10.2.8-h3", "10.2", 2},
		{"Example", "Gateway", []advisory.Span{{Version: "10.2.*", Status: advisory.Affected}}, "v10.2.8", "v10.2", 2},
		{"Example", "Gateway", []advisory.Span{affected("0", "10.2.9")}, "10.2.8", "", 0},
		{"Example", "Gateway", []advisory.Span{affected("9.1", "10.2.9")}, "10.2.8", "", 0},
		{"Example", "Gateway", []advisory.Span{affected("10.2.9", "10.2.9")}, "10.2.8", "", 0},
		{"Palo Alto Networks", "PAN-OS", []advisory.Span{affected("10.2.8", "10.2.8-h3")}, "10.2.8-h1", "10.2", 2},
		{"Check Point", "Quantum Security Gateways", []advisory.Span{affected("R82", "R82 Take 12")}, "R82 Take 5", "R82", 2},
		{"OpenSSL", "OpenSSL", []advisory.Span{affected("1.1.1", "1.1.1y")}, "1.1.1w", "1.1.1", 3},
		{"OpenSSL", "OpenSSL", []advisory.Span{affected("1.1.1", "1.1.1y")}, "3.0.14", "3.0", 2},
		{"Jenkins Project", "Jenkins", []advisory.Span{affected("2.426.*", "2.426.3")}, "2.426.1", "2.426", 2},
		{"Jenkins Project", "Jenkins", []advisory.Span{affected("2.426.*", "2.426.3")}, "2.441", "", 0},
	} {
		s := &advisory.Statement{Products: []int{0}, Spans: c.spans}
		tl := advisory.Resolve(s, &advisory.Product{Vendor: c.vendor, Name: c.name}, advisory.ResolveOptions{})
		n, _ := tl.BranchNumbers(c.version)
		assert.Equal(t, c.numbers, n, "%s %s", c.name, c.version)
		low, high, name, ok := tl.AppendBranch(nil, nil, c.version, n)
		assert.Equal(t, c.want != "", ok, "%s %s", c.name, c.version)
		assert.Equal(t, c.want, name, "%s %s", c.name, c.version)
		if !ok {
			continue
		}
		key, line, err := tl.Scheme.AppendKey(nil, c.version)
		assert.NoError(t, err)
		assert.LessOrEqual(t, string(low), string(key))
		assert.Less(t, string(key), string(high))
		for _, seg := range tl.After(low, line) {
			assert.GreaterOrEqual(t, seg.Low, string(low))
		}
	}
	// R82 is no beginning of R82.10.
	tl := advisory.Resolve(&advisory.Statement{Spans: []advisory.Span{affected("R82", "R82 Take 12")}},
		&advisory.Product{Vendor: "Check Point", Name: "Quantum Security Gateways"}, advisory.ResolveOptions{})
	_, high, _, _ := tl.AppendBranch(nil, nil, "R82 Take 5", 2)
	key, _, err := tl.Scheme.AppendKey(nil, "R82.10")
	assert.NoError(t, err)
	assert.LessOrEqual(t, string(high), string(key))

	_, _, _, ok := new(advisory.Timeline).AppendBranch(nil, nil, "1.0", 1)
	assert.False(t, ok, "no scheme")
	_, _, _, ok = tl.AppendBranch(nil, nil, "the new one", 2)
	assert.False(t, ok, "no version")
}

// A bound that closes a branch was not written by the publisher.
func TestWritten(t *testing.T) {
	s := &advisory.Statement{Default: advisory.DefaultNotAffected, Spans: []advisory.Span{
		{From: "1.0.0", Before: "1.0.5", Bounded: true, Status: advisory.Affected},
		{From: "2.0.0", Before: "2.0.5", Bounded: true, Status: advisory.Affected},
	}}
	tl := advisory.Resolve(s, &advisory.Product{Vendor: "Example", Name: "Gateway"}, advisory.ResolveOptions{})
	var got []string
	for i := range tl.Segments {
		low, high := tl.Segments[i].Written()
		got = append(got, low+" - "+high)
	}
	assert.Equal(t, []string{" - 1.0.0", "1.0.0 - 1.0.5", "1.0.5 - ", " - 2.0.0", "2.0.0 - 2.0.5", "2.0.5 - "}, got)
}
