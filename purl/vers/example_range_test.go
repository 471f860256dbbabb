package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

func ExampleSchemes_ParseVERS() {
	schemes := vers.Builtin()
	r, _ := schemes.ParseVERS("vers:deb/>=7.88.1-10|<7.88.1-11")
	in, _ := r.Contains("7.88.1-10+deb12u1")
	fmt.Println(in)

	_, err := schemes.ParseVERS("vers:deb/<7.88.1-11|>=7.88.1-10")
	fmt.Println(err)
	// Output:
	// yes
	// vers: "vers:deb/<7.88.1-11|>=7.88.1-10" at 20: constraints that are not sorted
}

func ExampleSchemes_Normalize() {
	r, _ := vers.Builtin().Normalize("VERS:PyPI/ >=2.0 | 1.4 | <3.0 | >=2.5 | <1!0")
	fmt.Println(r)
	// Output: vers:pypi/1.4|>=2.0|<1%210
}

func ExampleSchemes_ParseNative() {
	schemes := vers.Builtin()
	for _, c := range []struct{ notation, text string }{
		{"npm", "^1.2.3 || 2.x"},
		{"pypi", "~=1.4.2, !=1.4.5"},
		{"maven", "(,2.12.2),[2.13.0,2.15.0)"},
		{"deb", ">= 1:2.30-1, << 1:2.39.5-0+deb12u2"},
		{"github(npm)", ">= 4.3.0, < 4.3.5"},
		{"gitlab(gem)", ">=4.2.2 <4.3.6||=5.0"},
	} {
		r, err := schemes.ParseNative(c.notation, c.text)
		fmt.Println(r, err)
	}
	_, err := schemes.ParseNative("npm", "1.2.3 or so")
	fmt.Println(err)
	// Output:
	// vers:npm/>=1.2.3|<3.0.0 <nil>
	// vers:pypi/>=1.4.2|!=1.4.5|<1.5 <nil>
	// vers:maven/<2.12.2|>=2.13.0|<2.15.0 <nil>
	// vers:deb/>=1:2.30-1|<1:2.39.5-0+deb12u2 <nil>
	// vers:npm/>=4.3.0|<4.3.5 <nil>
	// vers:gem/>=4.2.2|<4.3.6|5.0 <nil>
	// npm: "1.2.3 or so" at 6: version, partial version or x wanted
}

func ExampleSchemes_Satisfies() {
	schemes := vers.Builtin()
	installs, _ := schemes.Satisfies("npm", "<2.0.0", "1.9.0-rc.1")
	advisory, _ := schemes.ParseNative("npm", "<2.0.0")
	affected, _ := advisory.Contains("1.9.0-rc.1")
	fmt.Println("npm would install it:", installs)
	fmt.Println("an advisory holds it:", affected)
	// Output:
	// npm would install it: false
	// an advisory holds it: yes
}

func ExampleRange_Constraints() {
	r, _ := vers.Builtin().ParseVERS("vers:pypi/>=1.0|!=1%210.5")
	for c := range r.Constraints() {
		fmt.Printf("%s %s\n", c.Comparator, c.Version)
	}
	// Output:
	// >= 1.0
	// != 1!0.5
}

func ExampleRange_Highest() {
	r, _ := vers.Builtin().ParseNative("npm", "^1.2.0")
	releases := []string{"1.1.0", "1.2.0", "1.10.0", "2.0.0"}
	high, _ := r.Highest(releases)
	low, _ := r.Lowest(releases)
	fmt.Println(low, high)
	// Output: 1.2.0 1.10.0
}

func ExampleRange_Overlaps() {
	schemes := vers.Builtin()
	wanted, _ := schemes.ParseNative("npm", "^1.2.0")
	affected, _ := schemes.ParseVERS("vers:npm/<1.2.5")
	overlap, _ := wanted.Overlaps(affected)
	within, _ := wanted.SubsetOf(affected)
	safe, _ := wanted.Difference(affected)
	fmt.Println(overlap, within, safe)
	// Output: yes no vers:npm/>=1.2.5|<2.0.0
}

func ExampleRange_VERS() {
	schemes := vers.Builtin()
	a, _ := schemes.ParseVERS("vers:npm/>=1.0.0|<2.0.0")
	b, _ := schemes.ParseVERS("vers:npm/>2.0.0|<3.0.0")
	both, _ := a.Union(b)
	fmt.Println(both.VERS())
	fmt.Println(both.Complement().VERS())

	// The bounds of a branch are no versions: VERS cannot write them.
	branch, _ := schemes.Branch("npm", "1.2")
	fmt.Println(branch.VERS())
	// Output:
	// vers:npm/>=1.0.0|!=2.0.0|<3.0.0 true
	// vers:npm/<1.0.0|2.0.0|>=3.0.0 true
	//  false
}
