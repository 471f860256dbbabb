package main

import (
	"encoding/json"
	"io"

	"github.com/affected-go/affected/match"
)

// A record is one line of the JSON output. Every member but evidence is always there.
type record struct {
	Host          string          `json:"host"`
	Product       string          `json:"product"`
	Installed     string          `json:"installed"`
	Vulnerability string          `json:"vulnerability"`
	Status        match.Status    `json:"status"`
	Reason        match.Reason    `json:"reason"`
	Fix           string          `json:"fix"`
	Evidence      *match.Evidence `json:"evidence,omitempty"`
}

// printJSON prints one line for each answer.
func (c *check) printJSON(out io.Writer, answers []answer) error {
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	var e match.Evidence
	for i := range answers {
		a := &answers[i]
		r := record{
			Host: a.host, Product: a.product, Installed: a.installed, Vulnerability: a.vulnerability,
			Status: a.verdict.Status, Reason: a.verdict.Reason, Fix: fixText(a.fix),
		}
		if c.explain {
			c.matcher.ExplainTo(&e, a.in, a.vulnerability)
			r.Evidence = &e
		}
		if err := lines.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// fixText is the text of a fix, "" where there is none to tell.
func fixText(f match.Fix) string {
	switch f.Kind {
	case match.FixUnknown, match.FixNotNeeded:
		return ""
	}
	return f.String()
}
