package main

import (
	"fmt"
	"time"

	"github.com/affected-go/affected/match"
)

// A Decision says whether a host may go into production, and why not.
type Decision struct {
	Allowed  bool
	Blocked  []string // findings that nobody has accepted
	Accepted []string // findings that somebody has accepted, until when
	Unseen   []string // products of which nobody knows anything
}

// Decide is the policy: a host may go into production when nothing on it may be affected,
// except for risks that somebody has accepted and whose end has not come. What cannot be
// told counts as affected; products that no source knows are reported, and block when the
// policy is strict.
//
// It gates on MayBeAffected and on nothing else: comparing with Affected would let through
// what could not be read.
func Decide(m *match.Matcher, host *match.Host, exceptions []match.Acceptance, today time.Time, strict bool) (Decision, error) {
	view, err := m.With(match.AskOptions{At: today, Accepted: exceptions})
	if err != nil {
		return Decision{}, err // an exception that cannot be read is not one
	}
	d := Decision{Allowed: true}
	for i := range host.Installations {
		in := &host.Installations[i]
		in.Host = host
		name := in.Vendor + " " + in.Product + " " + in.Version
		if view.Coverage(in).Kind == match.Unrecognized {
			d.Unseen = append(d.Unseen, name)
			d.Allowed = d.Allowed && !strict
		}
		for f := range view.Findings(in) {
			switch {
			case !f.Verdict.MayBeAffected():
			case f.Accepted != nil:
				d.Accepted = append(d.Accepted, fmt.Sprintf("%s: %s %s, accepted by %s until %s",
					name, f.Vulnerability, f.Verdict, f.Accepted.Author, f.Accepted.Until.Format(time.DateOnly)))
			default:
				d.Blocked = append(d.Blocked, fmt.Sprintf("%s: %s %s, fix %s", name, f.Vulnerability, f.Verdict, f.Fix))
				d.Allowed = false
			}
		}
	}
	return d, nil
}
