// Package advisory holds what is said about vulnerabilities: advisories of every format as
// one model, and the timelines that their statements become.
//
// A decoder (advisory/cve and its neighbors) is syntax only: it keeps bounds and texts as
// the publisher wrote them and where they stand. [Resolve] is the one place where text
// becomes meaning: it picks the version scheme, reads the bounds and returns a [Timeline],
// the sorted stretches of versions with one status each. Builder, Problems and Explain of
// the matcher all call it, so none of them can tell another story.
//
// The package's own JSON form is what people write by hand for internal advisories; see
// [JSON]. Text that cannot be read becomes Unknown with a [Reason], never silence.
package advisory
