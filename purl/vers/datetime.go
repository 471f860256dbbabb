package vers

import "time"

// datetime is the VERS type of timestamps of RFC 3339, section 5.6, in the order of the
// instants that they name.
//
//   - 2024-01-01T00:00:00Z = 2023-12-31T19:00:00-05:00. Fractions of a second have any
//     length; zeros at their end do not count.
//   - T and Z are upper case, as VERS demands.
//   - Second 60 is a leap second: allowed at 23:59 UTC, after second 59 and before the
//     next minute.
//   - Days have to exist in the Gregorian calendar.
//   - A date, or a time without its offset, names a stretch of time: [ErrImprecise] where
//     one version is wanted. Its branch is counted in UTC; year, month, day, hour, minute
//     and second are the components.
type datetime struct{}

// timestamp is a text in its parts. The first count fields were written.
type timestamp struct {
	fields   [6]int // year, month, day, hour, minute, second
	count    int
	fraction string // digits behind the second, without zeros at the end
	offset   int    // minutes east of UTC
	complete bool   // the offset was written
}

func (datetime) Name() string { return "datetime" }

func (d datetime) AppendKey(dst []byte, version string) ([]byte, int, error) {
	var t timestamp
	if err := d.parse(version, &t); err != nil {
		return dst, 0, err
	}
	if !t.complete {
		return dst, 0, parseError("datetime", version, len(version), "time with an offset wanted", ErrImprecise)
	}
	return t.appendInstant(Encoder(dst).Line("")).End(), 1, nil
}

func (d datetime) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	var t timestamp
	if err := d.parse(text, &t); err != nil {
		return lo, hi, 0, err
	}
	low, high := Encoder(lo).Line(""), Encoder(hi).Line("")
	if t.complete && (depth <= 0 || depth > len(t.fields)) {
		return t.appendInstant(low).End(), t.appendInstant(high).Top(), 1, nil
	}
	n := t.count
	if depth > 0 {
		n = min(n, depth)
	}
	at := t.minute()
	second := t.fields[5]
	if n == len(t.fields) {
		return append(appendMinute(low, at), byte(second)), append(appendMinute(high, at), byte(second)+1), 1, nil
	}
	var end time.Time
	switch n {
	case 1:
		at = time.Date(at.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		end = at.AddDate(1, 0, 0)
	case 2:
		at = time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
		end = at.AddDate(0, 1, 0)
	case 3:
		at = time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
		end = at.AddDate(0, 0, 1)
	case 4:
		at = at.Add(-time.Duration(at.Minute()) * time.Minute)
		end = at.Add(time.Hour)
	default:
		end = at.Add(time.Minute)
	}
	return appendMinute(low, at), appendMinute(high, end), 1, nil
}

// minute returns the beginning of the minute in UTC. Seconds are kept apart from it:
// offsets do not touch them, and package time knows no leap seconds.
func (t *timestamp) minute() time.Time {
	f := &t.fields
	return time.Date(f[0], time.Month(max(1, f[1])), max(1, f[2]), f[3], f[4]-t.offset, 0, 0, time.UTC)
}

// appendInstant writes minute, second and fraction.
func (t *timestamp) appendInstant(e Encoder) Encoder {
	return append(append(appendMinute(e, t.minute()), byte(t.fields[5])), t.fraction...)
}

// appendMinute writes the minutes since a day in the year -1, which all instants and the
// years that they lie in begin after.
func appendMinute(e Encoder, at time.Time) Encoder {
	const beginning = -62167219200 - 400*24*60*60
	m := (at.Unix() - beginning) / 60
	return append(e, byte(m>>32), byte(m>>24), byte(m>>16), byte(m>>8), byte(m))
}

// parse reads a timestamp or the beginning of one.
func (d datetime) parse(text string, t *timestamp) error {
	i := 0
	for t.count < len(t.fields) {
		if t.count > 0 {
			if i == len(text) {
				return t.check(text)
			}
			if mark := "--T::"[t.count-1]; text[i] != mark {
				return syntaxError("datetime", text, i, "'"+string(rune(mark))+"' wanted")
			}
			i++
		}
		width := 2
		if t.count == 0 {
			width = 4
		}
		if i+width > len(text) || digits(text[i:i+width]) != width {
			return syntaxError("datetime", text, i, "digits of a timestamp wanted")
		}
		for end := i + width; i < end; i++ {
			t.fields[t.count] = t.fields[t.count]*10 + int(text[i]-'0')
		}
		t.count++
	}
	if i < len(text) && text[i] == '.' {
		n := digits(text[i+1:])
		if n == 0 {
			return syntaxError("datetime", text, i+1, "digits of a fraction wanted")
		}
		t.fraction = text[i+1 : i+1+n]
		i += 1 + n
		for n > 0 && t.fraction[n-1] == '0' {
			n--
		}
		t.fraction = t.fraction[:n]
	}
	t.complete = i < len(text)
	switch {
	case !t.complete || text[i:] == "Z":
	case (text[i] == '+' || text[i] == '-') && len(text) == i+6 && text[i+3] == ':' &&
		digits(text[i+1:]) == 2 && digits(text[i+4:]) == 2:
		hours, minutes := pair(text[i+1:]), pair(text[i+4:])
		if hours > 23 || minutes > 59 {
			return syntaxError("datetime", text, i, "offset beyond 23:59")
		}
		if t.offset = hours*60 + minutes; text[i] == '-' {
			t.offset = -t.offset
		}
	default:
		return syntaxError("datetime", text, i, "Z or an offset such as +02:00 wanted")
	}
	return t.check(text)
}

// pair returns the value of two digits.
func pair(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// check tells whether the calendar and the clock have such a time.
func (t *timestamp) check(text string) error {
	f := &t.fields
	switch {
	case t.count > 1 && (f[1] < 1 || f[1] > 12):
		return syntaxError("datetime", text, 5, "month beyond 01..12")
	case t.count > 2 && (f[2] < 1 || f[2] > daysIn(f[0], f[1])):
		return syntaxError("datetime", text, 8, "no such day")
	case f[3] > 23:
		return syntaxError("datetime", text, 11, "hour beyond 23")
	case f[4] > 59:
		return syntaxError("datetime", text, 14, "minute beyond 59")
	case f[5] > 60, f[5] == 60 && t.complete && (t.minute().Hour() != 23 || t.minute().Minute() != 59):
		return syntaxError("datetime", text, 17, "second beyond 59")
	}
	return nil
}

// daysIn returns the length of a month: the day before the first of the next one.
func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
