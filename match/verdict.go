package match

import (
	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
)

// The words of a verdict are those of the statements; they are defined in package advisory.
type (
	// A Status is where an installation stands.
	Status = advisory.Status
	// A StatusSet is a set of statuses.
	StatusSet = advisory.StatusSet
	// A Reason says why a verdict is Unknown or NoStatement.
	Reason = advisory.Reason
)

// A Verdict is the answer for one installation and one vulnerability. Verdicts are values
// and compare with ==. The zero Verdict is Unknown without a reason; no method of this
// package returns it.
type Verdict struct {
	Status Status
	// Reason is set for Unknown and NoStatement.
	Reason Reason
	// Possible holds, for Unknown, the statuses that it may be.
	Possible StatusSet
}

// Clear tells whether the installation is known not to be affected: NotAffected or Fixed.
// Policy code gates on it.
func (v Verdict) Clear() bool {
	return v.Status == advisory.NotAffected || v.Status == advisory.Fixed
}

// MayBeAffected tells whether the installation is affected, or may be.
func (v Verdict) MayBeAffected() bool {
	switch v.Status {
	case advisory.Affected, advisory.UnderInvestigation:
		return true
	case advisory.Unknown:
		return v.Possible == 0 || v.Possible.Has(advisory.Affected)
	}
	return false
}

// String returns "affected", or "unknown (imprecise)".
func (v Verdict) String() string {
	if v.Reason != advisory.NoReason {
		return v.Status.String() + " (" + v.Reason.String() + ")"
	}
	return v.Status.String()
}

// A Finding is a verdict that a matcher reports, with what led to it. Findings are values;
// their strings belong to the matcher.
type Finding struct {
	// Vulnerability is the CVE id, or the document's own where it has none.
	Vulnerability string
	Verdict       Verdict
	// Product is the key under which the product was recognised, Level how surely.
	Product string
	Level   product.Level
	Fix     Fix
	// Accepted is the acceptance that stands beside the verdict, nil for none.
	Accepted *Acceptance
	// Remedies is a number that stands for what the publisher offers or advises, so that a
	// change of it shows; a scan fills it in.
	Remedies uint64
	source   int32
	claim    int32 // that decided, -1 for none
}
