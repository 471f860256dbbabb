package vers

import version "github.com/hashicorp/go-version"

// hashicorp: the constraints of go-version v1.9.0, comparisons with commas between. "~>"
// takes the versions that keep all numbers but the last: ~> 1.2.3 is >= 1.2.3, < 1.3.
var hashicorpOperators = operators{comma: true, bare: true, plain: []string{"<=", "<", ">=", ">", "=", "!="},
	special: []operator{{"~>", (*nativeReader).hashicorpPessimistic}}}

// readHashicorp leaves the policy of Satisfies to the module itself.
func readHashicorp(n *nativeReader) (Range, error) {
	r, err := hashicorpOperators.read(n)
	if err != nil || !n.policy {
		return r, err
	}
	constraints, err := version.NewConstraint(n.text)
	if err != nil {
		return Range{}, n.error(0, err.Error())
	}
	asked, err := version.NewVersion(n.asked)
	if err != nil {
		return Range{}, n.error(0, err.Error())
	}
	if constraints.Check(asked) {
		return n.all(), nil
	}
	return n.none(), nil
}

func (n *nativeReader) hashicorpPessimistic(version string, at int) (Range, error) {
	numbers, _ := leadingNumbers(trimV(version))
	if len(numbers) < 2 {
		return n.compare(GreaterOrEqual, version, at)
	}
	return n.between(version, successor(numbers, len(numbers)-1, 0), at)
}
