package purl_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl"
)

// kinds are the words of testdata for the error kinds.
var kinds = map[string]error{
	"syntax":     purl.ErrSyntax,
	"encoding":   purl.ErrEncoding,
	"character":  purl.ErrCharacter,
	"definition": purl.ErrDefinition,
	"too-long":   purl.ErrTooLong,
}

func TestParseCanonical(t *testing.T) {
	for line, row := range facts(t, "canonical.txt", 1) {
		p, err := purl.Parse(row[0])
		require.NoError(t, err, "line %d", line)
		assert.Equal(t, row[0], p.String(), "line %d", line)
		assert.True(t, p.IsValid(), "line %d", line)
	}
}

func TestParseAccepted(t *testing.T) {
	for line, row := range facts(t, "accepted.txt", 2) {
		p, err := purl.Parse(row[0])
		require.NoError(t, err, "line %d", line)
		assert.Equal(t, row[1], p.String(), "line %d: %s", line, row[0])
	}
}

func TestParseTolerated(t *testing.T) {
	for line, row := range facts(t, "tolerated.txt", 5) {
		p, warnings, err := purl.ParseLenient(row[0])
		require.NoError(t, err, "line %d", line)
		require.NotEmpty(t, warnings, "line %d", line)
		assert.Equal(t, row[1], p.String(), "line %d", line)
		assertWarning(t, line, row[2:], warnings[0])

		p, err = purl.Parse(row[0])
		assert.False(t, p.IsValid(), "line %d", line)
		var parse *purl.ParseError
		require.ErrorAs(t, err, &parse, "line %d", line)
		assertWarning(t, line, row[2:], parse.Warning)
	}
}

func TestParseRefused(t *testing.T) {
	for line, row := range facts(t, "refused.txt", 4) {
		p, warnings, err := purl.ParseLenient(row[0])
		var parse *purl.ParseError
		require.ErrorAs(t, err, &parse, "line %d: %s", line, row[0])
		assert.Equal(t, purl.PURL{}, p, "line %d", line)
		assert.Empty(t, warnings, "line %d", line)
		assertWarning(t, line, row[1:], parse.Warning)

		_, err = purl.Parse(row[0])
		assert.Error(t, err, "line %d", line)
	}
}

func assertWarning(t *testing.T, line int, want []string, got purl.Warning) {
	t.Helper()
	assert.Equal(t, want[0], got.Part, "line %d", line)
	assert.Equal(t, want[1], strconv.Itoa(got.Offset), "line %d", line)
	require.Contains(t, kinds, want[2], "line %d", line)
	assert.ErrorIs(t, got.Err, kinds[want[2]], "line %d", line)
	assert.NotEmpty(t, got.Rule, "line %d", line)
}

func TestParseError(t *testing.T) {
	_, err := purl.Parse("pkg:npm/lo%zzdash")
	assert.EqualError(t, err, `purl "pkg:npm/lo%zzdash": name at 10: percent sign without two hexadecimal digits`)
	assert.ErrorIs(t, err, purl.ErrEncoding)

	_, err = purl.Parse("pkg:npm/" + strings.Repeat("a", 100) + "\x00")
	var parse *purl.ParseError
	require.ErrorAs(t, err, &parse)
	assert.Len(t, parse.Input, 64)
	assert.Equal(t, 108, parse.Offset)
}

func TestParseSeveralWarnings(t *testing.T) {
	p, warnings, err := purl.ParseLenient(" pkg:gem/a b/c?Platform=java&vers=vers:gem%2F1@2")
	require.NoError(t, err)
	assert.Equal(t, "pkg:gem/a%20b/c?platform=java&vers=vers:gem%2F1%402", p.String())
	parts := make([]string, 0, len(warnings))
	for _, w := range warnings {
		parts = append(parts, w.Part)
	}
	assert.Equal(t, []string{"scheme", "namespace", "qualifiers", "namespace"}, parts)
	assert.Equal(t, "namespace at 9: prohibited by the type", warnings[3].String())
}

// TestParseLong holds that the time for hostile text is bounded by its length.
func TestParseLong(t *testing.T) {
	for _, text := range []string{
		"pkg:npm/" + strings.Repeat("a", 64<<10),
		"pkg:npm/" + strings.Repeat("%61", 64<<10),
		strings.Repeat("pkg:", 1<<20),
		strings.Repeat(" ", 1<<20),
	} {
		_, _, err := purl.ParseLenient(text)
		assert.ErrorIs(t, err, purl.ErrTooLong)
		var parse *purl.ParseError
		require.ErrorAs(t, err, &parse)
		assert.Equal(t, purl.MaxLength, parse.Offset)
	}

	// The canonical form of this is too long, though the text is not.
	_, _, err := purl.ParseLenient("pkg:npm/" + strings.Repeat("+", 4096))
	assert.ErrorIs(t, err, purl.ErrTooLong)

	fill := func(unit string) string {
		return "pkg:npm/x" + strings.Repeat(unit, (purl.MaxLength-9)/len(unit))
	}
	start := time.Now()
	for _, unit := range []string{"a", "/", "@", "?", "#", "&", "%41", "%C3%A9", "/a", "@a", "?a=b", "&a=b", "#.", "\xff", "%E2%80%8D", "+"} {
		p, _, err := purl.ParseLenient(fill(unit))
		if err == nil {
			assert.True(t, p.IsValid(), "%q", unit)
		}
	}
	var many strings.Builder
	many.WriteString("pkg:npm/x?")
	for i := 0; many.Len() < purl.MaxLength-16; i++ {
		many.WriteString("k" + strconv.Itoa(i) + "=v&")
	}
	p := purl.MustParse(many.String())
	assert.True(t, p.Covers(p))
	assert.Less(t, time.Since(start), 5*time.Second)
}

func TestMustParse(t *testing.T) {
	assert.Equal(t, "lodash", purl.MustParse("pkg:npm/lodash").Name())
	defer func() {
		err, ok := recover().(error)
		require.True(t, ok)
		assert.True(t, errors.Is(err, purl.ErrSyntax))
	}()
	purl.MustParse("lodash")
}
