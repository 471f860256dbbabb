package patches_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/internal/jsontest"
	"github.com/affected-go/affected/advisory/patches"
)

func read(t testing.TB, text string) *advisory.Advisory {
	t.Helper()
	a, err := patches.Read(strings.NewReader(text), advisory.DecodeOptions{File: "patches.txt"})
	require.NoError(t, err)
	return a
}

func TestRead(t *testing.T) {
	text, err := os.ReadFile("testdata/catalog.txt")
	require.NoError(t, err)
	a := read(t, string(text))
	assert.Empty(t, a.Problems)
	assert.True(t, a.PatchesComplete)
	assert.Equal(t, strings.TrimLeft(`
patches acme-updates final, "Acme" is third_party, revision ""
published 2099-01-03T00:00:00, modified 2099-01-03T00:00:00, withdrawn -
product 0 "Microsoft" "Windows Server 2019" id "" at 
product 1 "Microsoft" "Windows 10" id "" at 
product 2 "Microsoft" "Windows Server 2016" id "" at 
patch KB5034127 level "", products [] at 
  replaced by 5034768 on [] at 
patch KB5033371 level "", products [] at 
  replaced by KB5034127 on [0 1 2] at 
patch 5034768 level "", products [] at 
patch KB5034127 level "10.0.17763.5329", products [0] at 
patch HF12 level "", products [] at 
reference https://acme.example/updates []
`, "\n"), jsontest.Facts(a))
	edge := a.Patches[1].SupersededBy[0]
	assert.True(t, strings.HasPrefix(string(text[edge.Pos.Offset:]), "KB5034127 replaces KB5033371 for Microsoft | Windows Server 2019"))
}

// TestBadLines: a line that cannot be read is left out and reported, and a record with such a
// line is not complete. What limits a line never becomes no limit.
func TestBadLines(t *testing.T) {
	for _, line := range []string{
		"KB1 replaces", "KB1 replaces KB2 KB3", "KB1 replaces KB1", "KB1 supersedes KB2", "KB1 level", "KB1 replaces KB2 for",
		"KB1 replaces KB2 for ", "KB1 replaces KB2 for Windows", "KB1 replaces KB2 for Microsoft | ", "KB1 replaces KB2 for Microsoft | Windows;",
		" for Microsoft | Windows", "source x y", "source a b c", "complete or not",
	} {
		a := read(t, "complete\n"+line+"\n")
		require.NotEmpty(t, a.Problems, line)
		assert.Equal(t, "line-unread", a.Problems[0].Code)
		assert.Equal(t, "patches.txt@9", a.Problems[0].Pos.String())
		assert.False(t, a.PatchesComplete, line)
		for _, p := range a.Patches {
			assert.Empty(t, p.SupersededBy, line)
		}
	}
	assert.Len(t, read(t, strings.Repeat("KB1 replaces\n", 10_000)).Problems, 100)
}

func TestLimits(t *testing.T) {
	for text, want := range map[string]error{
		strings.Repeat("x", 1<<17):                             advisory.ErrLimit,
		strings.Repeat("KB1 replaces KB2\n", 200_000):          advisory.ErrLimit,
		strings.Repeat("KB1 replaces KB2 for A | B\n", 60_000): nil,
	} {
		a, err := patches.Read(strings.NewReader(text), advisory.DecodeOptions{})
		assert.ErrorIs(t, err, want)
		assert.Equal(t, err != nil, a == nil)
	}
	_, err := patches.Read(iotest.ErrReader(iotest.ErrTimeout), advisory.DecodeOptions{})
	var place *advisory.DecodeError
	assert.True(t, errors.As(err, &place))
	assert.ErrorIs(t, err, iotest.ErrTimeout)
}

// FuzzRead: what is read can be written in the library's own form.
func FuzzRead(f *testing.F) {
	text, err := os.ReadFile("testdata/catalog.txt")
	require.NoError(f, err)
	f.Add(string(text))
	f.Add("KB1 replaces KB2 for A | B; C | D\nKB2 replaces KB1\ncomplete")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := patches.Read(strings.NewReader(text), advisory.DecodeOptions{Items: 1000})
		require.NotEqual(t, a == nil, err == nil)
		if err == nil {
			_, err = a.MarshalJSON()
			require.NoError(t, err)
		}
	})
}

func ExampleRead() {
	file, err := os.Open("testdata/catalog.txt")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	a, err := patches.Read(file, advisory.DecodeOptions{File: file.Name()})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range a.Patches {
		for _, next := range p.SupersededBy {
			fmt.Println(p.ID, "is replaced by", next.ID, "on", len(next.Products), "products")
		}
	}
	fmt.Println("complete:", a.PatchesComplete)
	// Output:
	// KB5034127 is replaced by 5034768 on 0 products
	// KB5033371 is replaced by KB5034127 on 3 products
	// complete: true
}
