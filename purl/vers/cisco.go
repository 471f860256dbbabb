package vers

import "strings"

// cisco is for versions of Cisco of which nobody says whether they are of IOS, IOS XE or
// NX-OS: two pairs of parentheses are NX-OS (7.0(3)I7(10)), one is IOS (15.2(7)E4), none is
// IOS XE (17.9.4a). The lines keep them apart where their numbers could meet.
func readCisco(name, text string) (parsed, error) {
	switch strings.Count(text, "(") {
	case 0:
		return readCiscoIOSXE(name, text)
	case 1:
		return readCiscoIOS(name, text)
	default:
		return readCiscoNXOS(name, text)
	}
}

// ciscoRelease reads "15.2(".
func ciscoRelease(c *cursor, p *parsed) (major, minor string, err error) {
	if major = c.number(); major == "" {
		return "", "", c.fail("major number wanted")
	}
	if !c.any(".") {
		return "", "", c.fail("dot wanted")
	}
	if minor = c.number(); minor == "" {
		return "", "", c.fail("minor number wanted")
	}
	p.add(0, major)
	p.add(0, minor)
	if !c.open() {
		return "", "", c.fail("opening parenthesis wanted")
	}
	return major, minor, nil
}

// ciscoNumber reads a number of the release.
func ciscoNumber(c *cursor, p *parsed, what string) error {
	number := c.number()
	if number == "" {
		return c.fail("number of the " + what + " wanted")
	}
	if !p.add(0, number) {
		return c.fail("too many numbers")
	}
	return nil
}
