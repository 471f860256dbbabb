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
