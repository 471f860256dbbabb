package advisory

import (
	"fmt"
	"strings"

	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// Bounds with words around the version, as some publishers write them: the name of the
// product ("Puppet Server 7.9.0"), the range once more ("9.18.0 and below" in both fields,
// CVE-2023-38035), or advice ("Upgrade to version 24.0 or later", CVE-2024-41697).

// bounds reads a list of upper bounds under one comparator, "<v36.011_v35.013_v34.014", as
// the fixes of one branch each (ICSA-24-226-09); the range is their union, which holds more.
func (r *resolver) bounds(i int, text string, rng vers.Range, reading vers.Reading, out Outcome) bool {
	if len(reading.Branches) < 2 || out.Status != Affected || !oneComparator(text) {
		return false
	}
	inclusive := false
	for in := range rng.Intervals() {
		if in.In == vers.Unknown || in.In == vers.Yes && in.Low != "" {
			return false
		}
		inclusive = inclusive || in.In == vers.Yes && in.HighClosed
	}
	for _, bound := range reading.Branches {
		if _, err := r.read(bound); err != nil {
			return false
		}
	}
	for _, bound := range reading.Branches {
		r.bounded(i, nil, bound, inclusive, out)
	}
	return true
}

// oneComparator tells whether all bounds of a list stand under the same comparator: one sign
// again and again, or one word in front.
func oneComparator(text string) bool {
	signs, inclusive := strings.Count(text, "<"), strings.Count(text, "<=")
	if strings.ContainsAny(text, ">=≤≥") && inclusive == 0 || strings.Contains(text, ">") {
		return false
	}
	words, number := 0, false
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		switch number = number || hasDigit(word); strings.Trim(word, "(),:;") {
		case "before", "below", "under", "until", "till", "prior", "previous", "earlier", "lower", "older", "less", "through", "thru", "up":
			if number {
				return false
			}
			words++
		}
	}
	return signs > 0 && words == 0 && (inclusive == 0 || inclusive == signs) || signs == 0 && words == 1
}

// lowerWords reads a lower bound that failed to read because of err. A bound without a text
// means that there is none.
func (r *resolver) lowerWords(text string, uppers []string, err error) (bound, error) {
	in, ok := r.oneInterval(text)
	if !ok {
		return bound{}, err
	}
	if in.High != "" && in.HighText != in.LowText { // "6.11.x: 6.11.4 and below": the same as the upper bound
		u, upperErr := r.read(uppers[0])
		if upperErr != nil || len(uppers) > 1 || in.High != u.low && in.High != u.high {
			return bound{}, fmt.Errorf("the lower bound %q does not end at %s", text, uppers[0])
		}
	}
	line := in.Line + "\x00"
	if in.Low == "" {
		return bound{line: line, low: line}, nil
	}
	return bound{text: in.LowText, line: line, low: in.Low, high: in.High}, nil
}

// upperWords reads an upper bound that failed to read because of err. A comparator in the
// text counts, else whether the field is inclusive.
func (r *resolver) upperWords(text string, inclusive bool, err error) (bound, bool, error) {
	if fix, ok := cutFoldPrefix(text, "upgrade to "); ok {
		fix = strings.TrimRight(fix, ". ")
		for _, words := range [...]string{" or later", " or greater", " or above", " or higher", " or newer", " and above", " and later"} {
			if n := len(fix) - len(words); n > 0 && strings.EqualFold(fix[n:], words) {
				fix = fix[:n]
			}
		}
		if word, rest, ok := strings.Cut(fix, " "); ok && strings.EqualFold(word, "version") {
			fix = strings.TrimSpace(rest)
		}
		b, fixErr := r.read(fix)
		if fixErr != nil || inclusive { // the version to upgrade to is not affected
			return bound{}, inclusive, err
		}
		return b, false, nil
	}
	in, ok := r.oneInterval(text)
	if !ok || in.High == "" {
		return bound{}, inclusive, err
	}
	b := bound{text: in.HighText, line: in.Line + "\x00", low: in.High, high: in.High}
	switch {
	case in.Low == "":
		return b, in.HighClosed, nil
	case in.LowText == in.HighText:
		b.low = in.Low
		return b, inclusive, nil
	}
	return bound{}, inclusive, err
}

// oneInterval reads a text that names one interval of one line and says nothing else.
func (r *resolver) oneInterval(text string) (one vers.Interval, ok bool) {
	rng, reading, err := r.schemes.ReadText(r.Scheme, text)
	if err != nil {
		rng, reading, err = r.schemes.ReadText(r.Scheme, r.bare(text))
	}
	if err != nil || reading.Condition != "" {
		return one, false
	}
	r.noteName(reading.Dropped)
	found := 0
	for in := range rng.Intervals() {
		switch in.In {
		case vers.Yes:
			one = in
			found++
		case vers.Unknown:
			found += 2
		}
	}
	return one, found == 1
}

func cutFoldPrefix(text, prefix string) (rest string, ok bool) {
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return text, false
	}
	return strings.TrimSpace(text[len(prefix):]), true
}

// bare drops the words of the product's own name in front of versions: "samba 4.11.15, samba
// 4.12.9" of Samba (CVE-2020-14318).
func (r *resolver) bare(text string) string {
	var b strings.Builder
	fields := strings.Fields(text)
	for i := 0; i < len(fields); {
		end := i
		for end < len(fields) && r.isOwn(fields[end]) {
			end++
		}
		begins := i == 0 || strings.HasSuffix(fields[i-1], ",") || strings.HasSuffix(fields[i-1], ";") || isListWord(fields[i-1])
		if end > i && end < len(fields) && begins && isVersionLike(fields[end]) {
			i = end
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(fields[i])
		i++
	}
	return b.String()
}

// isListWord tells whether a name may follow on a word.
func isListWord(word string) bool {
	switch strings.ToLower(word) {
	case "and", "or", "&", "/", "|", "to", "than", "before", "<", "<=", ">", ">=", "until", "from":
		return true
	}
	return false
}

func isVersionLike(word string) bool {
	if len(word) > 1 && word[0]|0x20 == 'v' {
		word = word[1:]
	}
	return isDigit(word[0])
}

// isOwn tells whether a word belongs to the name of the product or of its vendor. Words for
// levels never do, since the number behind them is theirs.
func (r *resolver) isOwn(word string) bool {
	for i := 0; i < len(word); i++ {
		if !isLetter(word[i]) {
			return false
		}
	}
	switch strings.ToLower(word) {
	case "", "sp", "service", "pack", "update", "upd", "patch", "hotfix", "fix", "build", "release", "rev", "revision", "cu",
		"level", "version", "v", "r", "u", "before", "prior", "from", "all", "to", "and", "or", "for", "than", "up", "until":
		return false
	}
	for _, name := range [...]string{r.product.Vendor, r.product.Name} {
		for own := range strings.FieldsFuncSeq(name, func(c rune) bool { return c >= 0x80 || !isLetter(byte(c)) && !isDigit(byte(c)) }) {
			if strings.EqualFold(own, word) {
				return true
			}
		}
	}
	return false
}

// behindName returns what stands behind the name of the product in a text: 3.3.5-2 of "azl3
// ruby 3.3.5-2" of ruby (MSRC).
func (r *resolver) behindName(text string) (version string, ok bool) {
	fields := strings.Fields(text)
	for i := len(fields) - 2; i >= 0; i-- {
		if r.isOwn(fields[i]) && isVersionLike(fields[i+1]) {
			return strings.Join(fields[i+1:], " "), true
		}
	}
	return "", false
}

// affectedWords reads a text that names the fix of affected versions: "Fixed in OpenSSL 1.1.1l
// (Affected 1.1.1-1.1.1k)" says both (CVE-2021-3712), "Fixed in curl 7.87.0" where they end.
func (r *resolver) affectedWords(i int, text string, out Outcome) bool {
	fixed, ok := cutFoldPrefix(text, "fixed in ")
	if !ok || out.Status != Affected {
		return false
	}
	text = "before " + r.bare(fixed)
	if _, inside, ok := strings.Cut(fixed, "("); ok {
		if inside, ok = strings.CutSuffix(inside, ")"); !ok {
			return false
		}
		if text, ok = cutFoldPrefix(inside, "affected "); !ok {
			return false
		}
	}
	rng, reading, err := r.schemes.ReadText(r.Scheme, text)
	if err != nil || reading.Condition != "" {
		return false
	}
	r.fromRange(rng, i, out)
	return true
}

// partOfList reads the front of a list whose last item cannot be read: "All versions up to and
// including 17.1, 16.5, and the April 2024 release" (CVE-2024-0084). What the front holds is
// affected, and nobody knows what else is.
func (r *resolver) partOfList(i int, text string, out Outcome, err error) bool {
	if r.spans[i].isExact() || out.Status != Affected {
		return false
	}
	const most = 4
	end := len(text)
	for range most {
		end = max(strings.LastIndex(text[:end], " and "), strings.LastIndex(text[:end], ", "))
		if end < 0 {
			return false
		}
		front := strings.TrimRight(text[:end], ", ")
		if rng, reading, ok := r.frontOfList(front, text[end:]); ok {
			r.noteName(reading.Dropped)
			if !r.bounds(i, front, rng, reading, out) {
				r.fromRange(rng, i, out)
			}
			r.hide(out.Status)
			r.problem(r.spans[i].Pos, "bound-imprecise", "%v; it is read as far as %q", err, front)
			return true
		}
	}
	return false
}

// frontOfList reads the front of a list, unless what is behind it may take something away:
// "9.x and before 9.2", "> 5.1, < 5.4 b7".
func (r *resolver) frontOfList(front, rest string) (rng vers.Range, reading vers.Reading, ok bool) {
	for word := range strings.FieldsSeq(strings.ToLower(front)) {
		switch strings.Trim(word, "(),:;") {
		case "except", "excluding", "other", "apart", "not", "exception", "without", "unless":
			return rng, reading, false
		}
	}
	rng, reading, err := r.schemes.ReadText(r.Scheme, front)
	if err != nil || reading.Condition != "" || rng.IsAll() {
		return rng, reading, false
	}
	limits := limitWords(rest)
	for in := range rng.Intervals() {
		if in.In != vers.No && (in.High == "" || limits && in.LowText == in.HighText) {
			return rng, reading, false
		}
	}
	return rng, reading, true
}

// limitWords tells whether a text holds a comparator.
func limitWords(text string) bool {
	if strings.ContainsAny(text, "<>=") {
		return true
	}
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		switch strings.Trim(word, "(),:;") {
		case "before", "prior", "earlier", "below", "under", "older", "lower", "less", "up", "until", "till", "through", "thru", "to",
			"later", "above", "newer", "higher", "after", "since", "from", "starting":
			return true
		}
	}
	return false
}

// isOwnName tells whether a text is the name of the product, which some publishers repeat in
// place of a version: "CIGESv2" (CVE-2024-2722).
func (r *resolver) isOwnName(text string) bool {
	var room, other [96]byte
	return !isVersionLike(text) && !hasDot(text) && string(product.AppendKey(room[:0], "", text)) == string(product.AppendKey(other[:0], "", r.product.Name))
}

// nameList reads a list of versions of which some compare as text only. A name in front of
// one goes on for those behind it: "Android 11.0, 12.0 / Linux 6.1" (CVE-2023-20838). It is
// not ok when an item could be anything else.
func (r *resolver) nameList(i int, text string, out Outcome) bool {
	text = r.bare(text)
	for _, separator := range [...]string{" and ", " & ", " / ", " or ", ";"} {
		text = strings.ReplaceAll(text, separator, ",")
	}
	const most = 64
	var items []string
	carried := ""
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		item = strings.TrimRight(item, ".")
		if len(items) == most || !isName(item) || maybeInterval(item) {
			return false
		}
		if at := strings.IndexFunc(item, func(c rune) bool { return c == ' ' }); at > 0 && !hasDigit(item[:at]) {
			carried = strings.TrimRight(item[:strings.IndexAny(item, "0123456789")], " ")
		} else if carried != "" {
			item = carried + " " + item
		}
		items = append(items, item)
	}
	if len(items) < 2 {
		return false
	}
	unread := error(nil)
	for _, item := range items {
		if carried == "" {
			var err error
			if strings.Contains(item, " ") { // 2.0 2.1
				_, _, err = r.schemes.ReadText(r.Scheme, item)
			}
			if err == nil {
				err = r.pointAt(i, item, out)
			}
			if err == nil {
				continue
			}
			unread = err
		}
		r.name(i, item, out.Status)
	}
	if carried != "" || unread != nil {
		r.textOnly(i, "the versions of %q are compared as text", r.spans[i].Version)
	}
	return true
}
