package nvd

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/purl/cpe"
)

const (
	// noVersion is the version of a part that could not be read. No scheme reads it, so that
	// the statement clears nothing.
	noVersion    = "n/a"
	everyVersion = "*"
)

// A criterion is a CPE name with versions.
type criterion struct {
	vulnerable bool
	product    advisory.Product
	identity   string // the name without version and update
	spans      []advisory.Span
	anyVersion bool   // as a condition it is met by every version
	text       string // as a condition, what could not be read
	at         jsonpos.Value
}

// alone tells whether one span is all that is said.
func (c *criterion) alone() bool { return len(c.spans) == 1 }

// The components of a formatted string, "cpe" and "2.3" among them.
const (
	partField = iota + 2
	vendorField
	productField
	versionField
	updateField
	editionField
	fields = 13
)

// noUpdate is NA in the text of a version.
const noUpdate = "-"

// criterion reads one element of "cpeMatch".
func (r *reader) criterion(v jsonpos.Value, member string) *criterion {
	before := r.errs.Count()
	pos := r.opt.Pos(v)
	vulnerable := v.Object(&r.errs).Get("vulnerable")
	c := &criterion{at: v, product: advisory.Product{Pos: pos}}
	c.vulnerable = vulnerable.Bool(&r.errs) || vulnerable.Kind() != jsonpos.Bool
	text := strings.TrimSpace(v.Get(member).Text(&r.errs))
	name, _, err := cpe.ParseLenient(text)
	if err != nil {
		r.errs.Add(v, errBadName, err.Error())
		c.guess(text)
		return c
	}
	c.product.Vendor, c.product.Name = name.Text(cpe.Vendor), name.Text(cpe.Product)
	c.identity = unversioned(name)
	c.product.CPEs = []string{c.identity}
	span := r.span(v, name)
	span.Pos, span.Status = pos, advisory.Affected
	if r.errs.Count() > before {
		span = advisory.Span{Version: noVersion, Pos: pos}
		c.text = "the configuration holds beside " + text
	}
	c.spans = []advisory.Span{span}
	c.anyVersion = span.Version == everyVersion ||
		!c.vulnerable && !span.IsRange() && name.Value(cpe.Version).IsNA() && name.Text(cpe.Update) == ""
	return c
}

// unversioned returns the formatted string of a name without version and update.
func unversioned(name cpe.Name) string {
	text := name.String()
	from := skip(text, versionField)
	to := from + skip(text[from:], editionField-versionField)
	if text[from:to] == "*:*:" {
		return text
	}
	return text[:from] + "*:*:" + text[to:]
}

// skip returns where the component begins that comes behind so many others. The prefix of a
// formatted string counts as two.
func skip(text string, components int) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case ':':
			if components--; components == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// whole returns the names with part, vendor and product only, as a negation means them.
func (c *criterion) whole() []string {
	if c.text != "" && len(c.product.CPEs) != 1 || len(c.product.CPEs) == 0 {
		return c.product.CPEs
	}
	name := c.product.CPEs[0]
	return []string{name[:skip(name, versionField)] + "*:*:*:*:*:*:*:*"}
}

// platforms returns the names that meet it as a condition.
func (c *criterion) platforms() []string {
	f, ok := c.familyOf()
	if !ok || f.releases == "" || len(c.spans) != 1 || c.spans[0].Version != noUpdate {
		return c.product.CPEs
	}
	at := skip(c.identity, versionField)
	return []string{c.identity, c.identity[:skip(c.identity, productField)] + f.releases + c.identity[at-1:]}
}

// families are the platforms that inventories rather know as a fact, by part, vendor and
// product.
var families = map[string]family{
	"o:apple:iphone_os":    {words: []string{"iOS"}},
	"o:apple:mac_os_x":     {words: []string{"Mac OS X", "OS X"}},
	"o:apple:macos":        {words: []string{"macOS"}},
	"o:google:android":     {words: []string{"Android"}},
	"o:linux:linux_kernel": {words: []string{"Linux"}},
	"o:microsoft:windows":  {words: []string{"Windows"}, releases: "windows_*"},
}

// A family is an operating system whose name without a version means all of its releases.
type family struct {
	words    []string // that the fact "platform" begins with
	releases string   // pattern of the products that the releases are, "" when they are versions
}

// familyOf returns the family that a criterion means, when it means all of its releases.
func (c *criterion) familyOf() (f family, ok bool) {
	if !c.anyVersion {
		return f, false
	}
	at := skip(c.identity, versionField)
	f, ok = families[strings.TrimSuffix(strings.TrimPrefix(c.identity[:at], "cpe:2.3:"), ":")]
	return f, ok
}

// guess keeps the products that a name may mean which cannot be read: one with a colon that
// is not quoted has too many components, and its vendor may end at any of them; one that was
// cut has too few.
func (c *criterion) guess(text string) {
	c.text = "the configuration holds beside " + text
	c.spans = []advisory.Span{{Version: noVersion, Pos: c.product.Pos}}
	c.product.Vendor, c.product.Name = noVersion, noVersion
	c.identity = text
	parts := split(text)
	const most = 32 // components of a name that is worth guessing at
	if len(parts) <= productField || len(parts) > most || !strings.HasPrefix(text, "cpe:2.3:") {
		return
	}

	end := max(len(parts)-(fields-versionField), versionField) // of vendor and product
	if len(parts) < fields {
		end = versionField
	}
	names := parts[vendorField:end]
	for i := 1; i < len(names); i++ {
		name := "cpe:2.3:" + parts[partField] + ":" + strings.Join(names[:i], `\:`) + ":" + strings.Join(names[i:], `\:`) + ":*:*:*:*:*:*:*:*"
		if _, _, err := cpe.ParseLenient(name); err == nil {
			c.product.CPEs = append(c.product.CPEs, name)
		}
	}
}

// split returns the components of a formatted string, quoted as they are.
func split(text string) []string {
	var parts []string
	begin := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case ':':
			parts = append(parts, text[begin:i])
			begin = i + 1
		}
	}
	return append(parts, text[min(begin, len(text)):])
}

// span reads the versions of a name: its bounds, else the version in the name itself. A range
// that does not hold its lower bound has no form of its own, and is a text.
func (r *reader) span(v jsonpos.Value, name cpe.Name) advisory.Span {
	above := r.bound(v, "versionStartExcluding")
	s := advisory.Span{From: r.bound(v, "versionStartIncluding"), Before: r.bound(v, "versionEndExcluding"), Through: r.bound(v, "versionEndIncluding")}
	if s.Before != "" && s.Through != "" || s.From != "" && above != "" {
		r.errs.Add(v, errTwoBounds, "the bounds exclude each other")
	}
	update := name.Value(cpe.Update)
	if above != "" || s.IsRange() {
		if !update.IsAny() && !update.IsNA() {
			// "1.6.0 and earlier" with update 17 was converted from 1.6.0 update 17.
			r.notes.Add(v, errUpdate, "the update belongs to the last version of the range, or to none")
			if s.Through != "" {
				s.Through += " " + strings.ReplaceAll(update.Text(), "_", " ")
			}
		}
		if above != "" {
			return advisory.Span{Version: "> " + above + prefixed(", < ", s.Before) + prefixed(", <= ", s.Through)}
		}
		s.Bounded = true
		return s
	}
	version := name.Value(cpe.Version)
	switch {
	case version.IsAny() && update.IsAny():
		return advisory.Span{Version: everyVersion}
	case version.IsPattern():
		return advisory.Span{Version: version.Text()}
	}
	return advisory.Span{Version: advisory.CPEVersion(name), Hint: advisory.HintCPE}
}

// bound reads a bound, which is quoted like an attribute of a CPE name. An empty one would be
// none at all, and is reported.
func (r *reader) bound(v jsonpos.Value, member string) string {
	b := v.Get(member)
	text := strings.TrimSpace(b.Text(&r.errs))
	if text == "" && b.Kind() == jsonpos.String {
		r.errs.Add(b, errTwoBounds, "the bound is empty")
	}
	if !strings.Contains(text, `\`) {
		return text
	}
	var plain strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
		}
		plain.WriteByte(text[i])
	}
	return plain.String()
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}
