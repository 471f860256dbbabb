package csaf_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
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
	f.Add([]byte(document(`"branches":[{"category":"product","name":"\ud800","product":{"product_id":"A","product_identification_helper":{"cpe":"cpe:/","purl":"pkg:","model_numbers":["\\*?**"]}}}]`, `"known_affected":["A","A"],"unknown":["A"]`)))
	f.Fuzz(func(t *testing.T, text []byte) {
		for a, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{Items: 1000}, csaf.Decoder{}) {
			if err != nil {
				assert.Nil(t, a)
				continue
			}
			if a.Format != "csaf" {
				continue
			}
			for i := range a.Statements {
				s := &a.Statements[i]
				require.Less(t, s.Vulnerability, len(a.Vulnerabilities))
				for _, p := range s.Products {
					require.Less(t, p, len(a.Products))
					require.NotNil(t, advisory.Resolve(s, &a.Products[p], advisory.ResolveOptions{}))
				}
				for leaf := range s.Where.Leaves() {
					require.Less(t, leaf.Product, max(1, len(a.Products)))
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
