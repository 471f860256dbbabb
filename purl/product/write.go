package product

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// AppendText appends the entry in the text form that Read reads, its fields in one fixed
// order. A field that the form cannot hold is an error, and dst is returned unchanged.
func (e *Entry) AppendText(dst []byte) ([]byte, error) {
	if err := e.check(); err != nil {
		return dst, fmt.Errorf("%w: entry %q: %w", ErrCatalog, e.Key, err)
	}
	if strings.Contains(e.Key, "/") {
		dst = append(dst, "product "...)
	} else {
		dst = append(dst, "vendor "...)
	}
	dst = append(append(dst, e.Key...), '\n')
	line := func(word string, values ...string) {
		for _, value := range values {
			dst = append(dst, "  "...)
			dst = append(dst, word...)
			dst = append(dst, "         "[len(word):]...)
			dst = append(append(dst, value...), '\n')
		}
	}
	line("name", e.Names...)
	line("brand", e.Brands...)
	line("tail", e.Tails...)
	for _, was := range e.Was {
		line("was", was.Name+" "+was.Date)
	}
	line("cpe", e.CPEs...)
	if e.Kind != "" {
		line("kind", e.Kind)
	}
	if e.Scheme != "" {
		line("scheme", e.Scheme)
	}
	if e.Precise > 0 {
		line("precise", strconv.Itoa(e.Precise))
	}
	line("branch", e.Branches...)
	if e.Counts != CountsUnsaid {
		line("counts", e.Counts.String())
	}
	switch {
	case e.Base == AllNumbers:
		line("base", "*")
	case e.Base > 0:
		line("base", strconv.Itoa(e.Base))
	}
	for _, alias := range e.Patches {
		line("patch", alias.From+" = "+alias.To)
	}
	for _, alias := range e.Versions {
		line("version", alias.From+" = "+alias.To)
	}
	if e.Whole != "" {
		line("whole", e.Whole)
	}
	if e.Of != "" {
		line("of", e.Of)
	}
	line("not", e.Not...)
	line("alone", e.Alone...)
	line("deny", e.Deny...)
	if e.Source != "" {
		line("source", strings.TrimSpace(e.Source+" "+e.Date))
	}
	return dst, nil
}

// AppendText appends all entries in the order of their keys. Reading the text gives the
// same catalog again.
func (c *Catalog) AppendText(dst []byte) ([]byte, error) {
	for e := range c.All() {
		var err error
		if dst, err = e.AppendText(dst); err != nil {
			return dst, err
		}
		dst = append(dst, '\n')
	}
	return dst, nil
}

// Digest returns a name for what the catalog says: the SHA-256 of its text form, so that
// catalogs with equal entries have equal digests, in whatever order they were given. It is
// made when it is first asked for.
func (c *Catalog) Digest() string {
	if c.digest == nil {
		return c.makeDigest()
	}
	return c.digest()
}

func (c *Catalog) makeDigest() string {
	text, _ := c.AppendText(nil) // With lets in only what the form can hold
	sum := sha256.Sum256(text)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// check tells why the text form cannot hold the entry.
func (e *Entry) check() error {
	if e.Key == "" {
		return errors.New("no key")
	}
	product := strings.Contains(e.Key, "/")
	names := slices.Clone(e.Names)
	for _, was := range e.Was {
		names = append(names, was.Name)
		if !isDate(was.Date) {
			return fmt.Errorf("former name %q without the date of its end", was.Name)
		}
	}
	fields := [][]string{{e.Key}, names, e.Brands, e.Tails, e.CPEs, e.Not, e.Alone, e.Deny}
	for _, optional := range []string{e.Scheme, e.Whole, e.Of, e.Source, e.Date} {
		if optional != "" {
			fields = append(fields, []string{optional})
		}
	}
	for _, alias := range slices.Concat(e.Versions, e.Patches) {
		fields = append(fields, []string{alias.From, alias.To})
		if strings.Contains(alias.From, "=") {
			return fmt.Errorf("name of a version with an equals sign: %q", alias.From)
		}
	}
	for _, values := range fields {
		for _, value := range values {
			if value == "" || strings.TrimSpace(value) != value || strings.ContainsAny(value, "\n\r") {
				return fmt.Errorf("value that is no line of text: %q", value)
			}
		}
	}
	for _, name := range names {
		if product && !strings.Contains(name, "|") {
			return fmt.Errorf("name of a product has the form vendor | product, found %q", name)
		}
	}
	for _, pattern := range e.Branches {
		if !isBranchPattern(pattern) {
			return fmt.Errorf("pattern of no branch: %q", pattern)
		}
	}
	if e.Base < AllNumbers || e.Base > maxNumbers || e.Counts > CountsReleases {
		return fmt.Errorf("base %d or counting %d does not exist", e.Base, e.Counts)
	}
	if product && e.Kind != "" && e.Kind != kindNames[extension] && e.Kind != kindNames[library] {
		return fmt.Errorf("kind is extension or library, found %q", e.Kind)
	}
	if !product && e.Kind != "" && e.Kind != portal {
		return fmt.Errorf("kind of a vendor is portal, found %q", e.Kind)
	}
	if e.Precise < 0 {
		return fmt.Errorf("precise wants a count of numbers, found %d", e.Precise)
	}
	blank := strings.ContainsAny(e.Date, " \t") || e.Date == "" && strings.ContainsAny(e.Source, " \t")
	if blank || e.Source == "" && e.Date != "" {
		return fmt.Errorf("source %q and date %q do not make one line", e.Source, e.Date)
	}
	return nil
}
