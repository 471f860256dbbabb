package vers

import "strings"

// The levels of a Junos release: its service releases, and the spins of either.
const (
	junosService = 2
	junosSpin    = buildWeight
)

// junos is Juniper Junos OS: year.quarter, then a kind of release and its number:
//
//	21.4R3-S7.9      release 21.4R3, service release S7, spin 9
//	15.1X49-D220     X49 is a line of its own, D220 its number
//	22.4R2-S1-EVO    Junos Evolved, a line of its own
//
// The rules:
//
//   - The order is (year, quarter, R, S, spin); a missing S or spin is the release itself,
//     which comes before all of them: 21.4R3 < 21.4R3.11 < 21.4R3-S1. A bound "up to
//     21.4R3-S7" holds the spins of S7.
//   - X lines, F (feature), B (beta) and I (internal) releases, and Evolved are lines: the
//     numbers count apart (CVE-2020-1631, CVE-2024-39515).
//   - 22.4, 22.4-EVO, 15.1X49 and 22.1*-EVO are branches: ErrImprecise.
//   - Records mix both spellings: from "22.4", fixed in "22.4R2-EVO". Join moves a bound
//     to the line of the other one.
//
// Source: the Juniper entries of the CVE list. The scheme junos(EVO) is for Junos OS
// Evolved, where the suffix may be left out.
func readJunos(name, text string) (p parsed, err error) {
	c := at(name, text)
	evolved := name == "junos(EVO)"
	year := c.number()
	if year == "" {
		return p, c.fail("year of the release wanted")
	}
	p.add(0, year)
	p.imprecise = true
	if c.any(".") && c.peek() != '*' {
		quarter := c.number()
		if quarter == "" {
			return p, c.fail("number of the release in its year wanted")
		}
		p.add(0, quarter)
		if err := junosRelease(&c, &p); err != nil {
			return p, err
		}
	}
	if c.any("*") {
		p.imprecise = true
	}
	if c.any("-_ ") {
		if !c.word("EVO") {
			return p, c.fail("service release or EVO wanted")
		}
		evolved = true
	}
	if evolved {
		p.addLine("evo")
	}
	p.close()
	return p, c.end()
}

// junosRelease reads what follows year.quarter: R3-S7.9, X49-D220.
func junosRelease(c *cursor, p *parsed) error {
	d := *c
	d.any("-.: ")
	if !isLetter(d.peek()) || strings.EqualFold(d.rest(), "EVO") {
		return nil
	}
	*c = d
	kind := c.letters()
	start := c.i
	number := c.number()
	switch {
	case number == "":
		return c.fail("number of the release wanted")
	case strings.EqualFold(kind, "R"):
		p.add(0, number)
		p.imprecise = false
	case strings.EqualFold(kind, "X"):
		p.addLine("x")
		p.addLine(stripZeros(number))
		d = *c
		if d.any("-_ ") && d.word("D") {
			*c = d
			if number = c.number(); number == "" {
				return c.fail("number of the D release wanted")
			}
			p.add(0, number)
			p.imprecise = false
		}
	case len(kind) == 1 && strings.Contains("FBIfbi", kind):
		p.addLine(kind)
		p.add(0, number)
		p.imprecise = false
	default:
		c.i = start
		return c.fail("kind of the release wanted: R, X, F, B or I")
	}
	if spin, err := junosSpinAt(c, p); err != nil || spin || p.imprecise {
		return err
	}
	if d = *c; d.any("-_ ") && d.word("S") {
		*c = d
		if number = c.number(); number == "" {
			return c.fail("number of the service release wanted")
		}
		p.add(junosService, number)
		_, err := junosSpinAt(c, p)
		return err
	}
	return nil
}

// junosSpinAt reads the spin of a release, if there is one: ".9".
func junosSpinAt(c *cursor, p *parsed) (bool, error) {
	if !c.any(".") {
		return false, nil
	}
	number := c.number()
	if number == "" {
		return false, c.fail("number of the spin wanted")
	}
	p.add(junosSpin, number)
	return true, nil
}

// joinJunos moves a bound to the line of the branch: 22.4 under 22.4R2-EVO is 22.4-EVO,
// and 15.1 under 15.1X49-D220 is 15.1X49.
func joinJunos(branch, bound string) (string, bool) {
	p, err := readJunos("junos", branch)
	q, err2 := readJunos("junos", bound)
	if err != nil || err2 != nil || p.lineCount == 0 || q.lineCount > 0 {
		return "", false
	}
	joined := strings.TrimSuffix(bound, "*")
	switch p.lines[0] {
	case "evo":
	case "x":
		if q.count > 2 {
			return "", false
		}
		joined += "X" + p.lines[1]
	default:
		return "", false
	}
	if p.onLine("evo") {
		joined += "-EVO"
	}
	return joined, true
}
