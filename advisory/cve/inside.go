package cve

import (
	"strings"
)

// inside returns the packages that the versions of an entry name in front of their ranges:
// "org.wiremock:wiremock-webhooks-extension: >= 2.0.0, < 2.35.1" (CVE-2023-41327). They are
// products of the entry's vendor. The entry keeps the ranges as well: which package of its
// product is installed is not known there.
func inside(e *entry) []entry {
	var packages []entry
	index := map[string]int{}
	for _, span := range e.statement.Spans {
		name, versions, ok := packageRange(span.Version)
		if !ok {
			continue
		}
		i, known := index[name]
		if !known {
			i = len(packages)
			index[name] = i
			p := entry{named: true, product: e.product, statement: e.statement}
			p.product.Name, p.product.CPEs, p.product.PURLs, p.product.Pos = name, nil, nil, span.Pos
			p.statement.Spans, p.statement.Pos = nil, span.Pos
			packages = append(packages, p)
		}
		span.Version = versions
		packages[i].statement.Spans = append(packages[i].statement.Spans, span)
	}
	return packages
}

// packageRange splits "NAME: RANGE". The name is one word with a letter, the range has an
// operator or says that all versions are meant.
func packageRange(text string) (name, versions string, ok bool) {
	name, versions, ok = strings.Cut(strings.TrimSpace(text), ": ")
	versions = strings.TrimSpace(versions)
	if !ok || strings.ContainsAny(name, " \t<>=,") || !strings.ContainsFunc(name, isLetter) {
		return "", "", false
	}
	return name, versions, strings.ContainsAny(versions, "<>=") || strings.HasPrefix(strings.ToLower(versions), "all versions")
}

func isLetter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }
