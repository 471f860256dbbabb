package vers

import "strings"

// bios is firmware whose version is a code of the model around a counter, as Lenovo and
// makers of mainboards write it:
//
//	EQCN39WW          model EQCN, version 39
//	N2WET48W (1.38)   model N2WET, version 48, which is also called 1.38
//	LW90.SB4.P205     printer SB4, release LW90, patch 205
//
// The rules:
//
//   - The counter is the last run of digits. What stands before and behind it is the line:
//     only firmware of one model compares.
//   - Of three parts with dots between, each beginning with a letter, the first ends in the
//     number of the release, which counts before the counter.
//   - Parentheses behind a blank hold another name of the version and are passed over.
//   - A counter that goes on with letters (M4BKT3FA) has another suffix and so another line.
//
// Source: Lenovo's records (CVE-2023-43567 and others), Lexmark's (CVE-2023-50734).
func readBIOS(name, text string) (p parsed, err error) {
	c := at(name, text)
	if strings.Count(c.rest(), ".") == 2 {
		return readPrinter(c)
	}
	start := c.i
	for isAlnum(c.peek()) {
		c.i++
	}
	end := c.i
	last := end
	for last > start && !isDigit(text[last-1]) {
		last--
	}
	first := last
	for first > start && isDigit(text[first-1]) {
		first--
	}
	if first == last || first == start {
		c.i = start
		return p, c.fail("letters of the model and a number wanted")
	}
	p.addLine(text[start:first])
	if last < end {
		p.addLine(text[last:end])
	}
	p.add(0, text[first:last])
	p.close()
	c.blanks()
	if c.peek() == '(' && c.i > end && text[len(text)-1] == ')' {
		c.i = len(text)
	}
	return p, c.end()
}

// readPrinter reads LW90.SB4.P205.
func readPrinter(c cursor) (p parsed, err error) {
	var parts, numbers [3]string
	var rest string
	parts[0], rest, _ = strings.Cut(c.rest(), ".")
	parts[1], parts[2], _ = strings.Cut(rest, ".")
	for i, part := range parts {
		n := len(part)
		for n > 0 && isDigit(part[n-1]) {
			n--
		}
		if n == 0 || !isLetter(part[0]) || n == len(part) && i != 1 || strings.TrimFunc(part, isPartOfCode) != "" {
			return p, c.fail("letters and a number wanted in each part")
		}
		if numbers[i] = part[n:]; i == 1 {
			n = len(part)
		}
		p.addLine(part[:n])
	}
	p.add(0, numbers[0])
	p.add(0, numbers[2])
	p.close()
	c.i = len(c.text)
	return p, c.end()
}

func isPartOfCode(r rune) bool { return r < 0x80 && isAlnum(byte(r)) }
