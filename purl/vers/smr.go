package vers

import "strings"

// smr is the Samsung Mobile security maintenance release:
//
//	SMR Aug-2023 Release 1
//	SMR Sep-2023 Release in Android 12
//	SMR May-2024 Release 1, Android 13
//	2023-08-01                         the security patch level that a device shows
//	2023-08 r1
//
// The rules:
//
//   - The order is year, month, release. A month without a number is its first release.
//   - The day of a patch level does not count: Samsung releases by the month.
//   - What the text says about the releases of Android that get it is not part of the
//     version, and not read.
//
// Source: CVE-2023-30654, CVE-2024-20842, CVE-2024-20888.
func readSMR(name, text string) (p parsed, err error) {
	c := at(name, text)
	if c.word("SMR") {
		c.any("-_ ")
	}
	year, month := smrLevel(&c)
	if month == "" {
		if month = dateMonth(&c); month == "" {
			return p, c.fail("month wanted")
		}
		if year = c.number(); len(year) != 4 {
			return p, c.fail("year wanted")
		}
	}
	p.add(0, year)
	p.add(0, month)
	release := "1"
	if c.any("-_ "); c.word("Release") || c.word("r") {
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

// smrLevel reads 2023-08 and 2023-08-01, or nothing.
func smrLevel(c *cursor) (year, month string) {
	rest := c.rest()
	if len(rest) < 7 || digits(rest) != 4 || rest[4] != '-' || digits(rest[5:]) != 2 || !upTo(rest[5:7], 12) {
		return "", ""
	}
	c.i += 7
	if day := rest[7:]; len(day) > 2 && day[0] == '-' && digits(day[1:]) == 2 && upTo(day[1:3], 31) {
		c.i += 3
	}
	return rest[:4], rest[5:7]
}
