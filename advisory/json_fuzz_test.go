package advisory_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// FuzzJSON reads anything. What is read can be written, and reads as the same again.
func FuzzJSON(f *testing.F) {
	for _, name := range []string{"internal.json", "long.json", "mistakes.json"} {
		text, err := os.ReadFile("testdata/" + name)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(`{"affected":"advisory/1","statements":[{"where":{"all":[],"any":[{}],"not":{"text":"\ud800"}},"status":"fixed"}]}`))
	f.Add([]byte(`{"affected":"advisory/1","statements":[{"status":"fixed","status":"affected","versions":[{"bounded":true,"pointer":""}]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		for a, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{Items: 1000}) {
			if err != nil {
				assert.Nil(t, a)
				continue
			}
			for i := range a.Statements {
				s := &a.Statements[i]
				require.Less(t, s.Vulnerability, len(a.Vulnerabilities))
				for _, p := range s.Products {
					require.Less(t, p, len(a.Products))
				}
			}
			advisory.Check(a, advisory.ResolveOptions{})
			written, err := a.MarshalJSON()
			require.NoError(t, err, "%s", text)
			var again advisory.Advisory
			require.NoError(t, again.UnmarshalJSON(written), "%s", written)
			twice, err := again.MarshalJSON()
			require.NoError(t, err)
			assert.Equal(t, string(written), string(twice))
			assert.Len(t, again.Problems, len(a.Problems), "%s", written)
		}
	})
}
