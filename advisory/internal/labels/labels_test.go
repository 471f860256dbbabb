package labels_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory/internal/labels"
)

func isName(name string) bool {
	return slices.Contains([]string{"AcmeOS", "Acme Proxy", "Acme Gateway for Clouds", "Acme-T"}, name)
}

func TestSplit(t *testing.T) {
	text, err := os.ReadFile("testdata/split.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		text, want, ok := strings.Cut(line, " => ")
		require.True(t, ok, line)
		got := []string{}
		for _, p := range labels.Split(text, isName) {
			got = append(got, strings.TrimSpace(p.Name+": "+p.Text))
		}
		if want == "-" {
			want = ""
		}
		assert.Equal(t, want, strings.Join(got, " | "), text)
	}
}

// FuzzSplit: each part is a piece of the text, in the order of the text.
func FuzzSplit(f *testing.F) {
	f.Add("8.1; AcmeOS: 8.2; Acme-T: R28.3")
	f.Add("AcmeOS (7.0 and Acme Proxy (")
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range labels.Split(text, isName) {
			assert.Contains(t, text, p.Text)
			assert.NotEmpty(t, p.Text)
			assert.Contains(t, text, p.Name)
		}
	})
}
