package vers

import "strings"

// cisco-iosxe is Cisco IOS XE:
//
//	17.9.4a     letter a of 17.9.4
//	3.16.4bS    train S, letter b of 3.16.4
//	17.9.1x1    special build x1 of 17.9.1
//
// The rules:
//
//   - Numbers, then a letter that comes after the release without it. Leading zeros do
//     not count (the banner of a device writes 17.03.04a).
//   - Releases 3.x have a train (S, SP, SE, SG, SQ, E, XO), which is the line. In capitals
//     it is the run of capitals at the end; all in lower case (3.18.1bsp), as enrichers of
//     the CVE list write it, it is the longest of these trains that the text ends with.
//   - Letters from w on, and more than one letter, are builds for one platform: a line of
//     their own each, because Cisco does not say where they stand in the order. A number
//     behind them counts (x < x1).
//
// Source: the versions of Cisco's records (CVE-2023-20109, CVE-2023-20198 and others).
func readCiscoIOSXE(name, text string) (p parsed, err error) {
	c := at(name, text)
	for i := range 3 {
		if i > 0 && !c.any(".") {
			return p, c.fail("three numbers wanted")
		}
		number := c.number()
		if number == "" {
			return p, c.fail("number wanted")
		}
		p.add(0, number)
	}
	start := c.i
	tail := c.letters()
	if compareDigits(p.parts[0].number, "16") < 0 {
		n := iosxeTrain(tail)
		if n == len(tail) {
			return p, c.fail("train wanted")
		}
		p.addLine(tail[n:])
		tail = tail[:n]
	}
	switch {
	case len(tail) > 1 || len(tail) == 1 && tail[0]|0x20 >= 'w':
		p.addLine(tail)
		p.add(letterWeight, tail)
		if number := c.number(); number != "" {
			p.add(0, number)
		}
	case tail != "":
		p.add(letterWeight, tail)
	}
	p.close()
	if isDigit(c.peek()) {
		c.i = start
		return p, c.fail("letter without a number wanted")
	}
	return p, c.end()
}

// iosxeTrain returns where the train begins in the letters of a 3.x release.
func iosxeTrain(tail string) int {
	n := len(tail)
	for n > 0 && tail[n-1] < 'a' {
		n--
	}
	if n < len(tail) {
		return n
	}
	for _, train := range [...]string{"sp", "se", "sg", "sq", "xo", "ex", "s", "e"} {
		if strings.HasSuffix(tail, train) {
			return len(tail) - len(train)
		}
	}
	return n
}
