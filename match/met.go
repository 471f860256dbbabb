package match

import (
	"fmt"

	"github.com/affected-go/affected/advisory"
)

// facts says of each part of the condition of a claim whether it is met, and what of the
// inventory that rests on. parts are the texts of the leaves as the document has them.
func (m *Matcher) facts(s *scratch, in *Installation, c *claim, parts []string) []string {
	if c.always {
		return nil
	}
	s.judge.of = c
	lines := make([]string, 0, len(parts))
	for leaf := range c.where.Leaves() { // in the same order
		if len(lines) == len(parts) {
			break
		}
		because := s.judge.because(in, leaf)
		lines = append(lines, s.texts.join(parts[len(lines)], ": ", conditionWord(s.judge.Judge(leaf)), when(because != "", ", "), because))
	}
	return lines
}

// maxStanding is how many products the evidence names for one part of a condition.
const maxStanding = 3

// because says what of the inventory the answer about a leaf rests on, "" for nothing.
func (j *judge) because(in *Installation, leaf *advisory.Condition) string {
	switch leaf.Op {
	case advisory.OpText:
		if _, ok := in.Met[leaf.Text]; ok {
			return "as the caller says"
		}
	case advisory.OpFact:
		if value, ok := in.Fact(leaf.Fact); ok {
			return "it is " + value
		}
	case advisory.OpProduct:
		names, more := j.standing(leaf)
		if list := joinNonEmpty(", ", names...); list != "" {
			return "there is " + list + when(more > 0, fmt.Sprintf(" and %d more", more))
		}
		if _, complete := j.list(leaf.Relation); complete {
			return "there is no other than those listed"
		}
	}
	return when(leaf.Presumed, "presumed where nothing is known")
}

// standing returns the products of the inventory that a leaf may mean.
func (j *judge) standing(leaf *advisory.Condition) (names []string, more int) {
	l := j.of.leaves[leaf]
	if l == nil {
		return nil, 0
	}
	list, _ := j.list(leaf.Relation)
	j.relate(leaf.Relation)
	for i := range j.s.related {
		switch r := &j.s.related[i]; {
		case r.relation != leaf.Relation || r.claim != l.claim:
		case len(names) == maxStanding:
			more++
		default:
			names = append(names, list[r.at].label())
		}
	}
	return names, more
}

// label names an installation in one line.
func (in *Installation) label() string {
	version, _ := in.version()
	switch {
	case in.Product != "":
		return joinNonEmpty(" ", in.Vendor, in.Product, version)
	case in.PURL.IsValid():
		return in.PURL.String()
	case in.CPE.IsValid():
		return in.CPE.String()
	}
	return joinNonEmpty(" ", in.Vendor, in.Model, in.Serial, in.SKU, version)
}
