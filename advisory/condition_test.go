package advisory_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/vers"
)

// Mitsubishi writes the months 10 to 12 of a serial number as X, Y and Z.
const months = "0123456789XYZ"

func TestSerialRange(t *testing.T) {
	for _, c := range []struct {
		name   string
		r      advisory.SerialRange
		serial string
		want   vers.Truth
	}{
		{"below", advisory.SerialRange{Chars: 3, Through: "179"}, "17812345", vers.Yes},
		{"at the bound", advisory.SerialRange{Chars: 3, Through: "179"}, "179", vers.Yes},
		{"above", advisory.SerialRange{Chars: 3, Through: "179"}, "18001", vers.No},
		{"a letter of the order", advisory.SerialRange{Chars: 3, Order: months, Through: "17X"}, "17Y", vers.No},
		{"from", advisory.SerialRange{Chars: 3, Order: months, From: "179"}, "17X", vers.Yes},
		{"below from", advisory.SerialRange{Chars: 3, From: "179"}, "100", vers.No},
		{"too short", advisory.SerialRange{Chars: 3, Through: "179"}, "17", vers.Unknown},
		{"another character", advisory.SerialRange{Chars: 3, Through: "179"}, "1A0", vers.Unknown},
		{"another character behind what decides", advisory.SerialRange{Chars: 3, Through: "179"}, "0?0", vers.Unknown},
		{"short bound", advisory.SerialRange{Chars: 3, Through: "17"}, "179", vers.Unknown},
		{"no bounds", advisory.SerialRange{Chars: 3}, "179", vers.Unknown},
		{"zero", advisory.SerialRange{}, "179", vers.Unknown},
	} {
		assert.Equal(t, c.want, c.r.Contains(c.serial), c.name)
	}
}

func TestDescribe(t *testing.T) {
	a := &advisory.Advisory{Products: []advisory.Product{
		{Vendor: "Acme", Name: "Linux 9"}, {CPEs: []string{"cpe:2.3:o:acme:linux:*:*:*:*:*:*:*:*"}},
		{Hashes: []advisory.Hash{{Algorithm: "md5", Value: "00"}}}, {ID: "X"},
	}}
	on := func(p int) advisory.Condition {
		return advisory.Condition{Op: advisory.OpProduct, Product: p, Relation: advisory.InstalledOn, Spans: []advisory.Span{{Version: "9", Status: advisory.Affected}}}
	}
	c := advisory.Condition{Op: advisory.OpAny, Of: []advisory.Condition{on(0), on(1), on(2), on(3), on(7)}}
	assert.Equal(t, `(product "Acme Linux 9" (version "9") installed_on or product "cpe:2.3:o:acme:linux:*:*:*:*:*:*:*:*" (version "9") installed_on`+
		` or product "md5:00" (version "9") installed_on or product "X" (version "9") installed_on or product 7 (version "9") installed_on)`, a.Describe(&c))
	assert.Equal(t, `product 0 (version "9") installed_on`, c.Of[0].String())
}

// TestEmptyWords: a condition in words that are empty limits all the same, whatever form it
// takes in between.
func TestEmptyWords(t *testing.T) {
	a := readNative(t, `{"affected":"advisory/1","products":[{"name":"Gateway"}],"statements":[{"status":"fixed","where":{"text":""}}]}`)
	assert.Equal(t, advisory.OpText, a.Statements[0].Where.Op)
	text, err := a.MarshalJSON()
	assert.NoError(t, err)
	assert.Equal(t, advisory.OpText, readNative(t, string(text)).Statements[0].Where.Op)
}
