package vers_test

import (
	"bytes"
	"fmt"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

var mavenGrammar = grammar{
	heads:   []string{"", "", "", "", "v", "r", "-"},
	between: []string{".", ".", ".", "-", "-", "_", "", "--", "..", "+"},
	parts: []string{"alpha", "beta", "rc", "RC1", "snapshot", "SNAPSHOT", "final", "Final", "ga", "release", "sp", "cr",
		"jre8", "a1", "b2", "m3", "x", "foo", "redhat", "é", "m", "sp1", "0000000000", "0000000000000000000"},
	tails:    []string{"", "", "", ".0", "-SNAPSHOT", ".Final", "-rc1", ".RELEASE", "-jre", "-alpha-1"},
	alphabet: ".-_+abmrcspgfx~0123456789",
}

// TestMavenModel compares the keys with ComparableVersion. Where they differ, Maven has to
// contradict itself: there is a version between the two that Maven puts on the other side.
func TestMavenModel(t *testing.T) {
	s, r := lookup(t, "maven"), rand.New(rand.NewSource(3))
	const pairs = 30000
	differ := 0
	for range pairs {
		a, b := mavenGrammar.pair(r)
		ka, _, errA := s.AppendKey(nil, a)
		kb, _, errB := s.AppendKey(nil, b)
		if errA != nil || errB != nil {
			continue
		}
		want, got := modelMaven(a, b), bytes.Compare(ka, kb)
		require.Equal(t, -want, modelMaven(b, a))
		if want == got {
			continue
		}
		require.NotZero(t, want, "%q and %q are equal", a, b)
		require.NotZero(t, got, "%q and %q differ", a, b)
		differ++
		if got > 0 {
			a, b = b, a
		}
		assert.True(t, mavenCycle(a, b), "Maven has %q behind %q and no cycle", a, b)
	}
	assert.Less(t, differ, pairs/100)
}

// mavenCycle finds a version that Maven has behind a and in front of b although it has a
// behind b.
func mavenCycle(a, b string) bool {
	for _, text := range []string{a, b} {
		for i := range len(text) + 1 {
			for _, tail := range []string{"", "0", ".0", "-0"} {
				if w := text[:i] + tail; modelMaven(a, w) <= 0 && modelMaven(w, b) <= 0 {
					return true
				}
			}
		}
	}
	return false
}

func ExampleSchemes_Parse_maven() {
	a, _ := vers.Builtin().Parse("maven", "2.0.Final")
	b, _ := vers.Builtin().Parse("maven", "2-ga")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: 0
}
