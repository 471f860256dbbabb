package match

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
)

// A building is a matcher in the making.
type building struct {
	m            *Matcher
	b            *built
	main, others *indexer // others: of the products of conditions
	otherOrigins []origin
	otherClaims  []*claim
	ids          *joinedIDs
	keys         []int32         // of the index, by vulnerability
	byKey        []int32         // the vulnerabilities plus one, by the keys of their ids
	complete     map[string]bool // by publisher of patches: it says that it recorded all
	identities   []int32         // by product of the document that is entered, -1: not asked for
	meant        []string
	about        []int32
	buf          []byte
	reader       documentReader
}

func newBuilding(b *built) *building {
	return &building{m: b.m, b: b, main: newIndexer(b.m), others: newIndexer(b.m.others), ids: joinIDs(b.docs.fronts(), b.dropped),
		complete: map[string]bool{}}
}

// add enters one document.
func (n *building) add(source int32) error {
	a, err := n.b.docs[source].open(&n.reader)
	if err != nil {
		return err
	}
	if n.b.dropped[source] == "" {
		n.b.addPatches(source, a)
		if len(a.Patches) > 0 || a.PatchesComplete {
			n.complete[a.Publisher.Name] = n.complete[a.Publisher.Name] || a.PatchesComplete
		}
	}
	n.identities = n.identities[:0]
	for range a.Products {
		n.identities = append(n.identities, -1)
	}
	vulnerability := -1
	for i, said := range sayingsOf(a, func(p int) *product.Entry { return n.main.entries[n.identity(a, p)] }) {
		n.addOthers(source, a, &said.Where)
		n.b.enterRemedies(&said)
		if said.Vulnerability != vulnerability {
			vulnerability = said.Vulnerability
			n.mean(&a.Vulnerabilities[vulnerability], n.b.dropped[source] == "")
		}
		for _, v := range n.about {
			for _, p := range said.products {
				s := origin{source: source, saying: int32(i), product: int32(p), vulnerability: v, identity: n.identity(a, p)}
				n.main.enter(int32(len(n.b.origins)), s.identity)
				n.b.origins = append(n.b.origins, s)
			}
		}
	}
	return nil
}

// identity returns the identity of a product of the document that is entered.
func (n *building) identity(a *advisory.Advisory, p int) int32 {
	if n.identities[p] < 0 {
		n.identities[p] = n.main.identity(a, p)
	}
	return n.identities[p]
}

// mean fills n.about with the vulnerabilities as which one is reported.
func (n *building) mean(v *advisory.Vulnerability, counts bool) {
	n.meant, n.about = n.ids.appendMeant(n.meant[:0], v), n.about[:0]
	if !counts {
		n.meant = n.ids.appendDropped(n.meant, v)
	}
	for _, id := range n.meant {
		key := n.idKey(id)
		for int(key) >= len(n.byKey) {
			n.byKey = append(n.byKey, 0)
		}
		if n.byKey[key] == 0 {
			n.main.index.post(key, uint32(len(n.keys)))
			n.keys = append(n.keys, key)
			n.byKey[key] = int32(len(n.keys))
		}
		n.about = append(n.about, n.byKey[key]-1)
	}
}

// idKey returns the number of an id in the index.
func (n *building) idKey(id string) int32 {
	n.buf = append(n.buf[:0], id...)
	return n.main.index.key(byID, n.buf)
}

// addAliases leads from the other ids of vulnerabilities to those as which they are reported.
// What a document that does not count calls by an id leads nowhere.
func (n *building) addAliases() {
	for i, a := range n.b.docs.fronts() {
		if n.b.dropped[i] != "" {
			continue
		}
		for j := range a.Vulnerabilities {
			v := &a.Vulnerabilities[j]
			n.meant = n.ids.appendMeant(n.meant[:0], v)
			for _, id := range n.meant {
				n.buf = append(append(n.buf[:0], byID), id...)
				key, ok := n.main.index.texts.find(n.buf)
				if !ok || int(key) >= len(n.byKey) || n.byKey[key] == 0 {
					continue
				}
				for alias := range idsOf(v) {
					if !isCVE(alias) {
						n.main.index.post(n.idKey(alias), uint32(n.byKey[key]-1))
					}
				}
			}
		}
	}
}

// addOthers enters the products of a condition, each once with its versions: a platform is named
// by very many documents, and asked once.
func (n *building) addOthers(source int32, a *advisory.Advisory, where *advisory.Condition) {
	for c := range where.Leaves() {
		if !isProduct(c, a) {
			continue
		}
		maker := a.Identified(c.Product, n.m.catalog)
		n.buf = appendOther(n.buf[:0], &maker, c.Spans)
		if _, known := n.b.otherClaims[string(n.buf)]; known {
			continue
		}
		i := int32(len(n.otherClaims))
		n.b.otherClaims[string(n.buf)] = i
		s := origin{source: source, product: int32(c.Product), identity: n.others.identity(a, c.Product)}
		one := &claim{content: content{source: s.source, product: s.product, identity: n.others.identities[s.identity], criteria: true}}
		one.settle()
		if len(c.Spans) > 0 {
			one.timeline = advisory.Resolve(&advisory.Statement{Spans: c.Spans, Products: []int{c.Product}}, &maker, n.m.resolving())
		}
		n.others.enter(i, s.identity)
		n.otherOrigins, n.otherClaims = append(n.otherOrigins, s), append(n.otherClaims, one)
	}
}

// appendOther appends what tells the products of conditions apart, with their versions.
func appendOther(dst []byte, p *advisory.Product, spans []advisory.Span) []byte {
	dst = appendProduct(dst, p)
	for i := range spans {
		s := &spans[i]
		for _, text := range [...]string{s.Version, s.From, s.Before, s.Through, s.Hint} {
			dst = appendRecord(dst, text)
		}
		dst = append(dst, byte(s.Status))
		if s.Bounded {
			dst[len(dst)-1] |= 1 << 7
		}
		dst = binary.AppendUvarint(dst, uint64(len(s.Changes)))
		for _, c := range s.Changes {
			dst = append(appendRecord(dst, c.At), byte(c.Status))
		}
	}
	return dst
}

// maxClaims bounds the number of claims, so that the index can hold them with their levels.
const maxClaims = math.MaxUint32 >> levelBits

// errFull is the error of documents that no compiled form can hold.
var errFull = errors.New("more than the 4 GiB of a compiled form")

// finish makes the matcher of what was entered.
func (n *building) finish() error {
	m, b := n.m, n.b
	if len(b.origins) > maxClaims || n.main.index.texts.full {
		return fmt.Errorf("%d claims: %w", len(b.origins), errFull)
	}
	b.finishPatches(n.complete)
	b.identities = n.main.identities
	b.told.resize(len(b.docs))
	b.opened.resize(len(b.docs))
	m.sources.resize(len(b.docs))
	var numbers []int32
	m.index, numbers = n.main.index.finish()
	for _, key := range n.keys {
		m.ids = binary.LittleEndian.AppendUint32(m.ids, uint32(numbers[key]))
	}
	m.names.resize(len(n.keys))
	m.made.resize(len(b.origins))
	m.merged.made.resize(m.index.len())
	m.own.resize(len(b.docs))
	m.others.body = &built{m: m.others, origins: n.otherOrigins}
	m.others.index, _ = n.others.index.finish()
	m.others.made.resize(len(n.otherClaims))
	for i, c := range n.otherClaims {
		m.others.made.put(i, c)
	}
	return nil
}
