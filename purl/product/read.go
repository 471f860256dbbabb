package product

import (
	"bufio"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"sync"
)

//go:embed catalog/*.txt
var files embed.FS

var builtinText = sync.OnceValue(func() string {
	var text strings.Builder
	names, _ := fs.Glob(files, "catalog/*.txt") // sorted; the pattern is right
	for _, name := range names {
		content, _ := files.ReadFile(name)
		text.Write(content)
		text.WriteByte('\n')
	}
	return text.String()
})

var builtin = sync.OnceValues(func() (*Catalog, error) {
	entries, err := Read(strings.NewReader(Text()))
	if err != nil {
		return nil, err
	}
	return new(Catalog).With(entries...)
})

// Builtin returns the catalog that ships with the package. It panics when that text is
// broken, which a test excludes.
func Builtin() *Catalog {
	c, err := builtin()
	if err != nil {
		panic(err)
	}
	return c
}

// Text returns the text form of the catalog that ships, for people and for those who want
// to start from it.
func Text() string { return builtinText() }

// Read reads entries in the text form:
//
//	# a comment
//	product trendmicro/apex-central
//	  name     Trend Micro | Apex Central
//	  cpe      trendmicro:apex_central
//	  scheme   build
//	  version  2019 = *
//	  not      trendmicro/apex-one
//	  source   CVE-2025-69258 2026-01-08
//
//	vendor hpe
//	  name     Hewlett Packard Enterprise
//
// Fields are: name, brand, tail, was, alone, cpe, kind, scheme, precise, branch, counts, base, patch,
// version, whole, of, not, deny, source; [Entry] tells what they mean. An error names the line; Read
// stops at the first one.
func Read(r io.Reader) ([]Entry, error) {
	var entries []Entry
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		if rest == "" {
			return nil, fmt.Errorf("%w: line %d: %s without a value", ErrCatalog, n, word)
		}
		if word == "product" || word == "vendor" {
			if (word == "product") != strings.Contains(rest, "/") {
				return nil, fmt.Errorf("%w: line %d: key %q does not fit a %s", ErrCatalog, n, rest, word)
			}
			entries = append(entries, Entry{Key: rest})
			continue
		}
		if len(entries) == 0 {
			return nil, fmt.Errorf("%w: line %d: %s before the first product or vendor", ErrCatalog, n, word)
		}
		if err := entries[len(entries)-1].set(word, rest); err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrCatalog, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCatalog, err)
	}
	return entries, nil
}

// set enters one line.
func (e *Entry) set(word, value string) error {
	switch word {
	case "name":
		if strings.Contains(e.Key, "/") && !strings.Contains(value, "|") {
			return fmt.Errorf("name of a product has the form vendor | product")
		}
		e.Names = append(e.Names, value)
	case "cpe":
		e.CPEs = append(e.CPEs, value)
	case "scheme":
		e.Scheme = value
	case "precise":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			return fmt.Errorf("precise wants a count of numbers, found %q", value)
		}
		e.Precise = n
	case "branch":
		if !isBranchPattern(value) {
			return fmt.Errorf("branch wants numbers or stars with dots between, found %q", value)
		}
		e.Branches = append(e.Branches, value)
	case "counts":
		for c := CountsPatches; c <= CountsReleases; c++ {
			if c.String() == value {
				e.Counts = c
				return nil
			}
		}
		return fmt.Errorf("counts wants patches or releases, found %q", value)
	case "base":
		n, err := strconv.Atoi(value)
		if value == "*" {
			n, err = AllNumbers, nil
		} else if n < 1 || n > maxNumbers {
			err = ErrCatalog
		}
		if err != nil {
			return fmt.Errorf("base wants a count of numbers or a star, found %q", value)
		}
		e.Base = n
	case "version", "patch":
		from, to, _ := strings.Cut(value, "=")
		alias := VersionAlias{strings.TrimSpace(from), strings.TrimSpace(to)}
		if alias.From == "" || alias.To == "" {
			return fmt.Errorf("%s has the form name = version", word)
		}
		if word == "patch" {
			e.Patches = append(e.Patches, alias)
		} else {
			e.Versions = append(e.Versions, alias)
		}
	case "brand":
		e.Brands = append(e.Brands, value)
	case "tail":
		e.Tails = append(e.Tails, value)
	case "whole":
		e.Whole = value
	case "of":
		e.Of = value
	case "not":
		e.Not = append(e.Not, value)
	case "alone":
		e.Alone = append(e.Alone, value)
	case "deny":
		e.Deny = append(e.Deny, value)
	case "was":
		i := strings.LastIndexByte(value, ' ')
		if i < 0 || !isDate(value[i+1:]) {
			return fmt.Errorf("was has the form name 2006-01-02")
		}
		e.Was = append(e.Was, Renaming{strings.TrimSpace(value[:i]), value[i+1:]})
	case "kind":
		e.Kind = value
	case "source":
		if i := strings.LastIndexByte(value, ' '); i > 0 {
			e.Source, e.Date = strings.TrimSpace(value[:i]), value[i+1:]
		} else {
			e.Source = value
		}
	default:
		return fmt.Errorf("unknown field %q", word)
	}
	return nil
}
