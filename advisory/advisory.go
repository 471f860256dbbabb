package advisory

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An Advisory is one document: who speaks, about which products and vulnerabilities, and
// what is stated. Decoders make them and nobody changes them afterwards; a document that is
// shared between goroutines is only read. The zero Advisory says nothing.
type Advisory struct {
	Format     string    // "cve", "csaf", "osv" ...; "affected" for the library's own form
	ID         string    // the document's own id
	Title      string    //
	TLP        string    // label of the Traffic Light Protocol as written, "" when not said: "AMBER"
	Publisher  Publisher //
	Revision   string    // as written; compared number by number
	State      State     //
	Published  time.Time // zero: not said
	Modified   time.Time // zero: not said
	Withdrawn  time.Time // zero: not withdrawn
	Expires    time.Time // the first moment at which it does not count any more; zero: no end
	Supersedes []string  // ids of documents that this one replaces

	Products        []Product
	Vulnerabilities []Vulnerability
	Statements      []Statement
	References      []Reference

	// Patches are records of patches, and which of them replace others. PatchesComplete says
	// that the publisher has recorded every patch of its own that replaces another one.
	Patches         []Patch
	PatchesComplete bool

	// Problems are what the decoder met and could not turn into statements.
	Problems []Problem

	// SHA256 is that of the bytes of the document, in hexadecimal. Decode fills it in where the
	// document does not say of which other text it was made (see JSON); "" when not known.
	SHA256 string

	Pos Pos
}

// A State tells drafts and rejected documents from those that count.
type State uint8

// The states of a document. The zero value is Final.
const (
	Final State = iota
	Interim
	Draft
	Rejected
)

var stateNames = [...]string{"final", "interim", "draft", "rejected"}

// String returns the state in lower case.
func (s State) String() string { return stateNames[min(s, Rejected)] }

// A Publisher is who speaks.
type Publisher struct {
	Name string // as in the document; for CVE the short name of the assigner
	Rank Rank
}

// A Rank orders sources when they contradict each other. The zero value is RankThirdParty.
type Rank uint8

// The ranks in ascending order.
const (
	RankThirdParty  Rank = iota // anybody
	RankAggregator              // collects what others say (NVD, a vulnerability database)
	RankCoordinator             // coordinates between finder and vendor (a CERT)
	RankDistributor             // builds and ships the product of others
	RankVendor                  // makes the product
	RankOperator                // runs the installation: the caller's own decision
)

var rankNames = [...]string{"third_party", "aggregator", "coordinator", "distributor", "vendor", "operator"}

// String returns the rank in lower case.
func (r Rank) String() string { return rankNames[min(r, RankOperator)] }

// MarshalText returns the word of the rank.
func (r Rank) MarshalText() ([]byte, error) {
	if r > RankOperator {
		return nil, fmt.Errorf("rank %d does not exist", r)
	}
	return []byte(r.String()), nil
}

// UnmarshalText reads the word of a rank.
func (r *Rank) UnmarshalText(text []byte) error {
	for i, name := range rankNames {
		if name == string(text) {
			*r = Rank(i)
			return nil
		}
	}
	return fmt.Errorf("unknown rank %q", text)
}

// A Vulnerability is what a document calls by one id.
type Vulnerability struct {
	ID          string   // the CVE id where there is one
	Aliases     []string // other ids
	Title       string
	Description string
	Severities  []Severity
	References  []Reference
	Published   time.Time
	Exploited   bool // a source says that it is exploited
	Events      []Event
	Pos         Pos
}

// An Event is something that happened around a vulnerability, as somebody tells it.
type Event struct {
	Time   time.Time // zero: not said
	Text   string
	Source string // who tells, "" for the publisher
}

// A Severity is a score as somebody gave it.
type Severity struct {
	Type   string  // "CVSS:3.1", "SSVC"
	Vector string  // as written
	Score  float64 // 0 where none was given
	Source string  // who scored, "" for the publisher
}

// A Reference is a link.
type Reference struct {
	URL  string
	Tags []string
}

// A Product is a product as the document identifies it. Fields may be empty.
type Product struct {
	ID     string   // the id inside the document, "" where there is none
	Vendor string   // as written
	Name   string   // as written
	PURLs  []string // package URLs; a version in one limits the product to it
	CPEs   []string // CPE names of the product; their version is no range
	// Models, Serials and SKUs are numbers of the vendor, as patterns in the syntax
	// product.Glob; those of other syntaxes are rewritten by product.Pattern.Glob.
	Models, Serials, SKUs []string
	Hashes                []Hash
	Tags                  []string // SWID tag ids and other URIs that name the product
	Pos                   Pos
}

// A Hash is the digest of a file of a product.
type Hash struct {
	Algorithm string // "sha256", in lower case without punctuation
	Value     string // hexadecimal digits, in lower case
}

// A Statement is one thing said: on these versions of these products the vulnerability has
// this status.
type Statement struct {
	Vulnerability int   // index in Advisory.Vulnerabilities
	Products      []int // indexes in Advisory.Products
	Where         Condition
	Spans         []Span
	Default       Default
	Parts         bool   // it speaks for all that is inside the products, too (VEX)
	Justification string // the publisher's own word for not affected
	Remediations  []Remediation
	FixedBy       [][]string // patches that fix it: alternatives, each the list of all that is needed
	Modified      time.Time  // zero: as the document
	Pos           Pos
}

// A Default says what holds for versions that no span names. It is not a Status, because
// saying "unknown" is not the same as saying nothing.
type Default uint8

// The defaults. The zero value is DefaultSilent.
const (
	// DefaultSilent: the statement says nothing about other versions.
	DefaultSilent Default = iota
	// DefaultUndeclared: the format has a default and the publisher gave none. Beyond an
	// explicit upper bound a version is Fixed by inference, elsewhere Unknown (CVE 5.x).
	DefaultUndeclared
	// DefaultUnknown: the publisher says that it is not known.
	DefaultUnknown
	// DefaultAffected and DefaultNotAffected: said so.
	DefaultAffected
	DefaultNotAffected
	// DefaultComplete: the spans are all that is affected, as a set: ranges are joined, and
	// what none of them holds is not affected, behind an upper bound too (NVD).
	DefaultComplete
)

var defaultNames = [...]string{"silent", "undeclared", "unknown", "affected", "not_affected", "complete"}

// String returns the word of the default.
func (d Default) String() string { return defaultNames[min(d, DefaultComplete)] }

// A Span is a stretch of versions with one status, as the publisher wrote it. One of these
// forms is used:
//
//	Version               one version, or a text that names versions ("< 6.4", "all")
//	From, Before          from From (included) to Before (not included)
//	From, Through         from From to Through, both included
//
// From alone, or an empty Before, has no upper bound. Bounds are texts; Resolve reads them.
type Span struct {
	Version string
	From    string
	Before  string
	Through string
	Bounded bool     // the form is a range even when all bounds are empty
	Hint    string   // the version type that the document claims: "semver"; only a hint
	Changes []Change // status changes inside the span
	Status  Status
	// Word is the publisher's own word for the status where it says more than the status:
	// "first_fixed", "last_affected", "recommended".
	Word string
	Pos  Pos
}

// HintExact is the hint of a span whose Version names one version and no other, whatever its
// text is: "1.x" is a version of that name. Formats with plain lists of versions use it (OSV,
// CSAF). Behind a blank it may name the scheme: "exact rpm".
const HintExact = "exact"

// isExact tells whether the span names one version by its text.
func (s *Span) isExact() bool {
	rest, ok := strings.CutPrefix(s.Hint, HintExact)
	return ok && (rest == "" || rest[0] == ' ')
}

// A Change is a version from which another status holds, on its branch.
type Change struct {
	At     string
	Status Status
	Pos    Pos
}

// IsRange tells whether the span has the form of a range.
func (s *Span) IsRange() bool {
	return s.Bounded || s.From != "" || s.Before != "" || s.Through != ""
}

// IsAll tells whether the span names all versions.
func (s *Span) IsAll() bool {
	if s.IsRange() {
		return isOpen(clean(s.Version)) && isOpen(clean(s.From)) && isOpen(clean(s.Before)) && isOpen(clean(s.Through)) && len(s.Changes) == 0
	}
	return isAll(clean(s.Version)) && len(s.Changes) == 0
}

// IsOne tells whether the span names one version and no other.
func (s *Span) IsOne() bool {
	return !s.IsRange() && len(s.Changes) == 0 && (s.isExact() || isName(clean(s.Version)))
}

// A Remediation is what the publisher offers or advises.
type Remediation struct {
	Category string // "vendor_fix", "workaround", "none_available", "no_fix_planned" ...
	Text     string
	URL      string
	Date     time.Time // since when; zero: not said
	Restart  string    // what has to be restarted then, in the publisher's word: "system"
	Spans    []int     // indexes of the spans of the statement that it is for; nil: the statement
	Pos      Pos
}

// IsFor tells whether the remediation is for a span of its statement, -1 standing for the
// versions that no span names.
func (r *Remediation) IsFor(span int) bool { return r.Spans == nil || slices.Contains(r.Spans, span) }

// A Pos is a place in a document. The zero Pos is unknown.
type Pos struct {
	File    string // name of the file or stream, as the caller gave it
	Offset  int64  // of the document in the stream, plus the place in it, in bytes
	Pointer string // JSON pointer (RFC 6901) in the document
}

// String returns "file#/pointer", with the offset where there is no pointer.
func (p Pos) String() string {
	switch {
	case p.Pointer != "":
		return p.File + "#" + p.Pointer
	case p.Offset > 0:
		return p.File + "@" + strconv.FormatInt(p.Offset, 10)
	default:
		return p.File
	}
}

// String returns the span in the publisher's own words: version "2019 (14.0)", less than
// "Build 7190", type "semver", affected.
func (s *Span) String() string {
	var b strings.Builder
	part := func(name, value string) {
		if value == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(name + " " + strconv.Quote(value))
	}
	part("version", s.Version)
	part("from", s.From)
	part("less than", s.Before)
	part("up to", s.Through)
	part("type", s.Hint)
	for _, c := range s.Changes {
		part(c.Status.String()+" from", c.At)
	}
	part("group", s.Word)
	return b.String() + ", " + s.Status.String()
}
