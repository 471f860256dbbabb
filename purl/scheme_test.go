package purl_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/purl/vers"
)

// TestSchemesExist holds the names of the table against the schemes that exist.
func TestSchemesExist(t *testing.T) {
	for line, row := range facts(t, "schemes.txt", 2) {
		if row[1] != "-" {
			_, ok := vers.Builtin().Lookup(row[1])
			assert.True(t, ok, "schemes.txt:%d: no scheme %q", line, row[1])
		}
	}
}
