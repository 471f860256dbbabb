package match

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/vers"
)

// Judge tells whether a leaf of a condition is met by what is known about the installation
// and its host (step 4). It implements [advisory.Judge].
func (in *Installation) Judge(leaf *advisory.Condition) vers.Truth {
	switch leaf.Op {
	case advisory.OpText:
		return in.Holds(leaf.Text)
	case advisory.OpFact:
		value, known := in.Fact(leaf.Fact)
		t := vers.Unknown
		if known {
			t = factMeets(value, leaf)
		}
		if t == vers.Unknown && leaf.Presumed {
			return vers.Yes
		}
		return t
	default:
		return vers.Unknown
	}
}

// factMeets tells whether a fact is what a leaf asks for.
func factMeets(value string, leaf *advisory.Condition) vers.Truth {
	t := vers.No
	for _, want := range leaf.Values {
		t = t.Or(factMatches(value, want))
	}
	return t
}

// factMatches compares a fact with a wanted value: without case and outer blanks. A fact
// that says more than the value meets it (Windows Server 2019, Windows); one that says
// less leaves it open.
func factMatches(have, want string) vers.Truth {
	have, want = strings.TrimSpace(have), strings.TrimSpace(want)
	n := min(len(have), len(want))
	switch {
	case n == 0 || !strings.EqualFold(have[:n], want[:n]):
		return vers.No
	case len(have) == len(want) || len(have) > n && have[n] == ' ':
		return vers.Yes
	case len(want) > n && want[n] == ' ':
		return vers.Unknown
	}
	return vers.No
}

// missing appends what is not known of a condition and would decide it.
func missing(dst []string, c *advisory.Condition, in *Installation) []string {
	for leaf := range c.Leaves() {
		if in.Judge(leaf) != vers.Unknown {
			continue
		}
		if leaf.Op == advisory.OpText {
			dst = append(dst, leaf.Text)
		} else {
			dst = append(dst, leaf.Fact)
		}
	}
	return dst
}
