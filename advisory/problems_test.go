package advisory_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// TestCheck looks for what a schema does not see. Each line of problems.txt is a statement
// and the problems that it has, with their places.
func TestCheck(t *testing.T) {
	file, err := os.Open("testdata/problems.txt")
	require.NoError(t, err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	n := 0
	for lines.Scan() {
		statement, want, ok := strings.Cut(lines.Text(), " =>")
		if strings.HasPrefix(statement, "#") {
			continue
		}
		require.True(t, ok, lines.Text())
		n++
		a := readNative(t, `{"affected":"advisory/1","products":[{"vendor":"Acme","name":"Gateway","cpes":["cpe:2.3:a:acme:gateway:5.0:*:*:*:*:*:*:*"]}],`+
			`"vulnerabilities":[{"id":"CVE-1"}],"statements":[`+statement+`]}`)
		var got []string
		for _, p := range advisory.Check(a, advisory.ResolveOptions{}) {
			text := strings.TrimSpace(p.Code + " " + strings.TrimPrefix(p.Pos.Pointer, "/statements/0"))
			if p.Warning {
				text += " (warning)"
			}
			assert.NotEmpty(t, p.Text)
			assert.Equal(t, "a.json", p.Pos.File)
			got = append(got, text)
		}
		assert.Equal(t, strings.TrimSpace(want), strings.Join(got, ", "), statement)
	}
	require.NoError(t, lines.Err())
	assert.Greater(t, n, 10)
}

// TestCheckOnce lists a problem once, though several products have it.
func TestCheckOnce(t *testing.T) {
	a := readNative(t, `{"affected":"advisory/1","products":[{"name":"A"},{"name":"B"},{"vendor":"Acme"}],"vulnerabilities":[{"id":"CVE-1"}],
		"statements":[{"status":"affected","versions":[{"from":"7","before":"2"}]},{"status":"affected","products":[]}]}`)
	var got []string
	for _, p := range advisory.Check(a, advisory.ResolveOptions{}) {
		got = append(got, p.Code+" "+p.Pos.Pointer)
	}
	assert.Equal(t, []string{"no-name /products/2", "bounds-swapped /statements/0/versions/0", "no-product /statements/1"}, got)
}

// TestCheckBroken does not trust the indexes of an advisory that a program made.
func TestCheckBroken(t *testing.T) {
	a := &advisory.Advisory{Statements: []advisory.Statement{{Products: []int{-1, 3}, Vulnerability: 9}}}
	problems := advisory.Check(a, advisory.ResolveOptions{})
	require.Len(t, problems, 1)
	assert.Equal(t, "no-product", problems[0].Code)
	assert.Empty(t, advisory.Check(&advisory.Advisory{}, advisory.ResolveOptions{}))
}
