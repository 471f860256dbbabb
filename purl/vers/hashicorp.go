package vers

import (
	"strconv"
	"strings"

	version "github.com/hashicorp/go-version"
)

// hashicorp reads versions with github.com/hashicorp/go-version (v1.9.0) and is the
// scheme of the tools that are built on it: any count of dotted numbers, a pre-release
// after a hyphen or glued on, metadata after a plus.
//
// The key is built from the parsed segments, because the order of the module is not one
// in places. What deviates, each on purpose:
//
//   - The module compares no pre-release when the counts of segments differ (1.0.0 and
//     1.0.0.0-rc are equal for it). Here trailing zeros are dropped first.
//   - In a longer pre-release the module puts a word below the end and a number above it,
//     and a number below a word: a < a.1 < a.x < a is a cycle. Here the rule of Semantic
//     Versioning (clause 11) holds: the longer list is greater.
//   - The module reads the identifier -2 as a number below zero, and -0 as below 0 and 0 as
//     below -0. Here it is a word, as there.
//
// Numbers over 63 bits are an error, as in the module.
type hashicorp struct{}

func (hashicorp) Name() string { return "hashicorp" }

func (h hashicorp) AppendKey(dst []byte, text string) ([]byte, int, error) {
	v, err := version.NewVersion(text)
	if err != nil {
		return dst, 0, syntaxError("hashicorp", text, 0, err.Error())
	}
	e := Encoder(dst).Line("")
	segments := v.Segments64()
	for len(segments) > 0 && segments[len(segments)-1] == 0 {
		segments = segments[:len(segments)-1]
	}
	for _, segment := range segments {
		e = e.Number(strconv.FormatInt(segment, 10))
	}
	if pre := v.Prerelease(); pre != "" {
		e = e.Token(-1)
		for id := range strings.SplitSeq(pre, ".") {
			if id != "" && digits(id) == len(id) {
				e = e.Number(id)
			} else {
				e = e.Text(id)
			}
		}
	}
	return e.End(), 1, nil
}

func (h hashicorp) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	if _, err := version.NewVersion(text); err != nil {
		return lo, hi, 0, syntaxError("hashicorp", text, 0, err.Error())
	}
	var b branch
	s := trimV(text)
	for n := digits(s); n > 0 && (depth <= 0 || b.count < depth); n = digits(s) {
		b.add(s[:n])
		if s = s[n:]; s == "" || s[0] != '.' {
			break
		}
		s = s[1:]
	}
	l, u := b.bounds(Encoder(lo).Line(""), Encoder(hi).Line(""))
	return l, u, 1, nil
}
