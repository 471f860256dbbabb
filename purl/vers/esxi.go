package vers

// esxi is VMware ESXi, which one build goes by several names:
//
//	ESXi80U2sb-23305545             release 8.0 Update 2, build 23305545
//	8.0.2-0.30.23305546             the same update in the full form of the product
//	VMware ESXi 8.0.2 build-23305546
//	8.0 U2b                         an update without its build: a branch
//	ESXi670-202403001               bulletin of release 6.7
//
// The rules:
//
//   - The order is release, update, build. Builds grow within an update only: 8.0 U1d is
//     build 23299997, 8.0 U2 was build 22380479 before (Broadcom KB 395110). Letters of the
//     update and the two numbers in front of the build follow the build and are not read.
//   - The build is the number of six digits or more at the end. Without one the text names
//     a branch: ErrImprecise. The catalog names the builds of "8.0 U2b".
//   - Bulletins of 6.x carry a date instead of a build and are a line of their own.
//
// Source: CVE-2024-22252, CVE-2024-37085 and Broadcom KB 395110.
func readESXi(name, text string) (p parsed, err error) {
	c := at(name, text)
	if c.word("VMware") {
		c.blanks()
	}
	named := c.word("ESXi")
	c.blanks()
	first := c.number()
	switch {
	case first == "":
		return p, c.fail("number of the release wanted")
	case named && c.peek() != '.' && len(first) == 2: // ESXi80U2
		p.add(0, first[:1])
		p.add(0, first[1:])
		err = esxiUpdate(&c, &p)
	case named && c.peek() != '.' && len(first) == 3 && (first[0] == '5' || first[0] == '6'): // ESXi670-202403001
		p.add(0, first[:1])
		p.add(0, first[1:2])
		p.add(0, first[2:])
		if c.peek() == '-' {
			p.addLine("bulletin")
		} else {
			err = esxiUpdate(&c, &p)
		}
	default:
		p.add(0, first)
		if !c.any(".") {
			return p, c.fail("release of two numbers wanted")
		}
		second := c.number()
		if second == "" {
			return p, c.fail("release of two numbers wanted")
		}
		p.add(0, second)
		err = esxiUpdate(&c, &p)
	}
	if err != nil {
		return p, err
	}
	p.close()
	return p, esxiBuild(&c, &p)
}

// esxiUpdate reads the update: "U2sb", " Update 2b", ".2"; none is the first release.
func esxiUpdate(c *cursor, p *parsed) error {
	c.spaced("GA")
	if !c.spaced("Update") && !c.spaced("U") && !c.any(".") {
		return nil
	}
	number := c.number()
	if number == "" {
		return c.fail("number of the update wanted")
	}
	p.add(0, number)
	c.letters()
	return nil
}

// esxiBuild reads what leads to the build, and the build.
func esxiBuild(c *cursor, p *parsed) error {
	p.imprecise = true
	for !c.done() {
		start := c.i
		for c.any("-. ") {
		}
		if c.word("build") {
			c.any("- ")
		}
		number := c.number()
		switch {
		case number == "" && c.done() && c.text[c.i-1] == ' ':
			return nil
		case number == "" || c.i-len(number) == start:
			return c.fail("build wanted")
		case !p.imprecise:
			return c.fail("end wanted")
		case len(number) >= 6:
			p.imprecise = false
			p.add(dashWeight, number)
		}
	}
	return nil
}
