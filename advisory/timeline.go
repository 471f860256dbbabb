package advisory

import (
	"strings"

	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// A Timeline is what a statement says about a product, compiled: stretches of versions
// with one status each, sorted by key. It is made by [Resolve], read-only and safe for
// concurrent use. The zero Timeline knows nothing.
type Timeline struct {
	// Scheme orders the versions, nil when no bound of the statement names one.
	Scheme vers.Scheme
	// SchemeRule says in a few words why it is this scheme.
	SchemeRule string
	// Entry is the catalog entry of the product, nil when there is none.
	Entry *product.Entry
	// Segments are sorted and disjoint, and cover every line that the statement names.
	Segments []Segment

	// What every question reads as well stands with them.
	texts   map[string]named // versions that only compare as text, folded
	numbers int              // the most numbers that a bound has
	depth   int              // numbers that make a branch, as far as the bounds show
	unread  StatusSet        // statuses of the spans that could not be read
	commits bool             // the statement names commits only

	// Other is the answer on lines that the statement does not name.
	Other Outcome
	// Problems are the texts that could not be read, and bounds that contradict.
	Problems []Problem

	spans    []Span // of the statement
	schemes  *vers.Schemes
	name     string    // what stands in front of the versions that were read
	names    bool      // not the same in front of each
	releases []release // the spans with HintCPE
	onlyCPEs bool      // there are no others, as a compiled form says
}

// A named is a version that a span names by its text.
type named struct {
	span     int
	status   Status
	reason   Reason // of Unknown, when spans contradict each other
	possible StatusSet
}

// A Segment is a stretch of versions of one line.
type Segment struct {
	// Low and High are keys with their line part; High is not included.
	Low, High string
	// LowText and HighText are the bounds as the publisher wrote them, "" for none.
	LowText, HighText string
	// LowOpen: LowText itself is below the stretch. HighClosed: HighText itself is in it.
	LowOpen, HighClosed bool
	Outcome
}

// An Outcome is an answer with what led to it.
type Outcome struct {
	Status   Status
	Reason   Reason    // for Unknown and NoStatement
	Possible StatusSet // for Unknown: what it may be
	Inferred bool      // no word of the publisher says so directly
	If       string    // words under which it holds, for the caller to judge; "" for always
	Rule     string    // the rule that was applied, in a few words
	Span     int       // index of the span that speaks, -1 for none
}

// Line returns the name of the line of the segment, "" for the usual one.
func (s *Segment) Line() string {
	if i := strings.IndexByte(s.Low, 0); i >= 0 {
		return s.Low[:i]
	}
	return ""
}

// String returns the segment in the notation of mathematics: "[10.2.0, 10.2.9-h1) affected".
func (s *Segment) String() string {
	open, low, high, end := "(", "-", "-", ")"
	if s.LowText != "" {
		if low = s.LowText; !s.LowOpen {
			open = "["
		}
	}
	if s.HighText != "" {
		if high = s.HighText; s.HighClosed {
			end = "]"
		}
	}
	text := open + low + ", " + high + end + " " + s.Status.String()
	if line := s.Line(); line != "" {
		text = line + " " + text
	}
	return text
}

// At returns the answer for a version given by its key, the length of its line part being
// n, and the segment that was hit, -1 for none. It allocates nothing.
func (t *Timeline) At(key []byte, n int) (Outcome, int) {
	if t.commits {
		return t.commitsOnly(), -1
	}
	i := t.find(key)
	if i < 0 {
		return t.soften(t.other(key[:n])), -1
	}
	return t.soften(t.Segments[i].Outcome), i
}

// Within returns the answer for a version that only names a branch, given by the bounds of
// the branch: that of all its versions when they agree, else Unknown with Imprecise.
func (t *Timeline) Within(low, high []byte, n int) (Outcome, int) {
	if t.commits {
		return t.commitsOnly(), -1
	}
	i := t.find(low)
	if i < 0 {
		return t.soften(t.other(low[:n])), -1
	}
	out := t.Segments[i].Outcome
	possible := possibleOf(out)
	for j := i + 1; j < len(t.Segments) && t.Segments[j].Low < string(high); j++ {
		possible = possible.Union(possibleOf(t.Segments[j].Outcome))
		if t.Segments[j].Status != out.Status || t.Segments[j].If != out.If {
			out = Outcome{Status: Unknown, Reason: Imprecise, Span: -1,
				Rule: "the installed version names a branch that is affected in part"}
		}
	}
	if out.Status == Unknown {
		out.Possible = possible
	}
	return t.soften(out), i
}

// OtherCount tells whether a version, given by its key, seems to count in another way than the
// bounds of the segment that holds it, as [vers.OtherCount] has it, so that the answer of the
// segment means nothing for it. Only an answer that clears can do harm, and that of a vendor's
// scheme: ecosystems have one way to count.
func (t *Timeline) OtherCount(segment int, key []byte) bool {
	if segment < 0 || segment >= len(t.Segments) {
		return false
	}
	s := &t.Segments[segment]
	switch s.Status {
	case NotAffected, Fixed, NoStatement:
		return (vers.OtherCount(key, s.Low) || vers.OtherCount(key, s.High)) && t.vendorScheme()
	}
	return false
}

// IsShort tells whether a version has one or two numbers only under the scheme of a vendor, and so may
// name all that begin with them.
func (t *Timeline) IsShort(version string) bool {
	return countNumbers(version) <= maxBranchNumbers && t.vendorScheme()
}

// Splits tells whether the statement says something else about versions that begin with the numbers
// of one that a segment holds, given by its key, and go on with another, up to the end of its branch:
// "9" of an inventory is seldom the version 9.0.0, beside which 9.0.74 is affected.
func (t *Timeline) Splits(segment int, key, end []byte) bool {
	for i := segment + 1; i < len(t.Segments); i++ {
		s := &t.Segments[i]
		if s.Low >= string(end) || !vers.Longer(key, s.Low) {
			return false
		}
		if s.Status != t.Segments[segment].Status {
			return true
		}
	}
	return false
}

// Text returns the answer for a version that compares only by its text, and false when the
// statement does not name that text. The scratch buffer avoids an allocation.
func (t *Timeline) Text(version string, scratch []byte) (Outcome, bool) {
	if len(t.texts) == 0 {
		return Outcome{}, false
	}
	n, ok := t.texts[string(appendFolded(scratch[:0], version))]
	if !ok {
		return Outcome{}, false
	}
	out := Outcome{Status: n.status, Reason: n.reason, Possible: n.possible, Span: n.span, Rule: "the text of the version is named"}
	if n.status == Unknown && n.reason == NoReason {
		out.Reason = NoData
	}
	return out, true
}

// Any returns what the statement says whatever the version is: the one status of all
// versions, or Unknown with the reason given.
func (t *Timeline) Any(reason Reason, rule string) Outcome {
	if t.commits {
		return t.commitsOnly()
	}
	if t.Scheme == nil {
		return t.Other
	}
	possible := possibleOf(t.Other)
	one := len(t.Segments) == 0
	if !one {
		possible = 0
		one = true
		for i := range t.Segments {
			possible = possible.Union(possibleOf(t.Segments[i].Outcome))
			one = one && t.Segments[i].Status == t.Segments[0].Status
		}
		if t.Other.Status != t.Segments[0].Status {
			one, possible = false, possible.Union(possibleOf(t.Other))
		}
	}
	out := t.Other
	for i := range t.Segments {
		if i == 0 || out.Span < 0 { // what a span states comes before a default
			out = t.Segments[i].Outcome
		}
	}
	for _, n := range t.texts {
		possible = possible.Union(n.possible).With(n.status)
		one = one && n.reason == NoReason && n.status == out.Status
	}
	if one {
		return t.soften(out)
	}
	return Outcome{Status: Unknown, Reason: reason, Possible: possible.Union(t.unread), Rule: rule, Span: -1}
}

// Release returns the part of an installed version that the statement speaks about. Where
// no bound has more than three numbers (or whatever the statement uses, but three at the
// least), further numbers of the installed version are the build of a release: 23.9.7.8804
// is 23.9.7 for a statement "up to 23.9.7" (CVE-2024-1709). Schemes of ecosystems, where
// every number counts, are left alone. It allocates nothing.
func (t *Timeline) Release(version string) string {
	if t.numbers < 3 || !t.vendorScheme() {
		return version
	}
	n, end := 0, len(version)
	for i := 0; i < len(version); i++ {
		switch c := version[i]; {
		case isDigit(c):
			if i == 0 || !isDigit(version[i-1]) {
				if n++; n == t.numbers+1 {
					end = i
				}
			}
		case c != '.' && !(i == 0 && c|0x20 == 'v'):
			return version // words say what the numbers behind them mean
		}
	}
	return strings.TrimRight(version[:end], ".")
}

// noteName remembers what stood in front of a version that was read.
func (t *Timeline) noteName(name string) {
	switch {
	case name == "" || strings.EqualFold(name, t.name):
	case t.name == "":
		t.name = name
	default:
		t.names = true
	}
}

// Bare returns an installed version without the words that stand in front of the versions
// of the statement as well ("MX-V4.3.2.45" beside "MX-V4.7.2.18"), and false when there are
// none or it has others: versions behind different words do not compare.
func (t *Timeline) Bare(version string) (string, bool) {
	n := len(t.name)
	if n == 0 || t.names || len(version) <= n || !strings.EqualFold(version[:n], t.name) {
		return "", false
	}
	bare := strings.TrimLeft(version[n:], " -_:")
	return bare, bare != ""
}

// vendorScheme tells whether the scheme is one of those for products that have no
// ecosystem.
func (t *Timeline) vendorScheme() bool {
	if t.Scheme == nil {
		return false
	}
	name := t.Scheme.Name()
	return name == "vendor" || name == "dotted" || strings.HasPrefix(name, "ladder(")
}

// Speaks tells whether the statement says something about versions at all; one that names
// commits only is beside the point for a version.
func (t *Timeline) Speaks() bool { return !t.commits }

// find returns the segment that holds key, -1 when the line is not named.
func (t *Timeline) find(key []byte) int {
	low, high := 0, len(t.Segments)
	for low < high {
		if middle := (low + high) / 2; t.Segments[middle].Low > string(key) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	i := low - 1
	if i < 0 || t.Segments[i].High <= string(key) {
		return -1
	}
	return i
}

// other is the answer on a line that no segment names.
func (t *Timeline) other(line []byte) Outcome {
	out := t.Other
	if out.Status == Unknown && out.Reason == NotListed && len(t.Segments) > 0 {
		out.Reason = OtherLine
	}
	if (out.Status == NotAffected || out.Status == NoStatement) && len(t.Segments) > 0 && t.isSet() && !t.hasForm(line) {
		return Outcome{Status: Unknown, Reason: OtherLine, Possible: SetOf(Affected, out.Status), Span: -1,
			Rule: "no version of the statement is written as the installed one is, so that it may be about something else"}
	}
	return out
}

// isSet tells whether the versions of the product have no order.
func (t *Timeline) isSet() bool { return t.Scheme != nil && t.Scheme.Name() == "set" }

// hasForm tells whether a version without order, of which the line is all there is, is written as
// one of the statement: KERNEL 7.53 and KERNEL 7.85 are, SAP_BASIS 755 and 430 beside 4.3 are not.
func (t *Timeline) hasForm(line []byte) bool {
	for i := range t.Segments {
		if sameForm(line, t.Segments[i].Low) {
			return true
		}
	}
	return false
}

// sameForm tells whether two texts differ in their digits only, up to their ends or a NUL.
func sameForm(a []byte, b string) bool {
	i, j := 0, 0
	for {
		for i < len(a) && isDigit(a[i]) {
			i++
		}
		for j < len(b) && isDigit(b[j]) {
			j++
		}
		endA, endB := i == len(a) || a[i] == 0, j == len(b) || b[j] == 0
		if endA || endB {
			return endA && endB
		}
		if a[i] != b[j] {
			return false
		}
		i, j = i+1, j+1
	}
}

// soften applies the safety law: a span that could not be read may say anything about this
// version, so it turns every answer but Affected into Unknown; and Affected too when only
// the default says so and what could not be read says the opposite.
func (t *Timeline) soften(out Outcome) Outcome { return soften(out, t.unread) }

func soften(out Outcome, unread StatusSet) Outcome {
	byDefault := out.Span < 0 && (unread.Has(NotAffected) || unread.Has(Fixed))
	if unread == 0 || out.Status == Affected && !byDefault {
		return out
	}
	if out.Status != Unknown || out.Reason == NotListed || out.Reason == OtherLine {
		out = Outcome{Status: Unknown, Reason: BadRange, Possible: possibleOf(out), Span: -1,
			Rule: "a part of the statement could not be read"}
	}
	out.Possible = out.Possible.Union(unread)
	return out
}

func (t *Timeline) commitsOnly() Outcome {
	return Outcome{Status: Unknown, Reason: NoData, Span: -1, Rule: "only commits are named",
		Possible: SetOf(Affected, NotAffected, Fixed)}
}

// possibleOf returns what an answer may be: itself, or the set of an Unknown.
func possibleOf(out Outcome) StatusSet {
	if out.Status != Unknown {
		return SetOf(out.Status)
	}
	if out.Possible == 0 {
		return SetOf(Affected, NotAffected, Fixed)
	}
	return out.Possible
}

// appendFolded appends text in lower case without outer blanks.
func appendFolded(dst []byte, text string) []byte {
	for _, c := range []byte(strings.TrimSpace(text)) {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}
