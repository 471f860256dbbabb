package advisory

import "fmt"

// A Reason says why an answer is Unknown or NoStatement. The zero value is NoReason. The
// words never change.
type Reason uint8

// The reasons, by who has to act.
const (
	NoReason Reason = iota

	// Class Inventory.

	// NoVersion: the installation has no version.
	NoVersion
	// BadVersion: the scheme of the product cannot read the installed version.
	BadVersion
	// Imprecise: the installed version names a branch that is affected in part.
	Imprecise
	// MissingCondition: a condition asks for a fact that the inventory does not state.
	MissingCondition
	// NoPatchList: patches decide, and the inventory does not list them.
	NoPatchList
	// PartialPatchList: patches decide, and the list may leave out the one that counts.
	PartialPatchList
	// HostConflict: a patch is listed that the version of the installation contradicts: a
	// restart is pending, or one of the two is old.
	HostConflict

	// Class Advisory.

	// BadRange: a bound or range of the statement cannot be read.
	BadRange
	// NoData: the statement names no version, or says itself that it does not know.
	NoData
	// AmbiguousBranch: two bounds hold on one branch, or a version that is named may stand for
	// its branch.
	AmbiguousBranch
	// OtherLine: the statement speaks about other lines of the product only.
	OtherLine
	// NotListed: the statement lists versions and says nothing about others.
	NotListed
	// DistributorBuild: a distributor built the installed version, and the statement is about
	// versions of the maker.
	DistributorBuild

	// GraphHole: an installed patch may replace the one that counts, and nobody recorded it.
	GraphHole
	// GraphCycle: an installed patch replaces the one that counts only by records that go in
	// a circle.
	GraphCycle

	// Class Catalog.

	// ProductUncertain: the product is perhaps the one that the statement names.
	ProductUncertain
	// NoScheme: the version scheme that the product needs is not known.
	NoScheme

	// Class Conflict.

	// Conflict: statements contradict each other and none outranks the others.
	Conflict

	// Why nothing is stated.

	// NotNamed: no statement names the product.
	NotNamed
	// VersionNotNamed: the product is named, this version is not.
	VersionNotNamed
	// OtherPlatform: the statement is limited to other platforms.
	OtherPlatform
	// Dropped: the only statement was withdrawn, rejected or replaced.
	Dropped

	reasonCount
)

var reasonNames = [reasonCount]string{
	"", "no_version", "bad_version", "imprecise", "missing_condition",
	"no_patch_list", "partial_patch_list", "host_conflict",
	"bad_range", "no_data", "ambiguous_branch", "other_line", "not_listed", "distributor_build",
	"graph_hole", "graph_cycle",
	"product_uncertain", "no_scheme", "conflict",
	"not_named", "version_not_named", "other_platform", "dropped",
}

// String returns the word of the reason, "" for NoReason.
func (r Reason) String() string {
	if r < reasonCount {
		return reasonNames[r]
	}
	return "invalid"
}

// MarshalText returns the word of the reason.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the word of a reason.
func (r *Reason) UnmarshalText(text []byte) error {
	for i, name := range reasonNames {
		if name == string(text) {
			*r = Reason(i)
			return nil
		}
	}
	return fmt.Errorf("unknown reason %q", text)
}

// A Class says who has to act on an answer that is not clear.
type Class uint8

// The classes of reasons.
const (
	// ClassNone: nobody; the answer is clear or nothing is stated.
	ClassNone Class = iota
	// ClassInventory: who keeps the inventory.
	ClassInventory
	// ClassAdvisory: who published the advisory.
	ClassAdvisory
	// ClassCatalog: who keeps the product catalog.
	ClassCatalog
	// ClassConflict: who ranks the sources.
	ClassConflict
)

// String returns the class in lower case, "" for ClassNone.
func (c Class) String() string {
	return [...]string{"", "inventory", "advisory", "catalog", "conflict"}[min(c, ClassConflict)]
}

// Class returns who has to act.
func (r Reason) Class() Class {
	switch {
	case r == NoReason || r >= NotNamed:
		return ClassNone
	case r <= HostConflict:
		return ClassInventory
	case r <= GraphCycle:
		return ClassAdvisory
	case r <= NoScheme:
		return ClassCatalog
	default:
		return ClassConflict
	}
}
