package match

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// scratch is what one question needs; it is reused and so allocates only while it grows.
type scratch struct {
	key      []byte  // of the product, as the catalog names it
	plain    []byte  // folded names before the catalog
	id       []byte  // identifier of the installation
	probe    []byte  // the same with its kind in front, as the index has it
	only     []int32 // the vulnerabilities that are asked about, sorted; nil for all
	hits     []hit
	votes    []vote
	release  vote   // of a release of the product, see hit.part
	all      []vote // before some were removed
	purlText string // how evidence names the purl of the installation
	read     installed
	patches  patchState
	point    installed // another version that is asked about
	// The keys of a way (see way.go): above which it begins, where it ends, and where it was
	// looked at so far.
	from, limit, step, spare []byte
	keys                     [maxLayers][]byte // of the installed version, see merged.place
	segments                 []claimSegment    // that hold it, see segmentsOf
	cell                     cell
	bare                     Installation // see withoutVersion

	judge       judge
	asked       []int32 // vulnerabilities
	sorted      []int32 // the same
	atoms       []atom
	answers     []Verdict
	hanging     bool     // a condition hangs on what is not known
	wide        bool     // so does how narrow a statement is
	built       bool     // a distributor built what is installed
	meant       [4]meant // of the last claims
	nextMeant   int
	droppedSaid StatusSet // what documents that do not count would say
	related     []related // products of conditions that are there
	relatedTo   uint8     // relations that were looked at
	scanning    bool      // the host of the last question is as it was
	host        *Host     // of the last question
	other       *scratch  // for questions about them
	fact        Installation
	texts       writer // of the evidence
}

// A hit is a claim whose product means the installed one.
type hit struct {
	claim int32
	about int32 // the vulnerability of the claim
	level product.Level
	by    byte  // kind of the identifier
	open  bool  // the purl leaves out what would tell: the release of a distribution ...
	wide  bool  // about all releases while one is installed, or found by the words of the CPE
	whole int16 // about a product that the installation is a part of: its place in PartOf, from 1
	part  bool  // about a release of the product that is installed, which may be another
	gone  bool  // wide, beside what the same document says about the installed one by itself
}

// begin forgets the last question.
func (m *Matcher) begin(s *scratch, in *Installation) {
	s.hits, s.key = s.hits[:0], s.key[:0]
	s.forgetRelated(in)
	s.judge = judge{m: m, s: s, in: in}
	_, s.built = in.Fact(advisory.FactBuild)
	s.meant = [len(s.meant)]meant{}
	s.patches.read = false
	s.patches.forget()
	s.read = installed{low: s.read.low[:0], high: s.read.high[:0]}
}

// identify fills s.hits with the claims about the installed product (step 1), sorted by
// vulnerability, document and statement. With possible, links that decide nothing are
// among them; without it those to a release of the product are, which keep it from being clear.
func (m *Matcher) identify(s *scratch, in *Installation, possible bool) {
	m.begin(s, in)
	if in.Product != "" {
		entry, level := m.resolveName(s, in)
		m.lookReleases(s, byName, entry, level)
		if entry == nil {
			from := len(s.hits)
			m.lookReleases(s, byWords, nil, level)
			if s.plain = m.catalog.AppendPortal(s.plain[:0], s.key); len(s.plain) > 0 {
				m.look(s, byWords, s.plain, min(level, product.Alias))
			}
			if in.CPE.IsValid() {
				m.keepCPE(s, from, in)
			}
		}
		if possible && len(s.key) > 0 && s.key[0] != '/' {
			// A statement without a vendor may mean any vendor's product of the name.
			s.plain = product.AppendKey(s.plain[:0], "", in.Product)
			m.look(s, byName, withoutRelease(s.plain), product.Possible)
		}
	}
	if in.CPE.IsValid() {
		s.id = in.CPE.AppendKey(s.id[:0])
		from := len(s.hits)
		m.look(s, byCPE, s.id, product.Exact)
		if vendor := bytes.IndexByte(s.id, ':'); vendor > 0 && m.patterns {
			m.look(s, byCPE, s.id[:vendor+1], product.Exact)
		}
		m.keepCPE(s, from, in, cpe.Vendor, cpe.Product)
		if entry, ok := m.catalog.LookupCPE(in.CPE); ok {
			if in.Product == "" {
				s.key = append(s.key[:0], entry.Key...)
			}
			s.id = append(s.id[:0], entry.Key...)
			from := len(s.hits)
			m.look(s, byName, s.id, product.Alias)
			m.keepCPE(s, from, in)
		} else {
			m.lookWords(s, in)
		}
	}
	if in.PURL.IsValid() {
		s.id = in.PURL.AppendKey(s.id[:0])
		from := len(s.hits)
		m.look(s, byPURL, s.id, product.Exact)
		kept := s.hits[:from]
		for _, h := range s.hits[from:] {
			if means := m.meansPURL(s, h.claim, in); means != vers.No {
				h.open = means == vers.Unknown
				kept = append(kept, h)
			}
		}
		s.hits = kept
	}
	m.lookNumbers(s, in)
	if in.Model != "" || in.Serial != "" || in.SKU != "" || len(in.Hashes) > 0 {
		s.hits = slices.DeleteFunc(s.hits, func(h hit) bool { return m.claim(h.claim).contradicts(in) })
	}
	if !possible {
		s.hits = slices.DeleteFunc(s.hits, func(h hit) bool { return h.level <= product.Possible && !h.part })
	}
	m.sortHits(s)
}

// resolveName makes s.key the key of the product by its names, as the catalog and the caller know
// them.
func (m *Matcher) resolveName(s *scratch, in *Installation) (entry *product.Entry, level product.Level) {
	vendor, inferred := in.maker()
	s.key, entry, level = m.catalog.Lookup(s.key, vendor, in.Product)
	if inferred {
		level = min(level, product.Alias)
	}
	if len(m.ask.denied) > 0 {
		s.plain = product.AppendKey(s.plain[:0], vendor, in.Product)
		if m.ask.denies(withoutRelease(s.key), s.plain) {
			s.key, entry, level = append(s.key[:0], s.plain...), nil, product.Name
		}
	}
	s.read.release = s.key[min(len(s.key), len(withoutRelease(s.key))+1):]
	return entry, level
}

// maker returns the vendor of an installation. Where the inventory names none, the bundle
// identifier of a macOS application tells it: com.google.Chrome is of Google.
func (in *Installation) maker() (vendor string, inferred bool) {
	if product.IsPlaceholder(in.Vendor) {
		if bundle := in.Facts["bundle"]; bundle != "" {
			return bundle, true
		}
	}
	return in.Vendor, false
}

// lookReleases looks for the product of s.key. What is said about a release is about no other
// one; what is said about the product without one is about each; and a product that is named
// without its release may be any.
func (m *Matcher) lookReleases(s *scratch, kind byte, entry *product.Entry, level product.Level) {
	m.look(s, kind, s.key, level)
	if base := withoutRelease(s.key); len(base) < len(s.key) {
		m.look(s, kind, base, min(level, product.Alias))
	} else {
		s.plain = append(append(s.plain[:0], base...), anyRelease)
		from := len(s.hits)
		m.look(s, kind, s.plain, min(level, product.Alias))
		for i := range s.hits[from:] {
			s.hits[from+i].part = s.hits[from+i].level <= product.Possible
		}
	}
	for range maxWholes {
		whole, ok := m.catalog.Whole(entry)
		if !ok {
			return
		}
		s.plain = append(s.plain[:0], whole.Key...)
		from := len(s.hits)
		m.look(s, byName, s.plain, min(level, product.Alias))
		for i := range s.hits[from:] {
			s.hits[from+i].wide = true
		}
		entry = whole
	}
}

// maxWholes is how often a release is looked at as one of a product: Windows 10 1809 as Windows
// 10, and that as Windows.
const maxWholes = 3

// anyRelease stands behind the key of a product whose claims are about one of its releases.
const anyRelease = '@'

// withoutRelease returns the part of a product's key in front of its release.
func withoutRelease(key []byte) []byte {
	if i := bytes.IndexByte(key, anyRelease); i >= 0 {
		return key[:i]
	}
	return key
}

// postName enters a claim under the name of its product: under its key, and for those who do not
// know the release under the product's.
func (m *Matcher) postName(post poster, key []byte, entry *product.Entry, level product.Level) {
	post(byName, key, level)
	if key := m.catalog.AppendPortal(nil, key); entry == nil && len(key) > 0 {
		post(byName, key, min(level, product.Alias))
	}
	base := withoutRelease(key)
	if len(base) < len(key) {
		post(byName, append(bytes.Clone(base), anyRelease), product.Possible)
	}
	if whole, ok := m.catalog.Whole(entry); ok {
		post(byName, append([]byte(whole.Key), anyRelease), product.Possible)
	}
}

// look appends the claims that an identifier leads to. A link is as sure as the less sure
// of its two sides.
func (m *Matcher) look(s *scratch, kind byte, key []byte, level product.Level) {
	s.probe = append(append(s.probe[:0], kind), key...)
	m.eachPosting(s.probe, func(claim int32, sure product.Level) {
		about := m.about(claim)
		if s.only != nil {
			if about == anyAbout && len(s.only) > 0 {
				about = s.only[0]
			}
			if _, wanted := slices.BinarySearch(s.only, about); !wanted {
				return
			}
		}
		s.hits = append(s.hits, hit{claim: claim, about: about, level: min(level, sure), by: kind})
	})
}

// sortHits sorts by vulnerability, then as the claims were entered, and keeps the surest
// hit of each claim: for the installation, and for each product that it is a part of.
func (m *Matcher) sortHits(s *scratch) {
	slices.SortFunc(s.hits, func(a, b hit) int {
		if a.about != b.about {
			return int(a.about) - int(b.about)
		}
		if a.claim != b.claim {
			return int(a.claim) - int(b.claim)
		}
		if a.whole != b.whole {
			return int(a.whole) - int(b.whole)
		}
		switch {
		case a.open && !b.open:
			return 1
		case b.open && !a.open:
			return -1
		}
		return int(b.level) - int(a.level)
	})
	s.hits = slices.CompactFunc(s.hits, func(a, b hit) bool { return a.claim == b.claim && a.whole == b.whole })
	m.narrow(s)
}

// narrow removes what a document says about all releases of a product, or about what is named like
// the words of a CPE, where it speaks about the installed one by itself.
func (m *Matcher) narrow(s *scratch) {
	if !slices.ContainsFunc(s.hits, func(h hit) bool { return h.wide }) {
		return
	}
	for from := 0; from < len(s.hits); {
		to := m.group(s.hits, from)
		for i := from; i < to; i++ {
			h := &s.hits[i]
			h.gone = h.wide && slices.ContainsFunc(s.hits[from:to], func(o hit) bool {
				return !o.wide && o.level >= product.Alias && m.claim(o.claim).source == m.claim(h.claim).source
			})
		}
		from = to
	}
	s.hits = slices.DeleteFunc(s.hits, func(h hit) bool { return h.gone })
}

// group returns the end of the run of hits of one vulnerability.
func (m *Matcher) group(hits []hit, from int) int {
	to := from + 1
	for to < len(hits) && hits[to].about == hits[from].about {
		to++
	}
	return to
}

// hitsOf returns the run of sorted hits that are about a vulnerability.
func (m *Matcher) hitsOf(hits []hit, vulnerability int32) []hit {
	from, found := slices.BinarySearchFunc(hits, vulnerability, func(h hit, v int32) int { return cmp.Compare(h.about, v) })
	if !found {
		return nil
	}
	return hits[from:m.group(hits, from)]
}
