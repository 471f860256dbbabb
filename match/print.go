package match

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// String returns the evidence as text for people, one fact a line. Library, Catalog and
// Matcher are in the JSON form only.
func (e Evidence) String() string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %-12s %s\n", name, printable(value))
		}
	}
	fmt.Fprintf(&b, "%s: %s\n", printable(e.Vulnerability), e.Verdict)
	in := e.Installation
	line("host", in.Host)
	line("installed", joinNonEmpty(" | ", in.Vendor, in.Product, in.Version))
	line("patches", joinNonEmpty(": ", in.PatchList, strings.Join(in.Patches, ", ")))
	line("purl", in.PURL)
	line("cpe", in.CPE)
	line("model", in.Model)
	line("serial", in.Serial)
	line("sku", in.SKU)
	for _, h := range in.Hashes {
		line("hash", h)
	}
	for _, tag := range in.Tags {
		line("tag", tag)
	}
	for row := range strings.Lines(in.Row) {
		line("row", strings.TrimRight(row, "\r\n"))
	}
	if !e.At.IsZero() {
		line("asked for", e.At.UTC().Format(time.DateOnly))
	}
	line("product", e.Coverage+when(len(e.Candidates) > 0, ": "+strings.Join(e.Candidates, "; ")))
	line("may be", words(e.Possible))
	line("missing", strings.Join(e.Missing, ", "))
	line("fix", e.Fix)
	for _, b := range e.Branches {
		line("branch", b)
	}
	for _, r := range e.Remediations {
		line("remedy", r)
	}
	line("accepted", e.Accepted)
	line("settled by", when(e.Settled != "agree" && len(e.Claims) > 1, e.Settled))
	for _, step := range e.Steps {
		line("step", step)
	}
	if len(e.Claims) == 0 {
		b.WriteString("  no loaded statement names the product\n")
	}
	for _, r := range e.Rejected {
		line("not", r.Product+" ("+joinNonEmpty(", ", r.Document, r.Place)+"): "+r.Why)
	}
	if e.Others > 0 {
		line("not", fmt.Sprintf("%d other products", e.Others))
	}
	for i := range e.Claims {
		e.Claims[i].print(&b)
	}
	return b.String()
}

func (c Claim) print(b *strings.Builder) {
	if c.Citation == nil { // of no evidence
		c.Citation = new(Citation)
	}
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "    %-12s %s\n", name, printable(value))
		}
	}
	mark := ""
	if c.Decides {
		mark = " (decides)"
	}
	fmt.Fprintf(b, "  statement%s\n", mark)
	document := c.Document
	if c.Publisher != "" {
		document += ", published by " + c.Publisher + " (" + c.Rank.String() + ")"
	}
	if c.Revision != "" {
		document += ", revision " + c.Revision
	}
	if !c.Changed.IsZero() {
		document += ", " + c.Changed.Format(time.DateOnly)
	}
	line("document", document)
	line("sha256", c.SHA256)
	line("dropped", c.Dropped)
	line("place", c.Place)
	line("product", c.Product)
	line("identified", c.Identified+", level "+c.Level.String())
	line("catalog", c.Entry)
	line("scheme", c.Scheme)
	line("line", when(c.Scheme != "", lineName(c.Line)))
	line("installed", c.Read)
	line("text", c.SpanText)
	line("text at", c.SpanPlace)
	line("condition", c.Condition)
	for _, f := range c.Facts {
		line("fact", f)
	}
	line("only if", c.If)
	line("segment", c.Segment)
	for _, p := range c.Patches {
		line("patch", p)
	}
	says := c.Status.String()
	if c.Reason != 0 {
		says += " (" + c.Reason.String() + ")"
	}
	if c.Possible != 0 {
		says += ", may be " + words(c.Possible)
	}
	if c.Inferred {
		says += ", inferred"
	}
	line("says", when(c.Dropped == "", says))
	line("rule", c.Rule)
	line("because", c.Justification)
	for _, p := range c.Problems {
		line("problem", p)
	}
}

// printable escapes what would break a line or its reading order: texts come from others,
// and no version may forge a line of the evidence.
func printable(text string) string {
	plain := func(r rune) bool { return unicode.IsPrint(r) && r != unicode.ReplacementChar }
	if strings.IndexFunc(text, func(r rune) bool { return !plain(r) }) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if plain(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "\\u%04x", r)
		}
	}
	return b.String()
}

func joinNonEmpty(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), separator)
}

func words(statuses StatusSet) string { return strings.ReplaceAll(statuses.String(), "|", " or ") }

// when returns text when it is wanted.
func when(wanted bool, text string) string {
	if wanted {
		return text
	}
	return ""
}

// lineName returns the name of a line for people.
func lineName(line string) string {
	if line == "" {
		return "the usual one"
	}
	return line
}
