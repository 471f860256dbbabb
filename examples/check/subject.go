package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

// readSubjects returns what is asked about: one product, the inventory, or the sample.
func (c *check) readSubjects(ctx context.Context) ([]*match.Host, error) {
	if len(c.subject) > 0 {
		if _, err := os.Stat(c.subject[0]); err == nil && !c.demo() {
			return nil, fmt.Errorf("%q is a file or folder, where a product is wanted: -advisories PATH... -inventory FILE name files", c.subject[0])
		}
		host, err := oneProduct(c.subject)
		if err != nil {
			return nil, err
		}
		c.summary.rows = 1
		return []*match.Host{host}, nil
	}
	r, name, err := c.openInventory()
	if err != nil {
		return nil, fmt.Errorf("inventory: %w", err)
	}
	defer r.Close() // nothing was written to it
	m := &meter{ctx: ctx}
	if c.messages.terminal && c.inventory != "" && c.inventory != "-" {
		m.add(c.inventory)
	}
	return c.readInventory(m, r, name)
}

// oneProduct reads a product from the command line: a purl, a CPE name, or names, and a
// version.
func oneProduct(args []string) (*match.Host, error) {
	in := match.Installation{}
	names, err := identifiers(&in, args[0])
	if err != nil {
		return nil, err
	}
	switch rest := args[1:]; {
	case names && len(rest) == 2:
		in.Vendor, in.Product, in.Version = args[0], rest[0], rest[1]
	case len(rest) == 1:
		in.Version = rest[0]
	case len(rest) > 0:
		return nil, fmt.Errorf("%d words where a product and its version are wanted: "+
			"write names in quotation marks, as in check 'Trend Micro Apex Central' 8.0.7007", len(args))
	}
	host := &match.Host{Installations: []match.Installation{in}}
	host.Installations[0].Host = host
	return host, nil
}

// identifiers fills in what a word identifies, and tells whether it is a name.
func identifiers(in *match.Installation, word string) (isName bool, err error) {
	lower := strings.ToLower(word)
	switch {
	case strings.TrimSpace(word) == "":
		return false, errors.New("the product has no name")
	case strings.HasPrefix(lower, "pkg:"):
		in.PURL, _, err = purl.ParseLenient(word)
	case strings.HasPrefix(lower, "cpe:"):
		in.CPE, _, err = cpe.ParseLenient(word)
	default:
		in.Product = word
		return true, nil
	}
	return false, err
}

// maxVendorWords is how many words in front of a product name may be its vendor.
const maxVendorWords = 6

// findVendor looks for the vendor in front of the product name, where the inventory has
// none: "Trend Micro Apex Central" is Apex Central of Trend Micro when the matcher knows
// exactly one such product. A product word alone identifies nothing.
func findVendor(m *match.Matcher, in *match.Installation) {
	if in.Vendor != "" || in.PURL.IsValid() || in.CPE.IsValid() {
		return
	}
	found, product := "", ""
	rest := in.Product
	for range maxVendorWords {
		i := strings.IndexByte(rest, ' ')
		if i < 0 {
			break
		}
		rest = rest[i+1:]
		guess := *in
		guess.Vendor = strings.TrimSpace(in.Product[:len(in.Product)-len(rest)])
		coverage := m.Coverage(&guess)
		if coverage.Kind == match.Unrecognized || len(coverage.Candidates) == 0 {
			continue
		}
		key := coverage.Candidates[0].Key
		if found != "" && key != product {
			return
		}
		if found == "" {
			found, product = guess.Vendor, key
		}
	}
	in.Vendor = found
}

// installedText returns the version of an installation for people.
func installedText(in *match.Installation) string {
	switch {
	case strings.TrimSpace(in.Version) != "":
		return in.Version
	case in.PURL.IsValid():
		return in.PURL.FullVersion()
	case in.CPE.IsValid():
		if v := in.CPE.Value(cpe.Version); !v.IsAny() && !v.IsNA() {
			return v.Text()
		}
	}
	return ""
}

// productText returns the name of the product of an installation for people.
func productText(in *match.Installation) string {
	switch {
	case in.Product != "":
		return in.Product
	case in.PURL.IsValid():
		return in.PURL.Base().String()
	case in.CPE.IsValid():
		return in.CPE.Value(cpe.Vendor).Text() + " " + in.CPE.Value(cpe.Product).Text()
	default:
		return ""
	}
}
