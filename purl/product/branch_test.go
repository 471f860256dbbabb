package product_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/purl/product"
)

func TestBranchNumbers(t *testing.T) {
	for _, c := range []struct {
		branches []string
		version  string
		want     int
	}{
		{nil, "1.2.3", 0},
		{[]string{"*.*"}, "1.2.3", 2},
		{[]string{"*.*"}, "R81.20 Take 166", 2},
		{[]string{"*.*"}, "R82 Take 126", 2},
		{[]string{"*.*"}, "", 2},
		{[]string{"1.*.*", "*.*"}, "1.1.1w", 3},
		{[]string{"1.*.*", "*.*"}, "01.1", 3},
		{[]string{"1.*.*", "*.*"}, "10.1", 2},
		{[]string{"*.*."}, "2.426.3", 2},
		{[]string{"*.*."}, "2.426.*", 2},
		{[]string{"*.*."}, "2.426", 0},
		{[]string{"*.*."}, "2.426.x", 0},
		{[]string{"1.0"}, "1", 2}, // a number that is left out is zero
	} {
		e := &product.Entry{Key: "a/b", Branches: c.branches}
		assert.Equal(t, c.want, e.BranchNumbers(c.version), "%q %q", c.branches, c.version)
	}
	assert.Zero(t, (*product.Entry)(nil).BranchNumbers("1.2"))
}
