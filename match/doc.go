// Package match decides whether an installation is affected, and shows why.
//
// Advisories are compiled once into an immutable [Matcher], which is then asked often and
// from any number of goroutines:
//
//	m, err := match.Compile(advisories...)
//	in := &match.Installation{Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"}
//	v := m.Check(in, "CVE-2025-69258")
//	if !v.Clear() {
//		fmt.Println(m.Explain(in, "CVE-2025-69258"))
//	}
//
// A [Verdict] has a status, and where that is Unknown or NoStatement a reason and what it
// may be. The shortest test is the safe one: [Verdict.Clear] is true for NotAffected and
// Fixed only, [Verdict.MayBeAffected] whenever Affected is possible. Matching returns no
// error: trouble with data is a reason.
//
// The decision follows four steps, each in a file of its own: which statements mean the
// installed product (identify.go), what the installed version is under the product's
// scheme (read.go), what each statement says about it (decide.go, patches.go), and what remains when
// several speak (combine.go). [Matcher.Explain] runs the same code and keeps what it saw.
package match
