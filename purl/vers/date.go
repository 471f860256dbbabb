package vers

// date is the scheme of products that are named by the day of their release, such as the
// security patch level of Android or the builds of MinIO:
//
//	2024-06-05, 2024/6/5, 20240605
//	5 June 2024, 05-Jun-2024, 5/Jun/2024, June 5, 2024, June/5/2024
//	RELEASE.2024-01-31T20-20-33Z
//
// The rules:
//
//   - The order is the calendar's; days without a time come before those with one. A time
//     is in UTC, whatever the text says about it is an error.
//   - A year, or a month of a year, is a branch: ErrImprecise.
//   - Months are English, in full or by three letters. 05/06/2024 is an error: which of
//     the two is the month is not told.
func readDate(name, text string) (p parsed, err error) {
	c := at(name, text)
	if c.word("RELEASE") && !c.any(".") {
		return p, c.fail("dot wanted")
	}
	var year, month, day string
	switch first := c.number(); {
	case first == "": // June 5, 2024
		if month = dateMonth(&c); month == "" {
			return p, c.fail("year or month wanted")
		}
		day, year = c.number(), ""
		if len(day) == 4 {
			day, year = "", day
			break
		}
		c.any(",/")
		c.blanks()
		year = c.number()
	case len(first) == 8:
		year, month, day = first[:4], first[4:6], first[6:]
	case len(first) == 4:
		year = first
		if d := c; d.any("-/.") {
			c = d
			if month = c.number(); month == "" {
				month = dateMonth(&c)
				day = c.number()
			} else if d = c; d.any("-/.") && isDigit(d.peek()) {
				c = d
				day = c.number()
			}
		}
	default: // 5 June 2024
		day = first
		if c.any("- /"); c.peek() != 0 {
			month = dateMonth(&c)
		}
		if month == "" {
			return p, c.fail("name of the month wanted")
		}
		year = c.number()
	}
	if len(year) != 4 || !upTo(month, 12) && month != "" || !upTo(day, 31) && day != "" {
		return p, c.fail("day of a calendar wanted")
	}
	for _, number := range [...]string{year, month, day} {
		if number != "" {
			p.add(0, number)
		}
	}
	p.imprecise = day == ""
	p.close()
	return p, dateTime(&c, &p)
}

// dateMonth reads the name of a month and a separator behind it.
func dateMonth(c *cursor) string {
	c.any("- ")
	month, n := monthAt(c.rest())
	if n == 0 {
		return ""
	}
	c.i += n
	c.any(".")
	c.any("-_ ,/")
	c.blanks()
	return decimal(month)
}

// dateTime reads "T20-20-33Z".
func dateTime(c *cursor, p *parsed) error {
	if p.imprecise || !c.any("Tt") {
		return c.end()
	}
	for i, most := range [...]int{23, 59, 59} {
		if i > 0 && !c.any("-:") {
			break
		}
		number := c.number()
		if len(number) != 2 || !isZero(number) && !upTo(number, most) {
			return c.fail("time of day wanted")
		}
		p.add(0, number)
	}
	p.base = p.count
	c.any("Zz")
	return c.end()
}

// upTo tells whether a number lies in 1..most.
func upTo(number string, most int) bool {
	n := 0
	for i := 0; i < len(number); i++ {
		n = 10*n + int(number[i]-'0')
	}
	return len(number) <= 2 && 1 <= n && n <= most
}
