package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

// ErrTime says that a format needs the time of the report and Options do not tell it.
var ErrTime = errors.New("the format needs the time of the report")

// ErrNothing says that a format cannot say that there is nothing: a VEX document of OpenVEX
// or CSAF has at least one statement. Nothing was written.
var ErrNothing = errors.New("no finding, and the format cannot say so")

// A vex is what the VEX writers have in common: products, and one statement for each pair of
// vulnerability and product. It speaks about the products as they are on the hosts that
// were asked about.
type vex struct {
	opt        Options
	trouble    trouble
	products   []*vexProduct
	statements []*vexStatement
}

// A vexProduct is one product in one version, on however many hosts.
type vexProduct struct {
	id      string // a purl, made from the names where the inventory has none
	vendor  string
	name    string
	version string
	purl    string // as the inventory has it, with the version
	cpe     string
}

// A vexStatement is what is said about one product and one vulnerability.
type vexStatement struct {
	Entry
	product *vexProduct
	status  match.Status // Affected, UnderInvestigation, Fixed or NotAffected
	notes   string
}

// readVEX collects the statements of a stream, sorted.
func readVEX(entries iter.Seq2[Entry, error], opt Options) (*vex, error) {
	if opt.Time.IsZero() {
		return nil, ErrTime
	}
	v := &vex{opt: opt}
	products, statements := map[string]*vexProduct{}, map[[2]string]*vexStatement{}
	for e, err := range entries {
		if v.trouble.take(err) || e.IsSilent() || e.Finding.Verdict.Status == advisory.NoStatement {
			continue
		}
		p := newVEXProduct(e.Installation)
		if status := e.Finding.Verdict.Status; p.version == "" && (status == advisory.Unknown || e.Finding.Verdict.Clear()) {
			// Without a version the product means all of them, and that would say too much.
			v.trouble.take(fmt.Errorf("%s of %s on host %q: %s, and a VEX can state nothing about a version that is not known",
				e.Finding.Vulnerability, p.id, hostID(e.Installation), e.Finding.Verdict))
			continue
		}
		if known := products[p.id]; known != nil {
			p = known
		} else {
			products[p.id] = p
			v.products = append(v.products, p)
		}
		s := newVEXStatement(e, p)
		key := [2]string{e.Finding.Vulnerability, p.id}
		switch known := statements[key]; {
		case known == nil:
			statements[key] = s
			v.statements = append(v.statements, s)
		case weight[s.status] > weight[known.status]:
			*known = *s // the least clear of the answers on all hosts
		}
	}
	slices.SortFunc(v.products, func(a, b *vexProduct) int {
		return cmp.Or(strings.Compare(a.vendor, b.vendor), strings.Compare(a.name, b.name), strings.Compare(a.id, b.id))
	})
	slices.SortFunc(v.statements, func(a, b *vexStatement) int {
		return cmp.Or(strings.Compare(a.Finding.Vulnerability, b.Finding.Vulnerability), strings.Compare(a.product.id, b.product.id))
	})
	return v, nil
}

// weight orders the answers of several hosts.
var weight = map[match.Status]int{advisory.NotAffected: 1, advisory.Fixed: 2, advisory.UnderInvestigation: 3, advisory.Affected: 4}

// newVEXProduct returns the product of an installation. A product without a purl gets one of
// the type generic, made of its names.
func newVEXProduct(in *match.Installation) *vexProduct {
	p := &vexProduct{vendor: in.Vendor, name: productName(in), version: installedVersion(in)}
	if in.PURL.IsValid() {
		u := in.PURL
		if u.Version() == "" && p.version != "" {
			parts := u.PackageURL()
			parts.Version = p.version
			if with, err := purl.From(parts); err == nil {
				u = with
			}
		}
		p.purl = u.String()
	}
	if in.CPE.IsValid() {
		if v := in.CPE.Value(cpe.Version); p.version == "" || !v.IsAny() && !v.IsNA() {
			p.cpe = in.CPE.String()
		}
		if p.vendor == "" {
			p.vendor = in.CPE.Value(cpe.Vendor).Text()
		}
	}
	p.id = p.purl
	if p.id == "" {
		p.id = "pkg:generic/"
		if p.vendor != "" {
			p.id += segment(p.vendor) + "/"
		}
		p.id += segment(cmp.Or(p.name, "unnamed"))
		if p.version != "" {
			p.id += "@" + segment(p.version)
		}
		if u, _, err := purl.ParseLenient(p.id); err == nil {
			p.id = u.String()
		}
	}
	return p
}

func segment(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

// newVEXStatement returns what an entry says in the words of VEX. What is unknown is under
// investigation.
func newVEXStatement(e Entry, p *vexProduct) *vexStatement {
	s := &vexStatement{Entry: e, product: p, status: e.Finding.Verdict.Status, notes: e.Why()}
	if s.status == advisory.Unknown {
		s.status = advisory.UnderInvestigation
		s.notes = "cannot be told yet: " + s.notes
	}
	if e.Finding.Accepted != nil {
		s.notes += " (" + printable(e.Evidence.Accepted) + ")"
	}
	return s
}

// remedy says what to do about an affected product: to which version to go or, where that is
// not known, what the publisher advises. category is a word of CSAF.
func (s *vexStatement) remedy() (category, text string) {
	switch f := s.Finding.Fix; f.Kind {
	case match.FixVersion:
		return "vendor_fix", printable("Update to " + f.Version + ".")
	case match.FixAfter:
		return "vendor_fix", printable("Update to a version after " + f.Version + ".")
	case match.FixPatch:
		return "vendor_fix", printable("Install " + f.Version + ".")
	case match.FixNotPlanned:
		return "no_fix_planned", "The publisher does not plan a fix."
	}
	for _, advice := range s.Evidence.Remediations {
		category, text, _ := strings.Cut(advice, " ")
		if text = strings.TrimSpace(text); text != "" && slices.Contains(remedies, category) {
			return category, printable(text)
		}
	}
	return "none_available", "No fix is known."
}

// remedies are the categories of CSAF 2.0 (section 3.2.3.12.1).
var remedies = []string{"mitigation", "no_fix_planned", "none_available", "vendor_fix", "workaround"}

// justification returns the publisher's word for not affected, where it is one of those that
// OpenVEX and CSAF know.
func (s *vexStatement) justification() string {
	if c := s.claim(); c != nil && justifications[c.Justification] != "" {
		return c.Justification
	}
	return ""
}

// justifications maps the words of OpenVEX and CSAF (VEX status justifications) to those of
// CycloneDX.
var justifications = map[string]string{
	"component_not_present":                             "code_not_present",
	"vulnerable_code_not_present":                       "code_not_present",
	"vulnerable_code_not_in_execute_path":               "code_not_reachable",
	"vulnerable_code_cannot_be_controlled_by_adversary": "code_not_reachable",
	"inline_mitigations_already_exist":                  "protected_by_mitigating_control",
}

// aliases returns other ids of the vulnerability.
func (s *vexStatement) aliases() []string {
	v := s.vulnerability()
	if v == nil {
		return nil
	}
	var list []string
	for _, id := range append([]string{v.ID}, v.Aliases...) {
		if id != s.Finding.Vulnerability && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

// text returns what names a document that has no id: all that it says.
func (v *vex) text() string {
	var b strings.Builder
	b.WriteString(v.time() + v.opt.author() + v.opt.Title)
	for _, s := range v.statements {
		b.WriteString("\x00" + s.Finding.Vulnerability + "\x00" + s.product.id + "\x00" + s.status.String() + s.notes)
	}
	return b.String()
}

func (v *vex) time() string { return v.opt.Time.UTC().Format(time.RFC3339) }

// uuid returns a UUID made from a text, of version 8 (RFC 9562, section 5.8).
func uuid(text string) string {
	sum := sha256.Sum256([]byte(text))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

func (o Options) author() string    { return cmp.Or(o.Author, toolName) }
func (o Options) namespace() string { return cmp.Or(o.Namespace, toolURL) }
func (o Options) version() int      { return max(o.Version, 1) }
