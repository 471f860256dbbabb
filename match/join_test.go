package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// TestJoined: statements about two names of one product are one, unless one was taken out of the other, as
// its place tells: then it says nothing new.
func TestJoined(t *testing.T) {
	for _, c := range []struct{ first, second, want string }{
		{"", "", "affected"},
		{"", "/affected/1", "affected"},
		{"/affected/0", "/affected/1", "affected"},
		{"/affected/1", "/affected/10", "affected"},
		{"/affected/0", "/affected/0/versions/1", "no_statement (version_not_named)"},
	} {
		a := saying(1, advisory.Affected, "15.2.1 <= 15.2.3")
		a.Products = []advisory.Product{{Vendor: "Microsoft", Name: "Microsoft Exchange Server 2019 Cumulative Update 13"},
			{Vendor: "Microsoft", Name: "Microsoft Exchange Server 2019 Cumulative Update 14"}}
		second := saying(1, advisory.Affected, "15.3.1 <= 15.3.3").Statements[0]
		second.Products = []int{1}
		a.Statements = append(a.Statements, second)
		a.Statements[0].Pos.Pointer, a.Statements[1].Pos.Pointer = c.first, c.second
		m := compile(t, a)
		in := &match.Installation{Vendor: "Microsoft", Product: "Exchange Server 2019", Version: "15.2.2"}
		assert.Equal(t, "affected", verdict(t, m, in, "CVE-2099-1"), "%v", c)
		in.Version = "15.3.2"
		assert.Equal(t, c.want, verdict(t, m, in, "CVE-2099-1"), "%v", c)
	}
}
