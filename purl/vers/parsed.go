package vers

import "strings"

// A component is one number, level or run of letters of a version.
type component struct {
	weight int8   // 0: a number; else a level, above zero behind the release and below before it
	number string // digits, or letters for letterWeight; "" for a level without a number
}

const (
	letterWeight = 31 // letters directly behind a number
	dashWeight   = 30 // a number behind a hyphen
	buildWeight  = 1  // the build of a release, see appendRelease
	beforeWeight = -1 // a commit before the version, behind its pre-releases
)

// parsed is a version that was taken apart. All schemes of vendors read text into it and
// differ only in how they do; the key, the branch and the release follow from it.
//
// The first base components are numbers of which trailing zeros do not count. Texts are
// parts of the input. Names of lines are letters, digits and signs without NUL.
type parsed struct {
	lines     [4]string // what names the line, joined with dots; its case does not count
	lineCount int
	parts     [16]component
	count     int
	base      int
	imprecise bool // it names a branch: a release whose build is not told
}

// addLine adds a part to the name of the line; false when there is no room.
func (p *parsed) addLine(name string) bool {
	if p.lineCount == len(p.lines) {
		return false
	}
	p.lines[p.lineCount] = name
	p.lineCount++
	return true
}

// onLine tells whether the name of the line has a part already.
func (p *parsed) onLine(name string) bool {
	for _, line := range p.lines[:p.lineCount] {
		if strings.EqualFold(line, name) {
			return true
		}
	}
	return false
}

// add appends a component; false when there is no room.
func (p *parsed) add(weight int8, number string) bool {
	if p.count == len(p.parts) {
		return false
	}
	if weight != 0 && p.base == 0 {
		p.base = p.count
	}
	p.parts[p.count] = component{weight, number}
	p.count++
	return true
}

// plainLevel tells whether the last level is zero, and so are the numbers behind it: it is
// the plain release, of which no key tells.
func (p *parsed) plainLevel() bool { return p.plainUpTo(p.count) }

// plainUpTo is plainLevel for the first n components.
func (p *parsed) plainUpTo(n int) bool {
	for i := n - 1; i >= 0; i-- {
		if number := p.parts[i].number; number == "" || !isZero(number) {
			return false
		}
		if p.parts[i].weight > 0 {
			return true
		}
	}
	return false
}

// close notes that all components were numbers, if they were.
func (p *parsed) close() {
	if p.base == 0 {
		p.base = p.count
	}
}

// key appends the key.
func (p *parsed) key(dst []byte) ([]byte, int) {
	e, line := p.appendLine(Encoder(dst))
	return p.append(e, p.count, true).End(), line
}

// branch appends the bounds of the branch of the first depth components.
func (p *parsed) branch(lo, hi []byte, depth int) ([]byte, []byte, int) {
	n := p.count
	if depth > 0 {
		n = min(n, depth)
	}
	for n > p.base && n < p.count && p.plainUpTo(n) {
		n++ // SP0 does not count, so what follows it does not lie below it
	}
	low, line := p.appendLine(Encoder(lo))
	high, _ := p.appendLine(Encoder(hi))
	if n <= p.base {
		var b branch
		for i := range p.parts[:n] {
			b.add(p.parts[i].number)
		}
		low, high = b.bounds(low, high)
		return low, high, line
	}
	last := p.parts[n-1]
	low, high = p.append(low, n, true), p.append(high, n-1, last.weight != 0)
	if last.weight != 0 {
		high = high.Token(int(last.weight))
	}
	switch {
	case last.weight == letterWeight:
		high = append(appendLowerASCII(high, last.number), 1)
	case last.number == "":
		high = high.Top()
	default:
		high = high.nextNumber(last.number)
	}
	return low, high, line
}

// release appends the bounds of the version with all its builds: an inclusive bound
// "7.2.6" is meant for "7.2.6 build 1575" too.
func (p *parsed) release(lo, hi []byte) ([]byte, []byte, int) {
	low, line := p.appendLine(Encoder(lo))
	high, _ := p.appendLine(Encoder(hi))
	low, high = p.append(low, p.count, true), p.append(high, p.count, true)
	if p.count > 0 && p.parts[p.count-1].weight == buildWeight {
		return low.End(), append(high.End(), 0), line
	}
	return low.End(), high.Token(buildWeight + 1), line
}

// appendLine writes the line part.
func (p *parsed) appendLine(e Encoder) (Encoder, int) {
	start := len(e)
	for i, name := range p.lines[:p.lineCount] {
		if i > 0 {
			e = append(e, '.')
		}
		e = appendLowerASCII(e, name)
	}
	e = e.Line("")
	return e, len(e) - start
}

// append writes the first n components without the end mark. Zeros at the end of a run of
// numbers are left out; trim tells whether the run that n cuts off ends there.
func (p *parsed) append(e Encoder, n int, trim bool) Encoder {
	for i := 0; i < n; i++ {
		part := p.parts[i]
		switch {
		case part.weight == 0:
			if p.zeros(i, n, trim) {
				continue
			}
			e = e.Number(part.number)
		case part.weight == letterWeight:
			e = append(appendLowerASCII(e.Token(letterWeight), part.number), 0)
		case part.weight > 0 && part.number != "" && isZero(part.number) && p.zeros(i+1, n, trim):
			// SP0 is the plain release.
		default:
			e = e.Token(int(part.weight))
			if part.number != "" {
				e = e.Number(part.number)
			}
		}
	}
	return e
}

// zeros tells whether only zeros follow from i on, up to the next level or to n.
func (p *parsed) zeros(i, n int, trim bool) bool {
	for ; i < n; i++ {
		if p.parts[i].weight != 0 {
			return true
		}
		if !isZero(p.parts[i].number) {
			return false
		}
	}
	return trim
}
