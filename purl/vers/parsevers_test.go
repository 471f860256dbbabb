package vers_test

import (
	"bufio"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// factLines returns the lines of a file that hold a fact, with their numbers.
func factLines(t testing.TB, file string) map[int]string {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	lines := map[int]string{}
	scanner := bufio.NewScanner(f)
	for n := 1; scanner.Scan(); n++ {
		if text := scanner.Text(); text != "" && text[0] != '#' {
			lines[n] = text
		}
	}
	require.NoError(t, scanner.Err())
	require.NotEmpty(t, lines)
	return lines
}

// unescape gives the characters back that a line cannot show.
var unescape = strings.NewReplacer(`\s`, " ", `\t`, "\t", `\x`, "\x01", `\u`, "é")

func TestParseVERS(t *testing.T) {
	schemes := vers.Builtin()
	for n, line := range factLines(t, "testdata/ranges/strict.txt") {
		text, want, refused := strings.Cut(line, " ! ")
		text = unescape.Replace(text)
		r, err := schemes.ParseVERS(text)
		if !refused {
			require.NoError(t, err, "line %d", n)
			got, ok := r.VERS()
			assert.True(t, ok, "line %d", n)
			assert.Equal(t, text, got, "line %d", n)
			assert.Equal(t, text, r.Text(), "line %d", n)
			continue
		}
		offset, rule, _ := strings.Cut(want, " ")
		at, atoiErr := strconv.Atoi(offset)
		require.NoError(t, atoiErr, "line %d", n)
		var parse *vers.ParseError
		require.ErrorAs(t, err, &parse, "line %d: %s", n, text)
		assert.Equal(t, at, parse.Offset, "line %d: %v", n, err)
		assert.Contains(t, parse.Rule, rule, "line %d", n)
		assert.False(t, r.IsValid(), "line %d", n)
		kind := vers.ErrSyntax
		switch {
		case rule == "without a scheme":
			kind = vers.ErrUnknownScheme
		case rule == "three numbers":
			kind = vers.ErrImprecise
		}
		assert.ErrorIs(t, err, kind, "line %d", n)
	}
}

func TestNormalize(t *testing.T) {
	schemes := vers.Builtin()
	for n, line := range factLines(t, "testdata/ranges/normalize.txt") {
		if text, rule, refused := strings.Cut(line, " ! "); refused {
			_, err := schemes.Normalize(text)
			var parse *vers.ParseError
			require.ErrorAs(t, err, &parse, "line %d: %s", n, text)
			assert.Contains(t, parse.Rule, rule, "line %d", n)
			continue
		}
		text, want, ok := strings.Cut(line, " => ")
		require.True(t, ok, "line %d: no fact", n)
		r, err := schemes.Normalize(text)
		require.NoError(t, err, "line %d", n)
		got, ok := r.VERS()
		assert.True(t, ok, "line %d", n)
		assert.Equal(t, want, got, "line %d", n)
		assert.Equal(t, text, r.Text(), "line %d", n)
		strict, err := schemes.ParseVERS(got)
		require.NoError(t, err, "line %d", n)
		assert.True(t, strict.Equal(r), "line %d", n)
	}
}

// Membership as the specification tells it, the gaps that it leaves filled.
func TestParseVERSContains(t *testing.T) {
	for _, c := range []struct{ text, in, out string }{
		{"vers:npm/*", "0.0.0-0 99.0.0", ""},
		{"vers:npm/1.2.3", "1.2.3 1.2.3+build", "1.2.4 1.2.3-rc.1"},
		{"vers:npm/>=1.0.0|<2.0.0", "1.0.0 2.0.0-rc.1 1.9.9", "1.0.0-rc.1 2.0.0"},
		{"vers:npm/>1.0.0|<=2.0.0", "1.0.1 2.0.0", "1.0.0 2.0.1"},
		{"vers:npm/<1.0.0", "0.0.0 1.0.0-rc.1", "1.0.0"},
		{"vers:npm/>=1.0.0", "1.0.0 99.0.0", "0.9.0"},
		{"vers:npm/<1.0.0|>=2.0.0", "0.9.0 2.0.0", "1.0.0 1.5.0"},
		{"vers:npm/!=1.0.0", "0.9.0 2.0.0", "1.0.0"},
		{"vers:npm/!=1.0.0|2.0.0", "2.0.0", "0.9.0 1.0.0 3.0.0"},
		{"vers:npm/>=1.0.0|!=1.5.0|<2.0.0", "1.0.0 1.4.9", "1.5.0 2.0.0"},
		{"vers:npm/1.0.0|!=1.1.0|>1.2.0", "1.0.0 1.2.1", "1.1.0 1.2.0 0.9.0"},
		{"vers:all/*", "1.0 anything", ""},
		{"vers:none/*", "", "1.0 anything"},
		{"vers:generic/1.0", "1.0", "1.0.0 2"},
	} {
		r, err := vers.Builtin().ParseVERS(c.text)
		require.NoError(t, err)
		for want, list := range map[vers.Truth]string{vers.Yes: c.in, vers.No: c.out} {
			for version := range strings.FieldsSeq(list) {
				in, err := r.Contains(version)
				require.NoError(t, err)
				assert.Equal(t, want, in, "%s in %s", version, c.text)
			}
		}
	}
	// A bound says nothing about versions that do not compare with it.
	for _, text := range []string{"vers:generic/>=1.0", "vers:vendor/>=1.0"} {
		r, err := vers.Builtin().ParseVERS(text)
		require.NoError(t, err)
		in, err := r.Contains("FW2.0")
		require.NoError(t, err)
		assert.Equal(t, vers.Unknown, in, text)
	}
}

func TestConstraints(t *testing.T) {
	schemes := vers.Builtin()
	r, err := schemes.ParseVERS("vers:pypi/1%210.5|!=1%211.0|>1%212.0")
	require.NoError(t, err)
	assert.Equal(t, []vers.Constraint{
		{Comparator: vers.Equal, Version: "1!0.5"},
		{Comparator: vers.NotEqual, Version: "1!1.0"},
		{Comparator: vers.Greater, Version: "1!2.0"},
	}, slices.Collect(r.Constraints()))

	// A computed range has the shortest list.
	assert.Equal(t, []vers.Constraint{
		{Comparator: vers.NotEqual, Version: "1!0.5"},
		{Comparator: vers.LessOrEqual, Version: "1!2.0"},
	}, slices.Collect(r.Complement().Constraints()))

	all, err := schemes.AllVersions("npm")
	require.NoError(t, err)
	branch, err := schemes.Branch("npm", "1.2")
	require.NoError(t, err)
	for _, r := range []vers.Range{{}, all, all.Complement(), branch} {
		assert.Empty(t, slices.Collect(r.Constraints()), "%s", r)
	}
}

func TestRangeText(t *testing.T) {
	schemes := vers.Builtin()
	parse := func(text string) vers.Range {
		r, err := schemes.ParseVERS(text)
		require.NoError(t, err)
		return r
	}
	union := func(texts ...string) vers.Range {
		r := parse(texts[0])
		for _, text := range texts[1:] {
			var err error
			r, err = r.Union(parse(text))
			require.NoError(t, err)
		}
		return r
	}
	for _, c := range []struct {
		r    vers.Range
		want string
	}{
		{union("vers:npm/>=1.0.0|<2.0.0", "vers:npm/>=2.0.0|<3.0.0"), "vers:npm/>=1.0.0|<3.0.0"},
		{union("vers:npm/>=1.0.0|<2.0.0", "vers:npm/>2.0.0|<3.0.0"), "vers:npm/>=1.0.0|!=2.0.0|<3.0.0"},
		{union("vers:npm/<1.0.0", "vers:npm/>1.0.0"), "vers:npm/!=1.0.0"},
		{union("vers:npm/<1.0.0", "vers:npm/>=1.0.0"), "vers:npm/*"},
		{union("vers:npm/>2.2.15", "vers:npm/<=4.1.0"), "vers:npm/*"},
		{union("vers:npm/>=1.0.0|<3.0.0", "vers:npm/>=2.0.0|<4.0.0"), "vers:npm/>=1.0.0|<4.0.0"},
		{union("vers:npm/1.0.0", "vers:npm/3.0.0", "vers:npm/2.0.0"), "vers:npm/1.0.0|2.0.0|3.0.0"},
		{union("vers:npm/1.0.0", "vers:npm/>1.0.0"), "vers:npm/>=1.0.0"},
		{parse("vers:npm/*").Complement(), "vers:none/*"},
		{parse("vers:npm/1.0.0").Complement(), "vers:npm/!=1.0.0"},
		{parse("vers:pypi/1%210.5").Complement(), "vers:pypi/!=1%210.5"},
		{union("vers:vendor/<1.0", "vers:vendor/>1.0"), "(-, 1.0) or (1.0, -)"},
		{vers.Range{}, "invalid range"},
	} {
		assert.Equal(t, c.want, c.r.String())
	}
	for _, text := range []string{"1.2", "1"} {
		branch, err := schemes.Branch("npm", text)
		require.NoError(t, err)
		_, ok := branch.VERS()
		assert.False(t, ok, "no version stands at the bounds of %s", branch)
	}
	blank, err := schemes.NewRange("vendor", vers.Constraint{Version: "8.0 U2d"})
	require.NoError(t, err)
	_, ok := blank.VERS()
	assert.False(t, ok, "VERS cannot write a blank")
	ladder, err := schemes.NewRange("ladder(SP,HF)", vers.Constraint{Version: "8.0"})
	require.NoError(t, err)
	_, ok = ladder.VERS()
	assert.False(t, ok, "VERS cannot write the name")
}

func TestRangeLimits(t *testing.T) {
	schemes := vers.Builtin()
	list := "vers:npm/1.0.0"
	for n := 1; len(list) < 20000; n++ {
		list += "|1.0." + strconv.Itoa(n)
	}
	for _, read := range []func(string) (vers.Range, error){
		schemes.ParseVERS, schemes.Normalize,
		func(text string) (vers.Range, error) { return schemes.ParseNative("npm", text) },
	} {
		_, err := read(list)
		assert.ErrorIs(t, err, vers.ErrTooLong)
	}
	r, err := schemes.WithMaxLength(4096).ParseVERS(list)
	require.NoError(t, err)
	in, err := r.Contains("1.0.77")
	require.NoError(t, err)
	assert.Equal(t, vers.Yes, in)

	_, err = schemes.ParseVERS("vers:npm/1.0.0-" + strings.Repeat("a", 300))
	assert.ErrorIs(t, err, vers.ErrTooLong)
	var parse *vers.ParseError
	require.True(t, errors.As(err, &parse))
	assert.LessOrEqual(t, len(parse.Input), 64)
}
