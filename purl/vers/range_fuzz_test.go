package vers_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// What the strict reader takes is canonical: it is written as it was read, and the lenient
// reader makes the same of it. What the lenient reader makes is taken by the strict one.
func FuzzParseVERS(f *testing.F) {
	for _, line := range factLines(f, "testdata/ranges/strict.txt") {
		text, _, _ := strings.Cut(line, " ! ")
		f.Add(unescape.Replace(text))
	}
	for _, line := range factLines(f, "testdata/ranges/normalize.txt") {
		text, _, _ := strings.Cut(line, " => ")
		f.Add(text)
	}
	f.Add("vers:pYpi/00%20") // a blank that a scheme takes and VERS cannot write
	schemes := vers.Builtin()
	f.Fuzz(func(t *testing.T, text string) {
		lenient, errLenient := schemes.Normalize(text)
		if errLenient == nil {
			canonical, ok := lenient.VERS()
			require.True(t, ok, "%q", text)
			again, err := schemes.ParseVERS(canonical)
			require.NoError(t, err, "%q", text)
			require.True(t, again.Equal(lenient), "%q gives %s", text, canonical)
		}
		strict, err := schemes.ParseVERS(text)
		if err != nil {
			var parse *vers.ParseError
			require.ErrorAs(t, err, &parse, "%q", text)
			require.True(t, parse.Offset >= 0 && parse.Offset <= len(text), "%q: %v", text, err)
			require.NotEmpty(t, err.Error())
			return
		}
		canonical, ok := strict.VERS()
		require.True(t, ok, "%q", text)
		require.Equal(t, text, canonical)
		require.NoError(t, errLenient, "%q", text)
		require.True(t, strict.Equal(lenient), "%q", text)
		require.True(t, strict.Complement().Complement().Equal(strict), "%q", text)
		for c := range strict.Constraints() {
			in, err := strict.Contains(c.Version)
			require.NoError(t, err, "%q", text)
			switch c.Comparator {
			case vers.Equal, vers.LessOrEqual, vers.GreaterOrEqual:
				require.Equal(t, vers.Yes, in, "%s in %q", c.Version, text)
			default:
				require.Equal(t, vers.No, in, "%s in %q", c.Version, text)
			}
		}
	})
}

// No text makes a reader panic, an error lies in the text, and a range that VERS can write
// is read back from it. Satisfies answers for each version that the range names.
func FuzzParseNative(f *testing.F) {
	var notations []string
	for notation, file := range nativeFiles(f) {
		for _, line := range factLines(f, file) {
			name := notation
			if notation == "lists" {
				name, line, _ = strings.Cut(line, ": ")
			}
			if !slices.Contains(notations, name) {
				notations = append(notations, name)
			}
			for _, mark := range []string{" => ", " ! ", " ; "} {
				line, _, _ = strings.Cut(line, mark)
			}
			f.Add(name, line)
		}
	}
	slices.Sort(notations)
	f.Add("composer", ">=00rC.")
	f.Add("composer", "^0+\f")
	f.Add("alpm", ">0<!") // sorted by its keys, and not for the tool
	schemes := vers.Builtin()
	f.Fuzz(func(t *testing.T, notation, text string) {
		if !slices.Contains(notations, notation) {
			notation = notations[len(notation)%len(notations)]
		}
		r, err := schemes.ParseNative(notation, text)
		if err != nil {
			var parse *vers.ParseError
			require.ErrorAs(t, err, &parse, "%s: %q", notation, text)
			require.True(t, parse.Offset >= 0 && parse.Offset <= len(text), "%s: %q: %v", notation, text, err)
			require.False(t, r.IsValid())
			return
		}
		require.NotEmpty(t, r.String(), "%s: %q", notation, text)
		if canonical, ok := r.VERS(); ok && !r.IsEmpty() {
			again, err := schemes.ParseVERS(canonical)
			require.NoError(t, err, "%s: %q", notation, text)
			require.True(t, again.Equal(r), "%s: %q gives %s", notation, text, canonical)
		}
		for c := range r.Constraints() {
			_, err := schemes.Satisfies(notation, text, c.Version)
			require.NoError(t, err, "%s: %s for %q", notation, c.Version, text)
		}
	})
}
