package enrich

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// The kinds of tables, which are the types of what they attach.
const (
	kindKEV  = "KEV"
	kindEPSS = "EPSS"
)

var errNoID = errors.New("no id")

// ReadKEV reads the catalog of known exploited vulnerabilities in JSON. An entry that cannot be
// read is a Problem. An error says that the document is none, or cut; it is a
// *advisory.DecodeError.
func ReadKEV(r io.Reader, opt advisory.DecodeOptions) (*Table, error) {
	for doc, err := range jsonpos.Documents(r, opt.Limits) {
		if err != nil {
			return nil, unread(err, opt)
		}
		return readKEV(doc, opt)
	}
	return nil, &advisory.DecodeError{Pos: advisory.Pos{File: opt.File}, Err: fmt.Errorf("%w: it is empty", advisory.ErrFormat)}
}

func readKEV(doc jsonpos.Value, opt advisory.DecodeOptions) (*Table, error) {
	list := doc.Get("vulnerabilities")
	if doc.Get("catalogVersion").Kind() == jsonpos.Absent || list.Kind() != jsonpos.Array {
		return nil, &advisory.DecodeError{Pos: opt.Pos(doc), Err: fmt.Errorf("%w: no catalog of known exploited vulnerabilities", advisory.ErrFormat)}
	}
	var errs jsonpos.Errors
	t := &Table{Source: "CISA", kind: kindKEV, known: map[string]Note{},
		Version: doc.Get("catalogVersion").Text(&errs), Date: opt.Time(doc.Get("dateReleased"), &errs)}
	n := 0
	for v := range list.Elements(&errs) {
		if n++; n > maxRows {
			return nil, &advisory.DecodeError{Pos: opt.Pos(v), Err: fmt.Errorf("%w of %d entries", advisory.ErrLimit, maxRows)}
		}
		for range v.Members(&errs) {
			break
		}
		note := Note{
			CVE: strings.TrimSpace(v.Get("cveID").Text(&errs)), Exploited: true, Pos: opt.Pos(v),
			Ransomware: strings.EqualFold(v.Get("knownRansomwareCampaignUse").Text(&errs), "known"),
			Added:      opt.Time(v.Get("dateAdded"), &errs), Due: opt.Time(v.Get("dueDate"), &errs),
			Action: v.Get("requiredAction").Text(&errs),
		}
		if note.CVE == "" {
			errs.Add(v, errNoID, "the entry has no CVE id")
			continue
		}
		t.known[note.CVE] = note
	}
	t.Problems = opt.Problems(&errs, false)
	return t, nil
}

// unread says where the JSON reader gave up, with the kind that package advisory has for it.
func unread(err error, opt advisory.DecodeOptions) error {
	out := &advisory.DecodeError{Pos: advisory.Pos{File: opt.File}, Err: err}
	var e *jsonpos.Error
	if errors.As(err, &e) {
		out.Pos.Offset, out.Pos.Pointer = max(e.Offset, 0), e.Pointer
	}
	switch {
	case errors.Is(err, jsonpos.ErrLimit):
		out.Err = fmt.Errorf("%w: %w", advisory.ErrLimit, err)
	case errors.Is(err, jsonpos.ErrSyntax), errors.Is(err, jsonpos.ErrTruncated):
		out.Err = fmt.Errorf("%w: %w", advisory.ErrSyntax, err)
	}
	return out
}
