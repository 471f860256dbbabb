package vers_test

import (
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// nativeFiles returns the files of testdata/native by the notation that they are about.
func nativeFiles(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/native/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	byNotation := map[string]string{}
	for _, file := range files {
		byNotation[strings.TrimSuffix(filepath.Base(file), ".txt")] = file
	}
	return byNotation
}

func TestParseNative(t *testing.T) {
	for notation, file := range nativeFiles(t) {
		t.Run(notation, func(t *testing.T) {
			for n, line := range factLines(t, file) {
				notation := notation
				if notation == "lists" {
					notation, line, _ = strings.Cut(line, ": ")
				}
				checkNative(t, notation, line, n)
			}
		})
	}
}

// checkNative checks one line of a file.
func checkNative(t *testing.T, notation, line string, n int) {
	schemes := vers.Builtin()
	if text, versions, is := strings.Cut(line, " ; "); is {
		taken, refused, _ := strings.Cut(versions, " ; ")
		for want, list := range map[bool]string{true: taken, false: refused} {
			for version := range strings.FieldsSeq(list) {
				got, err := schemes.Satisfies(notation, text, version)
				require.NoError(t, err, "line %d: %s", n, version)
				assert.Equal(t, want, got, "line %d: %s", n, version)
			}
		}
		return
	}
	if text, want, is := strings.Cut(line, " ! "); is {
		_, err := schemes.ParseNative(notation, text)
		var parse *vers.ParseError
		require.ErrorAs(t, err, &parse, "line %d: %s", n, text)
		offset, rule, _ := strings.Cut(want, " ")
		at, err := strconv.Atoi(offset)
		require.NoError(t, err, "line %d", n)
		assert.Equal(t, at, parse.Offset, "line %d: %v", n, parse)
		assert.Contains(t, parse.Rule, rule, "line %d", n)
		assert.Equal(t, notation, parse.Scheme, "line %d", n)
		return
	}
	text, want, is := strings.Cut(line, " => ")
	require.True(t, is, "line %d: no fact", n)
	r, err := schemes.ParseNative(notation, text)
	require.NoError(t, err, "line %d", n)
	assert.Equal(t, want, r.String(), "line %d", n)
	assert.Equal(t, text, r.Text(), "line %d", n)
	read, err := schemes.ParseVERS(want)
	require.NoError(t, err, "line %d", n)
	assert.True(t, read.Equal(r) || read.IsEmpty() && r.IsEmpty(), "line %d: %s", n, r)
}

func TestNativeNames(t *testing.T) {
	schemes := vers.Builtin()
	for _, name := range []string{"", "nosuch", "gitlab", "gitlab()", "gitlab(nosuch)", "gitlab(npm", "feed(npm)", "npm(npm)"} {
		_, err := schemes.ParseNative(name, "<1.0.0")
		assert.ErrorIs(t, err, vers.ErrUnknownScheme, name)
		_, err = schemes.Satisfies(name, "<1.0.0", "0.9.0")
		assert.ErrorIs(t, err, vers.ErrUnknownScheme, name)
	}
	_, err := schemes.Satisfies("npm", "<1.0.0", "nonsense")
	assert.ErrorIs(t, err, vers.ErrSyntax)
	_, err = schemes.Satisfies("npm", "nonsense", "1.0.0")
	assert.ErrorIs(t, err, vers.ErrSyntax)
	// An apk range can name all versions that begin with another one.
	r, err := schemes.ParseNative("apk", "~1.2")
	require.NoError(t, err)
	for version, want := range map[string]vers.Truth{"1.2": vers.Yes, "1.2.9-r3": vers.Yes, "1.20": vers.No, "1.3": vers.No} {
		in, err := r.Contains(version)
		require.NoError(t, err)
		assert.Equal(t, want, in, version)
	}
}

// More comparisons than anybody writes are refused and not worked through.
func TestNativeLimits(t *testing.T) {
	schemes := vers.Builtin()
	for notation, text := range map[string]string{
		"npm": "1.0.0||", "cargo": "1,", "gem": "!=1,", "pypi": "!=1,", "maven": "[1],", "nginx": "1.0.1,",
		"composer": "!=1|", "hex": "1.0.0 or ", "conan": "!1 ", "golang": "!=1.0.0,", "hashicorp": "!=1,",
		"deb": ">=1,", "openssl": "1.0.1,", "gitlab(npm)": "=1||",
	} {
		for _, n := range []int{1, 100, 2000} {
			_, err := schemes.ParseNative(notation, strings.Repeat(text, n))
			if n == 2000 {
				assert.Error(t, err, notation)
			}
		}
		_, err := schemes.ParseNative(notation, strings.Repeat(text, 100000))
		assert.ErrorIs(t, err, vers.ErrTooLong, notation)
	}
}

// What a tool takes lies in the range, for the tools whose policy only leaves out.
func TestSatisfiesWithinRange(t *testing.T) {
	schemes := vers.Builtin()
	operators := map[string][]string{
		"npm":       {"", "=", "<", "<=", ">", ">=", "~", "^"},
		"cargo":     {"", "=", "<", "<=", ">", ">=", "~", "^"},
		"gem":       {"", "=", "!=", "<", "<=", ">", ">=", "~>"},
		"hex":       {"", "==", "!=", "<", "<=", ">", ">=", "~>"},
		"hashicorp": {"", "=", "!=", "<", "<=", ">", ">="},
	}
	and := map[string]string{"npm": " ", "cargo": ", ", "gem": ", ", "hex": " and ", "hashicorp": ", "}
	r := rand.New(rand.NewPCG(3, 4))
	version := func(notation string) string {
		text := itoa(r.IntN(3)) + "." + itoa(r.IntN(3)) + "." + itoa(r.IntN(3))
		if r.IntN(3) > 0 {
			return text
		}
		if notation == "gem" {
			return text + ".rc" + itoa(r.IntN(3))
		}
		return text + "-rc." + itoa(r.IntN(3))
	}
	for notation, ops := range operators {
		taken := 0
		for range 4000 {
			text := ops[r.IntN(len(ops))] + version(notation)
			for r.IntN(2) == 0 {
				text += and[notation] + ops[r.IntN(len(ops))] + version(notation)
			}
			asked := version(notation)
			ok, err := schemes.Satisfies(notation, text, asked)
			require.NoError(t, err, "%s: %s", notation, text)
			parsed, err := schemes.ParseNative(notation, text)
			require.NoError(t, err, "%s: %s", notation, text)
			if ok {
				taken++
				in, err := parsed.Contains(asked)
				require.NoError(t, err)
				require.Equal(t, vers.Yes, in, "%s: %s in %s", notation, asked, text)
			}
		}
		require.Greater(t, taken, 400, notation)
	}
}
