package match

import (
	"fmt"
	"iter"

	"github.com/affected-go/affected/advisory"
)

// Advisories yields the documents that the matcher was compiled from, those that do not count
// included. They are shared and must not be changed. A [Builder] takes them, so that sets are
// merged, or brought up to date, without the files that they came from:
//
//	b := match.NewBuilder(match.Options{})
//	err := errors.Join(b.AddAll(ctx, one.Advisories()), b.AddAll(ctx, other.Advisories()))
//	m, buildErr := b.Build()
//
// The result is that of compiling all of the documents at once, to the byte; what both sets hold
// counts once. A newer revision of a document stands beside the older one, which does not count
// any more; leave the older one out when the evidence need not name it. A document of a damaged
// file is an ErrFile, and the sequence goes on.
func (m *Matcher) Advisories() iter.Seq2[*advisory.Advisory, error] {
	return func(yield func(*advisory.Advisory, error) bool) {
		for i := range m.body.documentCount() {
			a, err := m.body.original(int32(i))
			if err != nil {
				a, err = nil, fmt.Errorf("document %d: %w", i, err)
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

func (f *flatFile) original(i int32) (*advisory.Advisory, error) {
	return originalOf(f.documents.record(int(i)))
}

func (b *built) original(i int32) (*advisory.Advisory, error) {
	if d := &b.docs[i]; d.doc == nil {
		return originalOf(d.record())
	}
	return b.docs[i].doc, nil
}

// originalOf returns a document as it was added, without the digest of its own form, which
// unpacking gives to those that had none.
func originalOf(record []byte) (*advisory.Advisory, error) {
	file, text, err := new(documentReader).text(record)
	if err != nil {
		return nil, err
	}
	a, err := readOwnForm(file, text)
	if err != nil {
		return nil, err
	}
	if a.SHA256 == digestOfText(text) {
		a.SHA256 = ""
	}
	return a, nil
}
