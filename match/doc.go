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
// # Ways of asking
//
// [Matcher.Check] answers for one vulnerability, [Matcher.Append] and [Matcher.Findings] for
// all of one installation, [Matcher.Scan] for a stream of hosts. [Matcher.Explain] gives what
// an answer rests on, and [Matcher.ExplainTo] for one answer after the other, [Matcher.Fixes]
// the ways out, [Matcher.Coverage] whether silence means anything, [Matcher.Triage] which
// missing facts would settle the most, and [Diff] what has changed since. [Matcher.With] gives
// a view for one asking: its date, the caller's corrections, accepted risks, ranks of sources.
// [Matcher.WriteTo] and [Load] keep a matcher in a file, which [Options] Pack makes of a large
// set in little memory. [Matcher.Advisories] gives its documents back to merge or update it,
// and [Matcher.Digest], which evidence holds, tells one from another.
//
// # How a decision is made
//
// Each step is in a file of its own, and all ways of asking run the same code.
//
//  1. Who is meant (identify.go, numbers.go, wholes.go). A package URL, a CPE name, a serial
//     number or hash, a model number beside its vendor, or vendor and name after folding and
//     through the catalog lead to statements. A finding tells how sure the link is; one that
//     is only possible never decides, it makes silence Unknown.
//  2. Which version (read.go). The product of the statement selects the scheme, which turns
//     the installed version into a key. A release that holds many builds is a range.
//  3. What is said (decide.go). The key lies in one stretch of the statement's timeline. A
//     distributor's build is on another line than the versions of the maker.
//  4. Patches (patches.go, levels.go, graph.go). A statement that is fixed by a patch is met
//     by it, or by one that replaces it on this product. Circles prove nothing, holes and
//     partial lists leave it open.
//  5. On what condition (judge.go, complete.go). Facts, other products, features and words
//     have three values each. What is not known is given each value in turn: what holds in
//     every case is the answer, else it is Unknown, with what is missing.
//  6. When several speak (combine.go, scope.go, dropped.go, ids.go). In one document the ranges come
//     before defaults and the narrower statement before the wider. Between documents:
//     withdrawn, replaced and ended ones are dropped; then the caller's own, the narrower
//     scope, the higher rank, the newer. A narrower statement of a lower rank never removes
//     Affected of a higher one, and UnderInvestigation never removes Affected. What still
//     differs is a Conflict.
//  7. The fix (fix.go, way.go, search.go). Versions that statements name are asked about as
//     if they were installed: the lowest that is clear, and the one from which the branch
//     stays so.
//
// What could not be read, resolved or compared blocks every clear answer and silence, and
// lets Affected through.
//
// # Limits
//
// An answer is as good as the statements: nothing is inferred from silence, and a product
// that no source names is NoStatement with a Coverage that says so. Completions are tried up
// to 4,096 for one vulnerability; beyond, each statement is Unknown by itself. Commits are
// compared by name only, because ancestry is not known.
package match
