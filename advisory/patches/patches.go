// Package patches reads which patch replaces which from text, one fact a line:
//
//	# From the update catalog.
//	id         acme-updates
//	publisher  Acme
//	source     https://acme.example/updates 2099-01-03
//	complete
//
//	KB5034127 replaces KB5033371 for Microsoft | Windows Server 2019
//	KB5034127 level 10.0.17763.5329 for Microsoft | Windows Server 2019; Microsoft | Windows 10
//	HF12
//
// A patch replaces another one, or brings a product to a version (its level), or is only
// recorded; each for the products behind "for", or for any. "complete" says that every patch
// that replaces another one is recorded; without it the record is partial. Names of patches
// have no blanks. Empty lines and those that begin with # are skipped.
//
// The same as JSON is the member "patches" of the library's own form, see [advisory.JSON].
package patches

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
)

const (
	maxLine     = 64 << 10
	maxProblems = 100
)

// Read reads a text and returns it as an advisory that holds patches and no statements. A line
// that cannot be read is a Problem and left out, and the record is then not complete. An error
// says that the text could not be read to its end, or is too long (advisory.ErrLimit); it is a
// *advisory.DecodeError.
func Read(r io.Reader, opt advisory.DecodeOptions) (*advisory.Advisory, error) {
	t := &reader{opt: opt, products: map[string]int{}, patches: map[[2]string]int{}, edges: map[[2]string]int{}, members: map[member]bool{}}
	t.a = &advisory.Advisory{Format: "patches", Pos: advisory.Pos{File: opt.File}}
	lines := bufio.NewReaderSize(r, maxLine)
	for next := int64(0); ; {
		t.at = advisory.Pos{File: opt.File, Offset: next}
		raw, err := lines.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			err = fmt.Errorf("%w of %d bytes in a line", advisory.ErrLimit, maxLine)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, &advisory.DecodeError{Pos: t.at, Err: err}
		}
		next += int64(len(raw))
		t.line(strings.TrimSpace(strings.TrimPrefix(string(raw), "\ufeff")))
		if limit := opt.Room(t.items); limit != nil {
			return nil, &advisory.DecodeError{Pos: t.at, Err: limit}
		}
		if err != nil { // the end
			break
		}
	}
	t.a.PatchesComplete = t.complete && t.lost == 0
	return t.a, nil
}

// A reader is one text while it is read.
type reader struct {
	opt      advisory.DecodeOptions
	a        *advisory.Advisory
	at       advisory.Pos
	products map[string]int
	patches  map[[2]string]int // by name and level
	edges    map[[2]string]int // place among the successors of the older patch
	members  map[member]bool   // of scopes
	complete bool
	lost     int // lines that could not be read
	items    int
}

func (t *reader) fail(format string, args ...any) {
	if t.lost++; t.lost <= maxProblems {
		t.a.Problems = append(t.a.Problems, advisory.Problem{Code: "line-unread", Text: fmt.Sprintf(format, args...), Pos: t.at})
	}
}

// line reads one line.
func (t *reader) line(text string) {
	if text == "" || text[0] == '#' {
		return
	}
	fact, scope, scoped := strings.Cut(text+" ", " for ")
	words := strings.Fields(fact)
	if len(words) == 0 {
		t.fail("%.80q names no patch", text)
		return
	}
	if !scoped && t.head(words, strings.TrimSpace(strings.TrimPrefix(text, words[0]))) {
		return
	}
	products, ok := t.scope(scope, scoped)
	switch {
	case !ok:
		t.fail("%.80q names no products behind \"for\"", text)
	case len(words) == 1:
		t.record(words[0], "", products)
	case len(words) == 3 && words[1] == "replaces" && words[0] != words[2]:
		t.replaces(words[0], words[2], products)
	case len(words) >= 3 && words[1] == "level":
		t.record(words[0], strings.Join(words[2:], " "), products)
	default:
		t.fail("%.80q is no fact about a patch", text)
	}
}

// head reads a line about the text itself, and tells whether it is one.
func (t *reader) head(words []string, rest string) bool {
	switch {
	case words[0] == "complete" && rest == "":
		t.complete = true
	case words[0] == "id" && rest != "":
		t.a.ID = rest
	case words[0] == "publisher" && rest != "":
		t.a.Publisher.Name = rest
	case words[0] == "source" && (len(words) == 2 || len(words) == 3):
		t.a.References = append(t.a.References, advisory.Reference{URL: words[1]})
		if len(words) == 3 {
			date, err := time.Parse(time.DateOnly, words[2])
			if err != nil {
				t.fail("%.40q is no date", words[2])
				return true
			}
			t.a.Published, t.a.Modified = date, date
		}
	default:
		return false
	}
	t.items++
	return true
}

// scope reads "vendor | product; vendor | product". A scope that is there and names nothing is
// not ok: a limit must not become none.
func (t *reader) scope(text string, scoped bool) (products []int, ok bool) {
	if !scoped {
		return nil, true
	}
	for part := range strings.SplitSeq(text, ";") {
		vendor, name, _ := strings.Cut(part, "|")
		vendor, name = strings.TrimSpace(vendor), strings.TrimSpace(name)
		if vendor == "" || name == "" {
			return nil, false
		}
		key := vendor + "\x00" + name
		i, known := t.products[key]
		if !known {
			i = len(t.a.Products)
			t.products[key] = i
			t.a.Products = append(t.a.Products, advisory.Product{Vendor: vendor, Name: name, Pos: t.at})
		}
		t.items++
		products = append(products, i)
	}
	return products, true
}

// record adds a patch. What two lines say about one patch and level counts together; any
// product is wider than some.
func (t *reader) record(id, level string, products []int) *advisory.Patch {
	t.items++
	key := [2]string{id, level}
	i, known := t.patches[key]
	if !known {
		i = len(t.a.Patches)
		t.patches[key] = i
		t.a.Patches = append(t.a.Patches, advisory.Patch{ID: id, Level: level, Pos: t.at})
	}
	p := &t.a.Patches[i]
	p.Products = t.joined(p.Products, products, place{key, false}, known)
	return p
}

// replaces adds an edge from the older patch to the newer one. For which products the older
// one is besides is not said.
func (t *reader) replaces(newer, older string, products []int) {
	t.record(newer, "", products)
	old := t.record(older, "", nil)
	key := [2]string{older, newer}
	i, known := t.edges[key]
	if !known {
		i = len(old.SupersededBy)
		t.edges[key] = i
		old.SupersededBy = append(old.SupersededBy, advisory.Successor{ID: newer, Pos: t.at})
	}
	s := &old.SupersededBy[i]
	s.Products = t.joined(s.Products, products, place{key, true}, known)
}

// A place is a patch with its level, or an edge.
type place struct {
	key  [2]string
	edge bool
}

// A member is a product in the scope of a place.
type member struct {
	of      place
	product int
}

// joined returns the scope of a place together with that of one more line. A scope without
// products is any product.
func (t *reader) joined(scope, more []int, of place, known bool) []int {
	if known && len(scope) == 0 || len(more) == 0 {
		return nil
	}
	for _, p := range more {
		if m := (member{of, p}); !t.members[m] {
			t.members[m] = true
			scope = append(scope, p)
		}
	}
	return scope
}
