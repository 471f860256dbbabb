package vers_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/affected-go/affected/purl/vers"
)

// longForms are versions of any length, for schemes that read them.
var longForms = []struct {
	name string
	form func(n int) string
}{
	{"numbers", func(n int) string { return "1" + strings.Repeat(".12", n/3) }},
	{"digits", func(n int) string { return "1." + strings.Repeat("7", n) }},
	{"zeros", func(n int) string { return "1" + strings.Repeat(".0", n/2) }},
	{"words", func(n int) string { return "1.0.0-" + strings.Repeat("a1.", n/3) + "b" }},
	{"hyphens", func(n int) string { return "1.0" + strings.Repeat("-rc1", n/4) }},
}

// BenchmarkLength shows that a key costs in proportion to its text: from one length to the
// double one never more than 2.5 times.
func BenchmarkLength(b *testing.B) {
	for scheme := range vers.Builtin().All() {
		for _, form := range longForms {
			for _, n := range []int{60, 120, 240} {
				text := form.form(n)
				if _, _, err := scheme.AppendKey(nil, text); err != nil {
					continue
				}
				b.Run(scheme.Name()+"/"+form.name+"/"+strconv.Itoa(n), func(b *testing.B) {
					buffer := make([]byte, 0, 4096)
					b.ReportAllocs()
					for b.Loop() {
						_, _, _ = scheme.AppendKey(buffer, text)
					}
				})
			}
		}
	}
}
