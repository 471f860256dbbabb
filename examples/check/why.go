package main

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/report"
)

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
		phrase, missing := report.Phrase(a.verdict.Reason)
		if a.verdict.Reason == advisory.MissingCondition && len(e.Missing) > 0 {
			missing = strings.Join(e.Missing, ", ")
		}
		text = phrase + " (missing: " + missing + ")"
	}
	if a.verdict.Status == advisory.UnderInvestigation {
		text = "the publisher is looking into it"
	}
	return strings.TrimPrefix(text+", "+source, ", ")
}

// whySilent tells apart the ways of finding nothing.
func (c *check) whySilent(a *answer) string {
	if a.verdict.Reason != advisory.NotNamed {
		phrase, _ := report.Phrase(a.verdict.Reason)
		return phrase + ", " + a.vulnerability
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
