package product

import (
	"fmt"
	"slices"
	"strings"
)

// A Problem is a line of a catalog that reads well and still is wrong. Problems are values.
type Problem struct {
	// Key is the entry.
	Key string
	// Code names the kind in a word or two: "neighbor-missing".
	Code string
	// Text says what is wrong.
	Text string
}

// String returns the problem as one line.
func (p Problem) String() string { return p.Key + ": " + p.Code + ": " + p.Text }

// Problems returns what is wrong with the entries, in the order of their keys. The kinds are:
//
//	name-twice       a name or CPE that another entry claims, too, and that leads to neither
//	key-form          the key is not of lower-case letters, digits and hyphens
//	source-missing    no record or page, or no date of the form 2006-01-02
//	vendor-none       a name of a product without a vendor
//	family-missing    a family that the catalog does not hold, or that is in itself
//	whole-missing     a product of an edition that the catalog does not hold, or the edition itself
//	neighbor-missing  a close product that the catalog does not hold
//	neighbor-self     an entry that is its own neighbor
//	neighbor-linked   a name or CPE that leads to a product that must not be meant
//	name-denied       a name or CPE that its own entry denies
//	alias-cycle       names of versions that lead to each other
//	alias-chain       the name of a version leads to another name and not to a version
//	alias-twice       one name of two versions
func (c *Catalog) Problems() []Problem {
	var found []Problem
	for e := range c.All() {
		say := func(code, format string, args ...any) {
			found = append(found, Problem{e.Key, code, fmt.Sprintf(format, args...)})
		}
		if strings.Trim(e.Key, "abcdefghijklmnopqrstuvwxyz0123456789-/") != "" || strings.Count(e.Key, "/") > 1 {
			say("key-form", "%q", e.Key)
		}
		if e.Source == "" || !isDate(e.Date) {
			say("source-missing", "source %q, date %q", e.Source, e.Date)
		}
		if strings.Contains(e.Key, "/") {
			c.nameProblems(e, say)
		}
		e.aliasProblems(say)
		for _, clash := range c.clashes {
			if clash.key == e.Key {
				say("name-twice", "%q is claimed by %s, too", clash.name, clash.other)
			}
		}
	}
	return found
}

// nameProblems checks names, CPEs and neighbors of a product.
func (c *Catalog) nameProblems(e *Entry, say func(code, format string, args ...any)) {
	leads := slices.Clone(e.Names)
	for _, name := range e.CPEs {
		leads = append(leads, strings.Replace(name, ":", "|", 1))
	}
	for _, name := range leads {
		folded := c.foldName(name)
		if folded[0] == '/' {
			say("vendor-none", "%q", name)
		}
		for _, r := range c.names[folded] {
			if r.entry != e && slices.Contains(e.Not, r.entry.Key) {
				say("neighbor-linked", "%q leads to %s", name, r.entry.Key)
			}
		}
	}
	for _, name := range slices.Concat(e.Names, e.CPEs) {
		if slices.Contains(c.denied[e], c.foldName(name)) {
			say("name-denied", "%q", name)
		}
	}
	if _, ok := c.entries[e.Of]; e.Of != "" && (!ok || c.InFamily(e.Key, e.Of)) {
		say("family-missing", "%s", e.Of)
	}
	if _, ok := c.entries[e.Whole]; e.Whole != "" && (!ok || c.isWholeOf(e, e)) {
		say("whole-missing", "%s", e.Whole)
	}
	for _, key := range e.Not {
		if key == e.Key {
			say("neighbor-self", "%s", key)
		} else if _, ok := c.entries[key]; !ok {
			say("neighbor-missing", "%s", key)
		}
	}
}

// isWholeOf tells whether an entry is the product of another one, in any number of steps.
func (c *Catalog) isWholeOf(whole, e *Entry) bool {
	for range maxFamilies {
		next, ok := c.wholes[e]
		if !ok {
			return false
		}
		if e = next; e == whole {
			return true
		}
	}
	return true
}

// aliasProblems checks the names of versions, which lead to a version in one step.
func (e *Entry) aliasProblems(say func(code, format string, args ...any)) {
	to := map[string]string{}
	for _, a := range e.Versions {
		from := strings.ToLower(a.From)
		if old, ok := to[from]; ok && !strings.EqualFold(old, a.To) {
			say("alias-twice", "%q is %q and %q", a.From, old, a.To)
			continue
		}
		to[from] = a.To
	}
	for _, a := range e.Versions {
		next, chained := to[strings.ToLower(a.To)]
		if !chained {
			continue
		}
		for steps := 0; chained && steps < len(to) && !strings.EqualFold(next, a.To); steps++ {
			next, chained = to[strings.ToLower(next)]
		}
		if chained {
			say("alias-cycle", "%q leads to itself by %q", a.To, a.From)
		} else {
			say("alias-chain", "%q leads to %q, which is a name itself", a.From, a.To)
		}
	}
}

// isDate tells whether a text is a date such as 2026-01-08.
func isDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	for i := 0; i < len(s); i++ {
		if i != 4 && i != 7 && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}
