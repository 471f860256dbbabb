package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

// A release counts when both versions have one.
func ExampleBuiltin_alpm() {
	a, _ := vers.Builtin().Parse("alpm", "6.1-1")
	b, _ := vers.Builtin().Parse("alpm", "6.1")
	fmt.Println(a.Compare(b))
	// Output: 0 true
}

// A fix in a revision of the package.
func ExampleBuiltin_apk() {
	r, _ := vers.Builtin().NewRange("apk", vers.Constraint{Comparator: vers.Less, Version: "3.1.4-r6"})
	fmt.Println(r.Contains("3.1.4-r5"))
	// Output: yes <nil>
}

// The revision of the package does not count.
func ExampleBuiltin_bitnami() {
	r, _ := vers.Builtin().NewRange("bitnami", vers.Constraint{Comparator: vers.Equal, Version: "2.3.1"})
	fmt.Println(r.Contains("2.3.1-4"))
	// Output: yes <nil>
}

// A pre-release is below the release, whatever cargo would install.
func ExampleBuiltin_cargo() {
	r, _ := vers.Builtin().NewRange("cargo", vers.Constraint{Comparator: vers.Less, Version: "2.0.0"})
	fmt.Println(r.Contains("2.0.0-rc.1"))
	// Output: yes <nil>
}

// Instants compare, not texts.
func ExampleBuiltin_datetime() {
	a, _ := vers.Builtin().Parse("datetime", "2024-05-01T14:00:00+02:00")
	b, _ := vers.Builtin().Parse("datetime", "2024-05-01T12:00:00Z")
	fmt.Println(a.Compare(b))
	// Output: 0 true
}

// A rebuild of the fixed version is fixed.
func ExampleBuiltin_deb() {
	r, _ := vers.Builtin().NewRange("deb", vers.Constraint{Comparator: vers.Less, Version: "7.88.1-10+deb12u5"})
	fmt.Println(r.Contains("7.88.1-10+deb12u5+b1"))
	// Output: no <nil>
}

// A leading zero makes a fraction of a number.
func ExampleBuiltin_gentoo() {
	a, _ := vers.Builtin().Parse("gentoo", "7.02")
	b, _ := vers.Builtin().Parse("gentoo", "7.1")
	fmt.Println(a.Compare(b))
	// Output: -1 true
}

// Metadata does not count, the v is optional.
func ExampleBuiltin_golang() {
	a, _ := vers.Builtin().Parse("golang", "v2.1.0+incompatible")
	b, _ := vers.Builtin().Parse("golang", "2.1.0")
	fmt.Println(a.Compare(b))
	// Output: 0 true
}

// Numbers are below words.
func ExampleBuiltin_hex() {
	a, _ := vers.Builtin().Parse("hex", "1.0.0-2")
	b, _ := vers.Builtin().Parse("hex", "1.0.0-rc")
	fmt.Println(a.Compare(b))
	// Output: -1 true
}

// Missing integers are zero.
func ExampleBuiltin_intdot() {
	r, _ := vers.Builtin().NewRange("intdot", vers.Constraint{Comparator: vers.LessOrEqual, Version: "3.1"})
	fmt.Println(r.Contains("3.1.0"))
	// Output: yes <nil>
}

// Bytes of UTF-8.
func ExampleBuiltin_lexicographic() {
	a, _ := vers.Builtin().Parse("lexicographic", "z")
	b, _ := vers.Builtin().Parse("lexicographic", "é")
	fmt.Println(a.Compare(b))
	// Output: -1 true
}

// An older stable release.
func ExampleBuiltin_nginx() {
	r, _ := vers.Builtin().NewRange("nginx", vers.Constraint{Comparator: vers.Less, Version: "1.21.0"})
	fmt.Println(r.Contains("1.20.2"))
	// Output: yes <nil>
}

// Numbers are JavaScript's.
func ExampleBuiltin_npm() {
	a, _ := vers.Builtin().Parse("npm", "1.0.0-9007199254740992")
	b, _ := vers.Builtin().Parse("npm", "1.0.0-9007199254740993")
	fmt.Println(a.Compare(b))
	// Output: 0 true
}

// Letters, and what comes before them.
func ExampleBuiltin_openssl() {
	a, _ := vers.Builtin().Parse("openssl", "1.0.2zc-dev")
	b, _ := vers.Builtin().Parse("openssl", "1.0.2zc")
	fmt.Println(a.Compare(b))
	// Output: -1 true
}

// Build metadata is above the release.
func ExampleBuiltin_pub() {
	a, _ := vers.Builtin().Parse("pub", "1.2.3")
	b, _ := vers.Builtin().Parse("pub", "1.2.3+1")
	fmt.Println(a.Compare(b))
	// Output: -1 true
}

// A pre-release with a tilde.
func ExampleBuiltin_rpm() {
	r, _ := vers.Builtin().NewRange("rpm", vers.Constraint{Comparator: vers.Less, Version: "4.2-1.el9"})
	fmt.Println(r.Contains("4.2~rc1-5.el9"))
	// Output: yes <nil>
}

// Clause 11.
func ExampleBuiltin_semver() {
	a, _ := vers.Builtin().Parse("semver", "1.0.0-rc.9")
	b, _ := vers.Builtin().Parse("semver", "1.0.0-rc.10")
	fmt.Println(a.Compare(b))
	// Output: -1 true
}

// A tag of two numbers.
func ExampleBuiltin_swift() {
	a, _ := vers.Builtin().Parse("swift", "v5.1")
	b, _ := vers.Builtin().Parse("swift", "5.1.0")
	fmt.Println(a.Compare(b))
	// Output: 0 true
}
