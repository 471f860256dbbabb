package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/affected-go/affected/match"
)

// A column is one fact that an inventory can state, and the heads under which it is found:
// the usual one first, all folded as foldHead does. Heads in front win over those behind.
type column struct {
	name  string
	heads string
	set   func(in *match.Installation, value string) error
}

// columns are what the program understands. The heads were taken from what inventory tools
// export: osquery, Lansweeper, GLPI, Intune, ServiceNow and the registry of Windows.
var columns = []column{
	{name: "host", heads: "host hostname hostid computer computername device devicename machine machinename node nodename server asset assetname fqdn"},
	{"vendor", "vendor vendorname manufacturer publisher maker supplier company", text(func(in *match.Installation) *string { return &in.Vendor })},
	{"product", "product productname software softwarename application applicationname app appname displayname name title program", text(func(in *match.Installation) *string { return &in.Product })},
	{"version", "version installed installedversion productversion softwareversion applicationversion displayversion versioninstalled", text(func(in *match.Installation) *string { return &in.Version })},
	{"purl", "purl packageurl", setIdentifier("pkg:")},
	{"cpe", "cpe cpe23 cpename cpeuri cpe23uri", setIdentifier("cpe:")},
	{"platform", "platform os osname operatingsystem", fact("platform")},
	{"architecture", "architecture arch cpuarchitecture", fact("architecture")},
	{"edition", "edition productedition", fact("edition")},
}

// hostColumn is the place of the host in columns. It has no setter, because rows with one
// host belong together.
const hostColumn = 0

// text makes a setter for a field.
func text(field func(*match.Installation) *string) func(*match.Installation, string) error {
	return func(in *match.Installation, value string) error {
		*field(in) = value
		return nil
	}
}

// fact makes a setter for a fact.
func fact(name string) func(*match.Installation, string) error {
	return func(in *match.Installation, value string) error {
		if in.Facts == nil {
			in.Facts = match.Facts{}
		}
		in.Facts[name] = value
		return nil
	}
}

// setIdentifier makes a setter for a purl or a CPE name.
func setIdentifier(prefix string) func(*match.Installation, string) error {
	return func(in *match.Installation, value string) error {
		if !strings.HasPrefix(strings.ToLower(value), prefix) {
			return fmt.Errorf("%q does not begin with %q", clean(value, maxCell), prefix)
		}
		_, err := identifiers(in, value)
		return err
	}
}

// A header tells which column of the file holds which of columns, -1 for none.
type header struct {
	at     []int
	fields int      // of a row
	unused []string // heads that nothing is known of
}

// readHeader maps the heads of a file. A file must say which product each row is about.
func readHeader(heads []string) (header, error) {
	h := header{at: make([]int, len(columns)), fields: len(heads)}
	used := make([]bool, len(heads))
	folded := make([]string, len(heads))
	for i, head := range heads {
		folded[i] = foldHead(head)
	}
	for c := range columns {
		h.at[c] = -1
	search:
		for spelling := range strings.FieldsSeq(columns[c].heads) {
			if i := slices.Index(folded, spelling); i >= 0 {
				h.at[c], used[i] = i, true
				break search
			}
		}
	}
	for i, head := range heads {
		if !used[i] && strings.TrimSpace(head) != "" {
			h.unused = append(h.unused, clean(head, maxCell))
		}
	}
	if !h.has("product") && !h.has("purl") && !h.has("cpe") {
		return h, fmt.Errorf("no column tells the product: one of %s is wanted in the first line, found %q",
			"product (or name, software, application ...), purl, cpe", clean(strings.Join(heads, ", "), maxWhy))
	}
	return h, nil
}

func (h *header) has(name string) bool {
	return h.at[slices.IndexFunc(columns, func(c column) bool { return c.name == name })] >= 0
}

// notes says what the answers will lack.
func (h *header) notes() []string {
	var notes []string
	if !h.has("version") && !h.has("purl") && !h.has("cpe") {
		notes = append(notes, "no version column (version, installed_version, display_version ...): "+
			"what depends on the version will be unknown")
	}
	if !h.has("vendor") && !h.has("purl") && !h.has("cpe") {
		notes = append(notes, "no vendor column: a product is only recognized when its name begins with its vendor")
	}
	if len(h.unused) > 0 {
		var known []string
		for _, c := range columns {
			known = append(known, c.name)
		}
		notes = append(notes, "columns that are not used: "+strings.Join(h.unused, ", ")+
			" (known are "+strings.Join(known, ", ")+")")
	}
	return notes
}

// foldHead drops what does not count in the head of a column: case, blanks, punctuation.
func foldHead(head string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, head)
}
