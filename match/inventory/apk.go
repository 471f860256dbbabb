package inventory

import (
	"iter"
	"strings"

	"github.com/affected-go/affected/match"
)

// apk is the database of apk-tools (/lib/apk/db/installed): stanzas of one letter, a colon
// and a value, of which P (name), V (version), A (architecture) and o (origin, the source
// package) are read. Letters differ by case: F, R, a, Z and M tell files, r what is replaced.
type apk struct{}

func (apk) Name() string { return "apk" }

// Sniff looks for a first stanza with the lines P: and V:.
func (apk) Sniff(t *Text) bool {
	first := t.firstLine()
	if len(first) < 3 || first[1] != ':' {
		return false
	}
	stanza, _, _ := strings.Cut("\n"+strings.ReplaceAll(t.Head(), "\r", ""), "\n\n")
	return strings.Contains(stanza, "\nP:") && strings.Contains(stanza, "\nV:") || strings.HasPrefix(first, "C:Q")
}

func (apk) Read(t *Text, opt Options) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		g := newGather(opt, yield)
		s := stanzas{g: g, m: g.host(""), l: newLines(t), add: addAPK}
		s.read(splitAPK)
		g.flush()
	}
}

// splitAPK takes a line apart and keeps the fields that occur once.
func splitAPK(line string) (field, value string, ok bool) {
	if len(line) < 2 || line[1] != ':' {
		return "", "", false
	}
	if strings.IndexByte("PVAo", line[0]) < 0 {
		return "", "", true
	}
	return line[:1], strings.TrimSpace(line[2:]), true
}

// addAPK takes a stanza of apk.
func addAPK(s *stanzas, at spot) {
	f := s.fields
	switch {
	case f["P"] == "":
		s.fail(at, ErrSyntax, "a package without a line P:")
	case f["V"] == "":
		s.fail(at, ErrValue, "package %s has no version", short(f["P"]))
	default:
		p := pkg{typ: "apk", name: f["P"], version: f["V"], arch: f["A"]}
		if f["o"] != f["P"] {
			p.upstream = f["o"]
		}
		s.g.pack(s.m, p, at)
	}
}
