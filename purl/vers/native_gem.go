package vers

// gem: the requirements of RubyGems (Gem::Requirement 3.3): comparisons with commas
// between; ~> takes the versions up to the next one of all numbers but the last, whose
// pre-releases it leaves out.
var gemOperators = operators{comma: true, bare: true, plain: []string{"<=", "<", ">=", ">", "=", "!="},
	special: []operator{{"~>", (*nativeReader).gemPessimistic}}}

// gemPessimistic is "~>", see Gem::Version#bump: what follows the first letter does not
// count for the upper bound, and a single number is increased itself.
func (n *nativeReader) gemPessimistic(version string, at int) (Range, error) {
	numbers, _ := leadingNumbers(version)
	if len(numbers) == 0 {
		return Range{}, n.error(at, "number wanted")
	}
	return n.between(version, successor(numbers, max(1, len(numbers)-1), 0), at)
}
