package vers_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// fourBounds is a range of the usual size.
func fourBounds(tb testing.TB) (r vers.Range, key []byte, line int) {
	schemes := vers.Builtin()
	r, err := schemes.ParseVERS("vers:npm/>=1.0.0|<1.2.4|>=2.0.0|<2.3.1")
	require.NoError(tb, err)
	v, err := schemes.Parse("npm", "2.1.7")
	require.NoError(tb, err)
	text, line := v.Key()
	return r, []byte(text), line
}

func TestRangeAllocs(t *testing.T) {
	r, key, line := fourBounds(t)
	require.Zero(t, testing.AllocsPerRun(100, func() { _ = r.ContainsKey(key, line) }))
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = r.Contains("2.1.7") }), 1.0,
		"the buffer for the key")
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		_, _ = vers.Builtin().ParseVERS("vers:npm/>=1.0.0|<1.2.4|>=2.0.0|<2.3.1")
	}), 12.0)
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = r.VERS() }), 2.0)
}

func BenchmarkRange(b *testing.B) {
	schemes := vers.Builtin()
	r, key, line := fourBounds(b)
	text := r.Text()
	o := r.Complement()
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"ParseVERS", func() { _, _ = schemes.ParseVERS(text) }},
		{"Normalize", func() { _, _ = schemes.Normalize(text) }},
		{"Contains", func() { _, _ = r.Contains("2.1.7") }},
		{"ContainsKey", func() { _ = r.ContainsKey(key, line) }},
		{"VERS", func() { _, _ = r.VERS() }},
		{"VERS computed", func() { _, _ = o.VERS() }},
		{"Union", func() { _, _ = r.Union(o) }},
		{"ParseNative npm", func() { _, _ = schemes.ParseNative("npm", "^1.2.3 || >=2.0.0 <2.3.1") }},
		{"ParseNative gitlab(gem)", func() { _, _ = schemes.ParseNative("gitlab(gem)", ">=4.2.2 <4.3.6||=5.0") }},
		{"Satisfies npm", func() { _, _ = schemes.Satisfies("npm", "^1.2.3 || >=2.0.0 <2.3.1", "2.1.7") }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.run()
			}
		})
	}
}
