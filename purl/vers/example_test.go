package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

func ExampleSchemes_Parse() {
	schemes := vers.Builtin()
	hotfix, _ := schemes.Parse("vendor", "10.2.9-h1")
	next, _ := schemes.Parse("vendor", "10.2.10")
	c, comparable := hotfix.Compare(next)
	fmt.Println(c, comparable)

	// Builds of one counter under three labels.
	older, _ := schemes.Parse("build", "8.0.7007")
	newer, _ := schemes.Parse("build", "2019 (14.0) Build 7190")
	c, comparable = older.Compare(newer)
	fmt.Println(c, comparable)

	_, err := schemes.Parse("build", "14.0")
	fmt.Println(err)
	// Output:
	// -1 true
	// -1 true
	// build: "14.0" at 0: release without its build
}

func ExampleSchemes_NewRange() {
	schemes := vers.Builtin()
	from, _ := schemes.NewRange("dotted", vers.Constraint{Comparator: vers.GreaterOrEqual, Version: "7.2.0"})
	to, _ := schemes.NewRange("dotted", vers.Constraint{Comparator: vers.Less, Version: "7.2.7"})
	r, _ := from.Intersect(to)
	in, _ := r.Contains("7.2.6")
	fmt.Println(r, in)
	fmt.Println(r.Complement())
	// Output:
	// vers:dotted/>=7.2.0|<7.2.7 yes
	// vers:dotted/<7.2.0|>=7.2.7
}

func ExampleSchemes_Branch() {
	r, _ := vers.Builtin().Branch("vendor", "6.1")
	for _, version := range []string{"6.1.9", "6.10.9"} {
		in, _ := r.Contains(version)
		fmt.Println(version, in)
	}
	// Output:
	// 6.1.9 yes
	// 6.10.9 no
}

func ExampleEncoder() {
	// A scheme of two numbers, the second one a patch level.
	key := func(release, patch string) string {
		return string(vers.Encoder(nil).Line("").Number(release).Token(1).Number(patch).End())
	}
	fmt.Println(key("9", "2") < key("10", "1"), key("10", "9") < key("10", "11"))
	// Output: true true
}
