package main

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A phrase says a reason in words, and what would settle the question.
type phrase struct{ text, missing string }

// phrases has a line for each reason of package advisory.
var phrases = map[match.Reason]phrase{
	advisory.NoVersion:        {"no version installed is stated", "the version"},
	advisory.BadVersion:       {"the installed version cannot be read", "the version as the vendor writes it"},
	advisory.Imprecise:        {"imprecise version", "the exact version or build"},
	advisory.MissingCondition: {"holds under a condition", "a fact about the host"},
	advisory.NoPatchList:      {"patches decide", "the patches of the host"},
	advisory.PartialPatchList: {"patches decide, and more may be installed", "all patches of the host"},
	advisory.HostConflict:     {"version and patches contradict each other", "the host after a restart"},
	advisory.ProductUncertain: {"perhaps this product", "its vendor, purl or CPE"},
	advisory.NoScheme:         {"the version scheme is not known", "the scheme of the product"},

	advisory.BadRange:         {"a part of the statement cannot be read", "a readable range"},
	advisory.NoData:           {"the statement names no versions", "versions in the advisory"},
	advisory.AmbiguousBranch:  {"two bounds fit this version", "the branch of each bound"},
	advisory.OtherLine:        {"only other lines of the product are named", "a statement about this line"},
	advisory.NotListed:        {"this version is not among those listed", "a default in the advisory"},
	advisory.DistributorBuild: {"a distributor built this version", "a statement of the distributor"},
	advisory.GraphHole:        {"an installed patch is not recorded", "the record of the patch"},
	advisory.GraphCycle:       {"patches replace each other in a circle", "the order of the patches"},

	advisory.Conflict: {"statements contradict each other", "which source to follow"},

	advisory.NotNamed:        {"the product is not named", ""},
	advisory.VersionNotNamed: {"this version is not named", ""},
	advisory.OtherPlatform:   {"the statement is about other platforms", ""},
	advisory.Dropped:         {"the statement was withdrawn, rejected or replaced", ""},
}

// silencePhrases say what a silence means, by what is known about the product.
var silencePhrases = [...]string{
	match.Unrecognized: "product not recognized",
	match.NoSource:     "no source about this vendor",
	match.Ambiguous:    "identifiers of several products",
	match.Recognized:   "another product",
}

// why returns a short phrase for an answer, taken from the evidence of its verdict.
func (c *check) why(a *answer) string {
	if isSilent(*a) {
		return c.whySilent(a)
	}
	e := c.matcher.Explain(a.in, a.vulnerability)
	text, source := "", a.vulnerability
	for i := range e.Claims {
		if claim := &e.Claims[i]; claim.Decides {
			text, source = stretch(claim), sourceText(claim, a.vulnerability)
		}
	}
	if a.verdict.Status == advisory.Unknown {
		p := phrases[a.verdict.Reason]
		if a.verdict.Reason == advisory.MissingCondition && len(e.Missing) > 0 {
			p.missing = strings.Join(e.Missing, ", ")
		}
		text = p.text + " (missing: " + p.missing + ")"
	}
	if a.verdict.Status == advisory.UnderInvestigation {
		text = "the publisher is looking into it"
	}
	return strings.TrimPrefix(text+", "+source, ", ")
}

// whySilent tells apart the ways of finding nothing.
func (c *check) whySilent(a *answer) string {
	if a.verdict.Reason != advisory.NotNamed {
		return phrases[a.verdict.Reason].text + ", " + a.vulnerability
	}
	coverage := c.matcher.Coverage(a.in)
	text := silencePhrases[coverage.Kind]
	if coverage.Kind != match.Unrecognized && len(coverage.Candidates) > 0 {
		text += " (" + coverage.Candidates[0].Key + ")"
	}
	return text
}

// stretch returns the stretch of versions that was hit, "in [10.2.0, 10.2.9-h1)", or else
// the publisher's words, or the rule that decided without any.
func stretch(c *match.Claim) string {
	status := c.Status.String()
	switch {
	case c.Segment != "":
		return "in " + strings.TrimSuffix(c.Segment, " "+status)
	case c.SpanText != "":
		return "for " + strings.TrimSuffix(c.SpanText, ", "+status)
	default:
		return c.Rule
	}
}

// sourceText names who says it, and the document where that has an id of its own.
func sourceText(c *match.Claim, vulnerability string) string {
	text := vulnerability
	if c.Document != vulnerability {
		text += " in " + c.Document
	}
	if c.Publisher != "" {
		text = c.Publisher + " " + text
	}
	return text
}
