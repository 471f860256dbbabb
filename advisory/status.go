package advisory

import (
	"encoding/json"
	"fmt"
	"iter"
	"math/bits"
	"slices"
	"strings"
)

// A Status says how a version or an installation stands to a vulnerability. The zero value
// is Unknown. The words never change.
type Status uint8

// The statuses.
const (
	// Unknown: somebody speaks about the product, but the answer cannot be told.
	Unknown Status = iota
	// NoStatement: nobody says anything about this installation.
	NoStatement
	// UnderInvestigation: the publisher does not know yet.
	UnderInvestigation
	// NotAffected: the version never had the vulnerability.
	NotAffected
	// Fixed: the version had it and has it no more.
	Fixed
	// Affected: the version has the vulnerability.
	Affected
)

const statusCount = int(Affected) + 1

var statusNames = [statusCount]string{
	"unknown", "no_statement", "under_investigation", "not_affected", "fixed", "affected",
}

// String returns the word of the status: "not_affected".
func (s Status) String() string {
	if int(s) < statusCount {
		return statusNames[s]
	}
	return "invalid"
}

// MarshalText returns the word of the status.
func (s Status) MarshalText() ([]byte, error) {
	if int(s) >= statusCount {
		return nil, fmt.Errorf("status %d does not exist", s)
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads the word of a status.
func (s *Status) UnmarshalText(text []byte) error {
	for i, name := range statusNames {
		if name == string(text) {
			*s = Status(i)
			return nil
		}
	}
	return fmt.Errorf("unknown status %q", text)
}

// A StatusSet is a set of statuses. The zero value is empty; sets compare with ==.
type StatusSet uint8

// SetOf returns the set of the statuses given.
func SetOf(statuses ...Status) StatusSet {
	var set StatusSet
	for _, s := range statuses {
		set |= 1 << s
	}
	return set
}

// Has tells whether s is in the set.
func (set StatusSet) Has(s Status) bool { return set&(1<<s) != 0 }

// With returns the set and s.
func (set StatusSet) With(s Status) StatusSet { return set | 1<<s }

// Union returns what is in either.
func (set StatusSet) Union(o StatusSet) StatusSet { return set | o }

// Len returns the count of statuses in the set.
func (set StatusSet) Len() int { return bits.OnesCount8(uint8(set)) }

// All returns the statuses of the set in ascending order.
func (set StatusSet) All() iter.Seq[Status] {
	return func(yield func(Status) bool) {
		for s := range Status(statusCount) {
			if set.Has(s) && !yield(s) {
				return
			}
		}
	}
}

// String returns the words of the set joined by "|".
func (set StatusSet) String() string {
	var words []string
	for s := range set.All() {
		words = append(words, s.String())
	}
	return strings.Join(words, "|")
}

// MarshalJSON returns the words of the set in ascending order.
func (set StatusSet) MarshalJSON() ([]byte, error) {
	return json.Marshal(slices.AppendSeq([]Status{}, set.All()))
}

// UnmarshalJSON reads a list of words.
func (set *StatusSet) UnmarshalJSON(text []byte) error {
	var list []Status
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	*set = SetOf(list...)
	return nil
}
