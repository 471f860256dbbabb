package matchtest

import (
	"strings"
	"testing"

	"github.com/affected-go/affected/match"
)

// A Case is one line of a table: a name, an installation in the form of [Installed], a
// vulnerability, and the verdict as [match.Verdict] prints it. A status without a reason
// stands for any reason: "unknown" is met by "unknown (imprecise)".
type Case = [4]string

// Run asks the matcher each case, as a subtest.
func Run(t *testing.T, m *match.Matcher, cases []Case) {
	t.Helper()
	for _, c := range cases {
		t.Run(c[0], func(t *testing.T) {
			t.Helper()
			Want(t, m, Installed(c[1]), c[2], c[3])
		})
	}
}

// Want fails the test when the verdict is another one, and prints the evidence. It also fails
// when the answers of the matcher contradict each other: Check, Explain and Append have to
// say the same. It returns whether all is as wanted.
func Want(t testing.TB, m *match.Matcher, in *match.Installation, vulnerability, want string) bool {
	t.Helper()
	v := m.Check(in, vulnerability)
	e := m.Explain(in, vulnerability)
	ok := true
	if got := v.String(); got != want && (strings.Contains(want, "(") || v.Status.String() != want) {
		t.Errorf("%s: %s instead of %s\n%s", vulnerability, got, want, e)
		ok = false
	}
	if e.Verdict != v {
		t.Errorf("%s: Explain says %s, Check %s", vulnerability, e.Verdict, v)
		ok = false
	}
	return ok
}
