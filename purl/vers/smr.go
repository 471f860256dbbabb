package vers

import "strings"

// smr is the Samsung Mobile security maintenance release:
//
//	SMR Aug-2023 Release 1
//	SMR Sep-2023 Release in Android 12
//	SMR May-2024 Release 1, Android 13
//
// The rules:
//
//   - The order is year, month, release. A month without a number is its first release.
//   - What the text says about the releases of Android that get it is not part of the
//     version, and not read.
//
// Source: CVE-2023-30654, CVE-2024-20842, CVE-2024-20888.
func readSMR(name, text string) (p parsed, err error) {
	c := at(name, text)
	if c.word("SMR") {
		c.any("-_ ")
	}
	month := dateMonth(&c)
	if month == "" {
		return p, c.fail("month wanted")
	}
	year := c.number()
	if len(year) != 4 {
		return p, c.fail("year wanted")
	}
	p.add(0, year)
	p.add(0, month)
	release := "1"
	if c.any("-_ "); c.word("Release") {
		c.any("-_ ")
		if number := c.number(); number != "" {
			release = number
		}
		c.blanks()
		if !c.done() && !strings.HasPrefix(c.rest(), "in ") && !strings.HasPrefix(c.rest(), ",") {
			return p, c.fail("end wanted")
		}
		c.i = len(c.text)
	}
	p.add(0, release)
	p.close()
	return p, c.end()
}
