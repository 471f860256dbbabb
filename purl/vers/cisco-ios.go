package vers

// cisco-ios is Cisco IOS, whose releases tell their train in two places (Cisco, "IOS
// and NX-OS Software Reference Guide"):
//
//	12.4(24)T4c      train 12.4 T, release 24, rebuild 4, letter c
//	12.4(25d)        mainline 12.4, release 25, letter d
//	12.2(17d)SXB11a  train 12.2 SXB made from 17d, rebuild 11, letter a
//
// The rules:
//
//   - The line is the train: T and mainline of 12.4 count their releases apart, and so do
//     the E and M trains of 15.2. From 15.0 on there is no mainline.
//   - Within a train the order is release, letter, rebuild, letter; a missing one comes
//     first: 12.0(24)S2 < 12.0(24)S2a < 12.0(24)S3. 15.5(3)S is 15.5(3)S0.
//   - Where the release has a letter and a train follows, both are the line: nobody says
//     whether 15.2(7a)E0b comes before 15.2(7)E1.
//   - Parentheses may be escaped as in CPE names: 15.1\(2\)SY16.
//
// Cisco states affected versions by enumeration; what is not listed is not "fixed".
func readCiscoIOS(name, text string) (p parsed, err error) {
	c := at(name, text)
	major, minor, err := ciscoRelease(&c, &p)
	if err != nil {
		return p, err
	}
	release := c.i
	if err := ciscoNumber(&c, &p, "release"); err != nil {
		return p, err
	}
	letter := c.letters()
	from := c.text[release:c.i]
	if !c.close() {
		return p, c.fail("closing parenthesis wanted")
	}
	p.addLine(stripZeros(major))
	p.addLine(stripZeros(minor))
	train := c.letters()
	if train == "" {
		if compareDigits(major, "15") >= 0 {
			return p, c.fail("train wanted")
		}
		if letter != "" {
			p.add(letterWeight, letter)
		}
		p.close()
		return p, c.end()
	}
	if letter != "" {
		p.addLine(stripZeros(from))
	}
	p.addLine(train)
	if rebuild := c.number(); rebuild != "" {
		p.add(0, rebuild)
		if letter := c.letters(); letter != "" {
			p.add(letterWeight, letter)
		}
	}
	p.close()
	return p, c.end()
}
