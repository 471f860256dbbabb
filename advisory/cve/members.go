package cve

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/internal/labels"
	"github.com/affected-go/affected/purl/product"
)

// apart puts the members of entries that list several products in place of the entries.
func apart(entries []entry) []entry {
	list := entries[:0:0]
	for i := range entries {
		if split := members(&entries[i]); split != nil {
			list = append(list, split...)
		} else {
			list = append(list, entries[i])
		}
	}
	return list
}

// members takes apart an entry whose name lists several products, where the versions say which of
// them is meant: "FortiOS 6.0.0 to 6.0.4, FortiProxy 2.0.0" of "FortiOS, FortiProxy"
// (CVE-2018-13379). Each product has the versions behind its own name; one without any has no
// version that could be read. An entry stays whole when a version has no name of a member in front,
// and when more than the names tells what it is about.
func members(e *entry) []entry {
	names := product.Members(e.product.Name)
	if len(names) == 0 || len(e.product.CPEs)+len(e.product.PURLs) > 0 {
		return nil
	}
	split := make([]entry, len(names))
	var keys []string
	for i, name := range names {
		split[i] = *e
		split[i].product.Name, split[i].statement.Spans = name, nil
		keys = append(keys, product.Key(e.product.Vendor, name))
	}
	count := 0
	member := func(name string) int { return slices.Index(keys, product.Key(e.product.Vendor, name)) }
	for _, span := range e.statement.Spans {
		parts := labels.Split(span.Version, func(name string) bool { return member(name) >= 0 })
		if count += len(parts); span.Bounded || len(parts) == 0 || parts[0].Name == "" || count > maxParts {
			return nil
		}
		for _, part := range parts {
			span.Version = part.Text
			spans := &split[member(part.Name)].statement.Spans
			*spans = append(*spans, span)
		}
	}
	for i := range split {
		if s := &split[i].statement; len(s.Spans) == 0 {
			s.Spans = []advisory.Span{{Version: noVersion, Pos: s.Pos}}
		}
	}
	return split
}

// maxParts is how many versions the members of an entry may have together: each text may name all of
// them.
const maxParts = 4096

// maxOthers is how many products the versions of an entry may name.
const maxOthers = 64

// others returns the products that the versions of an entry name with a colon, beside the one of the
// entry: "8u131; Java SE Embedded: 8u131; JRockit: R28.3.14" of Java (CVE-2017-10116). A name goes
// on for the versions behind it, in the next ones of the list as well. A single name could be
// anything: "Build: 5". The entry keeps all of it; who reads it knows which of the names are its own.
func others(e *entry) []entry {
	if !slices.ContainsFunc(e.statement.Spans, func(s advisory.Span) bool { return strings.Contains(s.Version, ":") }) {
		return nil
	}
	var found []entry
	var keys []string
	last := -1
	for _, span := range e.statement.Spans {
		text := span.Version
		parts := labels.Split(text, func(name string) bool { return strings.Contains(text, name+":") })
		switch {
		case span.Bounded || len(keys) > maxOthers:
			return nil
		case parts == nil:
			parts = []labels.Part{{Text: text}}
		}
		for _, part := range parts {
			if part.Name != "" {
				key := product.Key(e.product.Vendor, part.Name)
				if last = slices.Index(keys, key); last < 0 && len(keys) <= maxOthers {
					last = len(keys)
					keys = append(keys, key)
					f := entry{named: true, product: e.product, statement: e.statement}
					f.product.Name, f.product.CPEs, f.product.PURLs, f.product.Pos = part.Name, nil, nil, span.Pos
					f.statement.Spans, f.statement.Pos = nil, span.Pos
					found = append(found, f)
				}
			}
			if last >= 0 {
				span.Version = part.Text
				found[last].statement.Spans = append(found[last].statement.Spans, span)
			}
		}
	}
	if len(found) < 2 {
		return nil
	}
	own := product.Key(e.product.Vendor, e.product.Name)
	return slices.DeleteFunc(found, func(f entry) bool { return product.Key(e.product.Vendor, f.product.Name) == own })
}
