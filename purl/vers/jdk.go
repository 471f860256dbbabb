package vers

import "strings"

// jdk is Java as Oracle and OpenJDK number it (JEP 223, and the notation of before):
//
//	8u391              feature 8, update 391
//	1.8.0_391-b13      the same, as java -version says it; the build does not count
//	8.0.3910.13        the same, as the installer for Windows registers it
//	11.0.23, 17.0.3.1  from 9 on: feature, interim, update, patch
//	8u421-perf         Enterprise Performance Pack, a line of its own
//
// The rules:
//
//   - The order is feature, interim, update, patch: 8u391 is (8, 0, 391), before 9.
//   - The installer multiplies the update by ten. Distributions of OpenJDK do not, so a
//     third number of an 8.0.x.y that ends in 0 and has less than four digits could be
//     either: an error.
//   - What follows a plus, or -b, does not count; -ea is a pre-release.
//
// Source: CVE-2017-3509, CVE-2024-21147 and the release notes of the JDK.
func readJDK(name, text string) (p parsed, err error) {
	c := at(name, text)
	for _, word := range [...]string{"Oracle", "Java", "OpenJDK", "SE", "JDK", "JRE"} {
		if c.word(word) {
			for c.any(" :-_") {
			}
		}
	}
	var numbers [4]string
	n := 0
	for n < len(numbers) {
		if numbers[n] = c.number(); numbers[n] == "" {
			return p, c.fail("number wanted")
		}
		n++
		if d := c; !d.any(".") || !isDigit(d.peek()) {
			break
		}
		if n < len(numbers) {
			c.any(".")
		}
	}
	old := n > 1 && stripZeros(numbers[0]) == "1" // 1.8.0
	if old {
		n--
		copy(numbers[:], numbers[1:])
	}
	switch {
	case c.any("uU") || old && c.any("_"):
		update := c.number()
		if update == "" || n > 2 {
			return p, c.fail("update wanted")
		}
		if n == 1 {
			numbers[1] = "0"
		}
		numbers[2], n = update, 3
	case !old && n > 2 && compareDigits(numbers[0], "9") < 0: // 8.0.3910.13
		update := numbers[2]
		switch {
		case !strings.HasSuffix(update, "0") || isZero(update):
		case len(update) < 4:
			return p, c.fail("an update, or ten times the update")
		default:
			update = update[:len(update)-1]
		}
		numbers[2], n = update, 3
	}
	for _, number := range numbers[:n] {
		p.add(0, number)
	}
	p.close()
	return p, jdkEnd(&c, &p)
}

// jdkEnd reads "-b13", "-ea", "-perf", "+7-LTS".
func jdkEnd(c *cursor, p *parsed) error {
	for !c.done() {
		switch {
		case c.any("+"):
			for c.any(".-") || isAlnum(c.peek()) {
				if isAlnum(c.peek()) {
					c.i++
				}
			}
		case c.any("-_ "):
			switch {
			case c.word("perf"):
				p.addLine("perf")
			case c.word("ea"):
				p.add(-2, "")
			case c.word("b"), c.word("LTS"), c.done():
				c.number()
			default:
				return c.fail("build, ea or perf wanted")
			}
		default:
			return c.end()
		}
	}
	return nil
}
