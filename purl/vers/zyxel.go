package vers

// zyxel is the firmware of Zyxel:
//
//	V5.21(AAZF.17)C0   version 5.21, model code AAZF, release 17, customer release 0
//	V6.70(ABVT.4)      the same without the last part
//	V4.60(ABVT.3)b2    beta 2 of the release
//	5.37 Patch 1       how advisories name the release of a series of models
//
// The rules:
//
//   - The model code is the line: only firmware of one model compares. Advisories about a
//     series name no model and are the usual line.
//   - The order is version, release, then beta (b) before customer release (C); C0 and
//     none are equal.
//
// Source: CVE-2023-4473, CVE-2024-6342, CVE-2024-29972, and the records of the ATP series.
func readZyxel(name, text string) (p parsed, err error) {
	c := at(name, text)
	for _, word := range [...]string{"firmware", "version", "versions", "ZLD", "V"} {
		if c.word(word) {
			c.blanks()
		}
	}
	for i := 0; i == 0 || c.any("."); i++ {
		number := c.number()
		if number == "" || !p.add(0, number) {
			return p, c.fail("number of the version wanted")
		}
	}
	if model := c; model.open() {
		c = model
		return p, zyxelModel(&c, &p)
	}
	p.close()
	if c.any("_-"); c.spaced("Patch") {
		number := c.number()
		if number == "" {
			return p, c.fail("number of the patch wanted")
		}
		p.add(2, number)
	}
	return p, c.end()
}

// zyxelModel reads "AAZF.17)C0".
func zyxelModel(c *cursor, p *parsed) error {
	model := c.letters()
	if model == "" || !c.any(".") {
		return c.fail("model code and dot wanted")
	}
	p.addLine(model)
	number := c.number()
	if number == "" || !p.add(dashWeight, number) {
		return c.fail("number of the release wanted")
	}
	if !c.close() {
		return c.fail("closing parenthesis wanted")
	}
	weight := int8(0)
	switch {
	case c.any("Cc"):
		weight = 2
	case c.any("Bb"):
		weight = -2
	default:
		return c.end()
	}
	if number = c.number(); number == "" || !p.add(weight, number) {
		return c.fail("number of the customer release wanted")
	}
	return c.end()
}
