package vers

// aix is IBM AIX:
//
//	7200-05-04-2220   version 7.2, technology level 5, service pack 4, built in week 20 of 2022
//	7.2 TL5 SP4       the same without the week
//	7.2               a release: a branch
//	7.2.5.200         level of a fileset, a line of its own
//
// The rules:
//
//   - The order is version, technology level, service pack, week; without a week all
//     weeks of the service pack are meant by "up to".
//   - A text without a service pack is a branch: ErrImprecise.
//   - Four numbers with dots are the level of a fileset. Bulletins name both, and the
//     fourth number is not always the service pack.
//
// Source: IBM, "oslevel Command"; IBM's security bulletins for AIX.
func readAIX(name, text string) (p parsed, err error) {
	c := at(name, text)
	if c.word("AIX") {
		c.blanks()
	}
	first := c.number()
	switch {
	case first == "":
		return p, c.fail("version wanted")
	case len(first) == 4 && first[2:] == "00" && c.peek() != '.':
		p.add(0, first[:1])
		p.add(0, first[1:2])
		return p, aixLevel(&c, &p)
	}
	p.add(0, first)
	for c.any(".") {
		number := c.number()
		if number == "" || p.count == 4 {
			return p, c.fail("two or four numbers wanted")
		}
		p.add(0, number)
	}
	p.close()
	if p.count > 2 {
		if p.count == 3 {
			return p, c.fail("two or four numbers wanted")
		}
		p.addLine("fileset")
		return p, c.end()
	}
	p.imprecise = true
	for _, word := range [...]string{"TL", "SP"} {
		d := c
		d.any("-_")
		if !d.spaced(word) {
			break
		}
		c = d
		number := c.number()
		if number == "" || p.count < 2 {
			return p, c.fail("number of the level wanted")
		}
		p.add(0, number)
		p.base, p.imprecise = p.count, word == "TL"
	}
	return p, c.end()
}

// aixLevel reads "-05-04-2220".
func aixLevel(c *cursor, p *parsed) error {
	for p.count < 4 && c.any("-") {
		number := c.number()
		if number == "" {
			return c.fail("number of the level wanted")
		}
		p.add(0, number)
	}
	p.close()
	p.imprecise = p.count < 4
	if c.any("-") {
		week := c.number()
		if week == "" {
			return c.fail("week of the build wanted")
		}
		p.add(buildWeight, week)
	}
	return c.end()
}
