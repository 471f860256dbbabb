package match_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// turned is a scheme that reads one version in another way than the one that it is made of.
type turned struct {
	vers.Scheme
	version string
}

func (t turned) AppendKey(dst []byte, version string) ([]byte, int, error) {
	if version == t.version {
		version = "77"
	}
	return t.Scheme.AppendKey(dst, version)
}

// gatewayOfMine is a catalog in which the versions of the gateway are those of the scheme "mine".
func gatewayOfMine(t *testing.T) *product.Catalog {
	t.Helper()
	entries, err := product.Read(strings.NewReader("product example/gateway\n  name Example | Gateway\n  scheme mine\n  source test 2026-01-01\n"))
	require.NoError(t, err)
	catalog, err := product.Builtin().With(entries...)
	require.NoError(t, err)
	return catalog
}

// TestLoadProbes: a file keeps the first three versions of a scheme at which something begins, each once, from whatever
// statements, and notices when the scheme reads one of them in another way.
func TestLoadProbes(t *testing.T) {
	dotted, _ := vers.Builtin().Lookup("dotted")
	schemes, err := vers.Builtin().With(mine{dotted})
	require.NoError(t, err)
	catalog := gatewayOfMine(t)
	b := match.NewBuilder(match.Options{Schemes: schemes, Catalog: catalog})
	require.NoError(t, b.Add(saying(1, advisory.Affected, "*"))) // has none
	require.NoError(t, b.Add(saying(2, advisory.Affected, "2.0 < 2.5")))
	require.NoError(t, b.Add(saying(3, advisory.Affected, "2.0 < 2.5", "3.0 < 3.5")))
	m, err := b.Build()
	require.NoError(t, err)
	var data bytes.Buffer
	_, err = m.WriteTo(&data)
	require.NoError(t, err)
	stale := map[string]bool{}
	for n := range 20 {
		version := fmt.Sprintf("%d.%d", n/2, n%2*5)
		others, err := vers.Builtin().With(turned{mine{dotted}, version})
		require.NoError(t, err)
		_, err = match.Load(data.Bytes(), match.Options{Schemes: others, Catalog: catalog})
		if stale[version] = err != nil; err != nil {
			assert.ErrorIs(t, err, match.ErrStale)
		}
	}
	for version, is := range stale {
		assert.Equal(t, version == "2.0" || version == "2.5" || version == "3.0", is, version)
	}
}

// TestLoadTexts: the bounds of a loaded statement have the texts that they had, also behind a gap.
func TestLoadTexts(t *testing.T) {
	for _, versions := range [][]string{{"1.0 < 2.0", "3.0 < 4.0"}, {"1.0 < 2.0", "2.0 < 4.0"}, {"1.0 <= 2.0", "r3 <= r4"}, {"< 2.0", "*"}, {"1.0", "3.0", "5.0 <= 6.0"}} {
		for _, def := range []advisory.Default{advisory.DefaultSilent, advisory.DefaultNotAffected, advisory.DefaultUnknown} {
			for _, status := range []advisory.Status{advisory.Affected, advisory.Fixed} {
				a := saying(1, status, versions...)
				a.Statements[0].Default = def
				m := compile(t, a, saying(1, advisory.Affected, "0.1 < 0.9"))
				loaded := reload(t, m)
				for _, version := range []string{"0.5", "1.0", "1.5", "2.0", "2.5", "3.0", "3.5", "4.0", "5.5", "7", "r3"} {
					in := gatewayAt(version)
					assert.Equal(t, m.Explain(in, "CVE-2099-1").String(), loaded.Explain(in, "CVE-2099-1").String(), "%v %s", versions, version)
				}
			}
		}
	}
}
