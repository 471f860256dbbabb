package house_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDependencies: whatever the library imports, itself or by way of others, opens no
// connection, starts no process and is no database, and comes from two modules beside the
// standard library.
func TestDependencies(t *testing.T) {
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "./match/...", "./advisory/...", "./purl/...")
	list.Dir = moduleRoot(t)
	text, err := list.Output()
	require.NoError(t, err)
	packages := strings.Fields(string(text))
	require.Contains(t, packages, modulePath+"/match")
	for _, banned := range []string{"net", "net/http", "crypto/tls", "os/exec", "os/signal", "database/sql", "plugin", "runtime/cgo"} {
		assert.NotContains(t, packages, banned)
	}
	var others []string
	for _, p := range packages {
		if first, _, _ := strings.Cut(p, "/"); strings.Contains(first, ".") && !strings.HasPrefix(p, modulePath) {
			others = append(others, p)
		}
	}
	slices.Sort(others)
	assert.Equal(t, []string{"github.com/hashicorp/go-version", "github.com/package-url/packageurl-go"}, others)
}
