package vers

// bios is firmware whose version is a code of the model around a counter, as Lenovo and
// makers of mainboards write it:
//
//	EQCN39WW          model EQCN, version 39
//	N2WET48W (1.38)   model N2WET, version 48, which is also called 1.38
//
// The rules:
//
//   - The counter is the last run of digits. What stands before and behind it is the line:
//     only firmware of one model compares.
//   - Parentheses behind a blank hold another name of the version and are passed over.
//   - A counter that goes on with letters (M4BKT3FA) has another suffix and so another line.
//
// Source: Lenovo's records (CVE-2023-43567 and others).
func readBIOS(name, text string) (p parsed, err error) {
	c := at(name, text)
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
