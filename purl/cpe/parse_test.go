package cpe_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
)

func TestParse(t *testing.T) {
	for _, f := range facts(t, "names.txt", "\t", 4) {
		text, canonical, uri := f.fields[0], f.fields[1], f.fields[2]
		if canonical == "=" {
			canonical = text
		}
		if uri == "=" {
			uri = text
		}
		n, err := cpe.Parse(text)
		require.NoError(t, err, "line %d", f.line)
		assert.True(t, n.IsValid(), "line %d", f.line)
		assert.Equal(t, canonical, n.String(), "line %d", f.line)
		assert.Equal(t, uri, n.URI(), "line %d", f.line)
		assert.Equal(t, f.fields[3], described(n), "line %d", f.line)

		again, err := cpe.ParseFormattedString(canonical)
		require.NoError(t, err, "line %d", f.line)
		assert.Equal(t, n, again, "line %d: the canonical text is the same name", f.line)
		back, err := cpe.ParseURI(uri)
		require.NoError(t, err, "line %d", f.line)
		assert.Equal(t, strings.ToLower(canonical), back.String(), "line %d: the URI loses letter case only", f.line)

		lenient, warnings, err := cpe.ParseLenient(text)
		require.NoError(t, err, "line %d", f.line)
		assert.Empty(t, warnings, "line %d", f.line)
		assert.Equal(t, n, lenient, "line %d", f.line)
	}
}

func TestParseInvalid(t *testing.T) {
	for _, f := range facts(t, "invalid.txt", "\t", 4) {
		text := input(t, f.fields[0])
		offset, err := strconv.Atoi(f.fields[1])
		require.NoError(t, err, "line %d", f.line)

		n, err := cpe.Parse(text)
		assert.False(t, n.IsValid(), "line %d", f.line)
		var fault *cpe.ParseError
		require.ErrorAs(t, err, &fault, "line %d: %q", f.line, text)
		assert.Equal(t, text, fault.Input, "line %d", f.line)
		assert.Equal(t, offset, fault.Offset, "line %d: %v", f.line, err)
		assert.Contains(t, fault.Rule, f.fields[2], "line %d: %v", f.line, err)
		kind := cpe.ErrSyntax
		if strings.Contains(fault.Rule, "begins with") {
			kind = cpe.ErrPrefix
		}
		require.ErrorIs(t, err, kind, "line %d", f.line)

		lenient, warnings, err := cpe.ParseLenient(text)
		if f.fields[3] == "-" {
			require.ErrorAs(t, err, &fault, "line %d: %q", f.line, text)
			assert.Empty(t, warnings, "line %d", f.line)
			assert.False(t, lenient.IsValid(), "line %d", f.line)
			continue
		}
		require.NoError(t, err, "line %d", f.line)
		assert.Equal(t, f.fields[3], lenient.String(), "line %d", f.line)
		require.NotEmpty(t, warnings, "line %d", f.line)
		assert.Equal(t, cpe.Warning{Offset: fault.Offset, Rule: fault.Rule}, warnings[0], "line %d", f.line)
	}
}

func TestParseOneBinding(t *testing.T) {
	const formatted, uri = "cpe:2.3:a:openssl:openssl:3.0.7:*:*:*:*:*:*:*", "cpe:/a:openssl:openssl:3.0.7"
	n, err := cpe.ParseURI(uri)
	require.NoError(t, err)
	assert.Equal(t, formatted, n.String())
	_, err = cpe.ParseURI(formatted)
	require.ErrorIs(t, err, cpe.ErrPrefix)
	_, err = cpe.ParseFormattedString(uri)
	require.ErrorIs(t, err, cpe.ErrPrefix)
}

func TestLenientWarnsOfEachBreak(t *testing.T) {
	n, warnings, err := cpe.ParseLenient(`cpe:2.3:a:at&t:g++:1\a:*:*:english:*:*:*:*`)
	require.NoError(t, err)
	assert.Equal(t, `cpe:2.3:a:at\&t:g\+\+:1a:*:*:english:*:*:*:*`, n.String())
	var offsets []int
	for _, w := range warnings {
		offsets = append(offsets, w.Offset)
	}
	assert.Equal(t, []int{12, 16, 17, 20, 27}, offsets)
	assert.Equal(t, "offset 12: punctuation without a backslash (NISTIR 7695 section 6.2.1)", warnings[0].String())
}

func TestErrorText(t *testing.T) {
	_, err := cpe.Parse("cpe:2.3:a:v:p q:1:*:*:*:*:*:*:*")
	require.EqualError(t, err, `invalid CPE name "cpe:2.3:a:v:p q:1:*:*:*:*:*:*:*": `+
		`offset 13: character that no value can hold (NISTIR 7695 section 5.3.2)`)
	_, err = cpe.Parse(strings.Repeat("x", 1000))
	require.ErrorContains(t, err, `"...: offset 0: a name begins with`)
	assert.Less(t, len(err.Error()), 250, "the input is cut")
}

func TestMustParse(t *testing.T) {
	assert.Equal(t, "cpe:2.3:h:cisco:asr_1001:-:*:*:*:*:*:*:*", cpe.MustParse("cpe:/h:cisco:asr_1001:-").String())
	assert.PanicsWithError(t, `not a CPE name "asr": offset 0: a name begins with "cpe:2.3:" or "cpe:/"`,
		func() { cpe.MustParse("asr") })
}

// TestHostile reads what is made to be slow or to grow: each text ends in an error or a name at once.
func TestHostile(t *testing.T) {
	const tail = ":*:*:*:*:*:*:*"
	long := func(s string, n int) string { return strings.Repeat(s, n) }
	for name, text := range map[string]string{
		"64 KiB of asterisks":       "cpe:2.3:a:v:p:" + long("*", 1<<16) + tail,
		"64 KiB of asterisks alone": long("*", 1<<16),
		"64 KiB of colons":          "cpe:/" + long(":", 1<<16),
		"1 MiB of letters":          "cpe:2.3:a:v:" + long("a", 1<<20) + ":1" + tail,
		"one byte too long":         "cpe:/a:" + long("a", cpe.MaxLength-6),
	} {
		_, _, err := cpe.ParseLenient(text)
		require.Error(t, err, name)
	}
	_, err := cpe.Parse("cpe:/a:" + long("a", cpe.MaxLength-6))
	require.ErrorIs(t, err, cpe.ErrTooLong)

	const rest = ":p:1" + tail
	fill := cpe.MaxLength - len("cpe:2.3:a:") - len(rest)
	longest, err := cpe.Parse("cpe:2.3:a:" + long("a", fill) + rest)
	require.NoError(t, err)
	assert.Len(t, longest.Text(cpe.Vendor), fill)
	// The canonical form counts too: what is longer could not be read back.
	_, _, err = cpe.ParseLenient("cpe:2.3:a:v:" + long("+", 4000) + ":1" + tail)
	require.ErrorIs(t, err, cpe.ErrTooLong)
	_, err = cpe.Parse("cpe:/a:" + long("a", cpe.MaxLength-7))
	require.ErrorIs(t, err, cpe.ErrTooLong)

	questions := withVersion(t, long("?", 1000)+long("ab", 700)+long("?", 1000))
	assert.Equal(t, cpe.Superset, cpe.Relate(questions, withVersion(t, long("ab", 1500))))
	assert.Equal(t, cpe.Disjoint, cpe.Relate(questions, withVersion(t, long("ba", 699)+long("c", 1000))))
}
