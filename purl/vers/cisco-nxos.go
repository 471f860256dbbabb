package vers

import "strings"

// cisco-nxos is Cisco NX-OS (Nexus and MDS), which writes the platform into the version:
//
//	9.3(10)          release 9.3(10)
//	6.2(24a)         letter a of 6.2(24)
//	7.0(3)I7(5a)     platform I, number 7, release 5, letter a
//	5.2(1)SV3(1.4b)  platform SV, number 3, release 1.4, letter b
//	10.4(2)F         F (feature) and M (maintenance) mean nothing
//
// The rules:
//
//   - The line is the platform: A, U, I, F, N, D, SV ... count apart, and apart from the
//     releases that have none.
//   - Within it all numbers in their order, and a letter comes after the release without.
//   - Parentheses may be escaped as in CPE names.
//
// Source: the versions of Cisco's records (CVE-2024-20267, CVE-2024-20284 and others).
func readCiscoNXOS(name, text string) (p parsed, err error) {
	c := at(name, text)
	if _, _, err = ciscoRelease(&c, &p); err != nil {
		return p, err
	}
	if err = ciscoParenthesis(&c, &p); err != nil {
		return p, err
	}
	platform := c.letters()
	if platform == "" || c.done() && strings.Contains("FMfm", platform) && len(platform) == 1 {
		p.close()
		return p, c.end()
	}
	p.addLine(platform)
	number := c.number()
	if number == "" {
		number = "0" // 7.3(0)DX(1)
	}
	p.add(0, number)
	if !c.open() {
		return p, c.fail("opening parenthesis wanted")
	}
	if err = ciscoParenthesis(&c, &p); err != nil {
		return p, err
	}
	p.close()
	return p, c.end()
}

// ciscoParenthesis reads "5a)" and "1.4b)" behind the opening parenthesis.
func ciscoParenthesis(c *cursor, p *parsed) error {
	for {
		if err := ciscoNumber(c, p, "release"); err != nil {
			return err
		}
		if !c.any(".") {
			break
		}
	}
	if letter := c.letters(); letter != "" && !p.add(letterWeight, letter) {
		return c.fail("too many numbers")
	}
	if !c.close() {
		return c.fail("closing parenthesis wanted")
	}
	return nil
}
