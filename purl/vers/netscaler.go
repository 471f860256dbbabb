package vers

import "strings"

// netscaler is NetScaler (Citrix ADC) and its Gateway:
//
//	13.1-49.15                 release 13.1, build 49.15
//	NS13.1: Build 49.15.nc     the same, as the device says it
//	13.1-FIPS 37.176           edition FIPS, which counts its builds apart
//	13.1-37.176-FIPS           the same
//
// The rules:
//
//   - The editions FIPS and NDcPP are lines.
//   - A release without its build is a branch: ErrImprecise.
//   - Records give the bound relative to the release: from 13.1, fixed in 49.15
//     (CVE-2023-6548). Join puts the two together. A build has two digits behind its dot,
//     a release one, so that 13.1 as a bound of 12.1 stays a release.
//
// Two bounds that only differ in the edition are never comparable: 13.1-37.176 could be
// either, and is read as the ordinary edition, which it would be if it stood alone.
func readNetScaler(name, text string) (p parsed, err error) {
	c := at(name, text)
	if c.word("NetScaler") {
		c.blanks()
	}
	if c.word("NS") {
		c.blanks()
	}
	for i := range 2 {
		if i > 0 && !c.any(".") {
			return p, c.fail("release of two numbers wanted")
		}
		number := c.number()
		if number == "" {
			return p, c.fail("release of two numbers wanted")
		}
		p.add(0, number)
	}
	p.close()
	p.imprecise = true
	for !c.done() {
		start := c.i
		for c.any("-: ") {
		}
		if c.word("Build") {
			c.blanks()
		}
		switch {
		case c.done():
			return p, nil
		case isDigit(c.peek()) && p.imprecise && c.i > start:
			p.add(dashWeight, c.number())
			if !c.any(".") || !isDigit(c.peek()) {
				return p, c.fail("build of two numbers wanted")
			}
			p.add(0, c.number())
			p.imprecise = false
			if d := c; d.any(".") && (d.word("nc") || d.word("cl")) {
				c = d
			}
		case p.lineCount == 0 && c.word("FIPS"):
			p.addLine("fips")
		case p.lineCount == 0 && c.word("NDcPP"):
			p.addLine("ndcpp")
		case c.peek() == ',' && !p.imprecise: // the date of the build
			return p, nil
		default:
			return p, c.fail("build, FIPS or NDcPP wanted")
		}
	}
	return p, nil
}

// joinNetScaler puts a build behind its release.
func joinNetScaler(branch, bound string) (string, bool) {
	release, err := readNetScaler("netscaler", branch)
	if err != nil || !release.imprecise {
		return "", false
	}
	first, second, ok := strings.Cut(bound, ".")
	if !ok || digits(first) != len(first) || first == "" || digits(second) < 2 || digits(second) != len(second) {
		return "", false
	}
	return branch + " " + bound, true
}
