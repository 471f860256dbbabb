package report

import (
	"strings"
	"unicode"

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
	match.Recognized:   "no finding",
}

// Phrase returns a reason in a few words, and in a few more what would settle the answer, "" for
// nothing.
func Phrase(r match.Reason) (text, missing string) { return phrases[r].text, phrases[r].missing }

// Why returns what the finding rests on in a short phrase: the stretch of versions that was
// hit, or why the answer cannot be told and what would tell it, and who says so.
func (e *Entry) Why() string {
	if e.IsSilent() {
		return silencePhrases[min(e.Coverage.Kind, match.Recognized)]
	}
	v := e.Finding.Verdict
	text, source := phrases[v.Reason].text, ""
	if c := e.claim(); c != nil {
		source = strings.TrimSpace(c.Publisher + " " + c.Document)
		if text == "" {
			text = stretch(c)
		}
	}
	switch v.Status {
	case advisory.Unknown:
		if missing := e.missing(); missing != "" {
			text += " (missing: " + missing + ")"
		}
	case advisory.UnderInvestigation:
		text = "the publisher is looking into it"
	}
	return strings.Trim(printable(text+", "+source), ", ")
}

// missing returns what would settle an unknown answer.
func (e *Entry) missing() string {
	if e.Finding.Verdict.Reason == advisory.MissingCondition && len(e.Evidence.Missing) > 0 {
		return strings.Join(e.Evidence.Missing, ", ")
	}
	return phrases[e.Finding.Verdict.Reason].missing
}

// stretch returns the stretch of versions that was hit, or else the publisher's words, or
// the rule that decided without any.
func stretch(c *match.Claim) string {
	status := c.Status.String()
	switch {
	case c.Segment != "":
		return "in " + strings.TrimSuffix(c.Segment, " "+status)
	case c.SpanText != "":
		return "for " + strings.TrimSuffix(c.SpanText, ", "+status)
	}
	return c.Rule
}

// printable returns a text on one line without characters that a terminal would obey or a
// reader would not see.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsPrint(r):
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return unicode.ReplacementChar
	}, text)
}

// shorten cuts a text for a column.
func shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
