package osv_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/osv"
)

// FuzzDecode reads anything. What is read points at what it holds, and can be written and
// read again in the library's own form.
func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(f, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(full))
	f.Add([]byte(document(`[{"package":{"ecosystem":"SUSE:sp 1 sp-","name":"\ud800"},"ranges":[{"type":"SEMVER","events":[{"limit":"1"},{"introduced":"a\u0000b"}]}]}]`)))
	f.Fuzz(func(t *testing.T, text []byte) {
		for a, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{Items: 1000}, osv.Decoder{}) {
			if err != nil {
				assert.Nil(t, a)
				continue
			}
			if a.Format != "osv" {
				continue
			}
			require.Len(t, a.Vulnerabilities, 1)
			for i := range a.Statements {
				s := &a.Statements[i]
				require.Zero(t, s.Vulnerability)
				for _, p := range s.Products {
					require.Less(t, p, len(a.Products))
					require.NotNil(t, advisory.Resolve(s, &a.Products[p], advisory.ResolveOptions{}))
				}
			}
			written, err := a.MarshalJSON()
			require.NoError(t, err)
			var again advisory.Advisory
			require.NoError(t, again.UnmarshalJSON(written))
			twice, err := again.MarshalJSON()
			require.NoError(t, err)
			assert.Equal(t, string(written), string(twice))
		}
	})
}
