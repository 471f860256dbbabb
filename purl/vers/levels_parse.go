package vers

import "strings"

// parse reads text into p. It is one pass; every round of the loop takes at least a byte.
func (l *levels) parse(text string, p *parsed) error {
	i := l.prefix(text, p)
	var (
		weight = int8(0)      // weight of the level that waits for its number
		least  = int8(1) << 6 // weights have to fall; pre-releases may follow any level
		glued  = false        // the last byte belonged to a number
		aside  = false        // the last byte was a blank
		dash   = false        // the last byte was a hyphen behind a number
	)
	for i < len(text) {
		c := text[i]
		switch {
		case isDigit(c):
			n := digits(text[i:])
			if dash && weight == 0 {
				if err := p.add(l, text, i, component{weight: dashWeight}); err != nil {
					return err
				}
				weight = dashWeight
			}
			if err := p.number(l, text, i, text[i:i+n], &weight); err != nil {
				return err
			}
			i += n
			glued, aside, dash = true, false, false
			continue
		case isLetter(c):
			if glued && letters(text[i:]) == 1 && (i+1 == len(text) || !isDigit(text[i+1])) {
				if err := p.add(l, text, i, component{weight: letterWeight, letter: c | 0x20}); err != nil {
					return err
				}
				i++
				glued, dash = false, false
				continue
			}
			w, n := l.word(text[i:], glued || i > 0 && text[i-1] == ')')
			if n == 0 {
				return syntaxError(l.name, text, i, "word without a place in the order")
			}
			if p.base == 0 && p.count == 0 {
				return syntaxError(l.name, text, i, "number wanted before the first level")
			}
			if w != 0 {
				if w > 0 && w >= least {
					return syntaxError(l.name, text, i, "levels out of order")
				}
				if w > 0 {
					least = w
				}
				if err := p.add(l, text, i, component{weight: w}); err != nil {
					return err
				}
				weight = w
			}
			i += n
			glued, aside, dash = false, false, false
			continue
		case c == '(' && aside:
			n, level := l.parenthesis(text[i:])
			if n == 0 {
				return syntaxError(l.name, text, i, "parentheses that are not closed or hold a bare number")
			}
			if level {
				n = 1
			}
			i += n
		case c == '+' && p.count > 0:
			for j := i; j < len(text); j++ {
				if text[j] < ' ' || text[j] > '~' {
					return syntaxError(l.name, text, j, "neither digit, letter nor separator")
				}
			}
			p.plus, i = true, len(text)
		case c == '-' && aside && i+1 < len(text) && text[i+1] == ' ':
			return syntaxError(l.name, text, i, "hyphen between blanks, which stands between two versions")
		case isSeparator(c):
			aside, dash = c == ' ', c == '-' && glued
			i++
			glued = false
			continue
		default:
			return syntaxError(l.name, text, i, "neither digit, letter nor separator")
		}
		glued, aside, dash = false, false, false
	}
	if p.count == 0 {
		return syntaxError(l.name, text, 0, "no number")
	}
	if p.base == 0 { // no level came
		p.base = p.count
	}
	return nil
}

// prefix reads what stands in front of the first number: nothing, v, a word that means
// nothing, or letters that name the line.
func (l *levels) prefix(text string, p *parsed) int {
	i := 0
	for i < len(text) && text[i] == ' ' {
		i++
	}
	for _, word := range [...]string{"version", "versions", "release", "firmware", "ver", "rev", "v"} {
		n := i + len(word)
		if n < len(text) && strings.EqualFold(text[i:n], word) && !isLetter(text[n]) {
			for n < len(text) && (text[n] == ' ' || text[n] == '.') {
				n++
			}
			return n
		}
	}
	if n := letters(text[i:]); n > 0 && i+n < len(text) && isDigit(text[i+n]) {
		p.line = text[i : i+n]
		return i + n
	}
	return i
}

// number adds a number: to the base, or to the level that waits for one.
func (p *parsed) number(l *levels, text string, at int, number string, weight *int8) error {
	if *weight != 0 {
		p.parts[p.count-1].number = number
		*weight = 0
		return nil
	}
	return p.add(l, text, at, component{number: number})
}

func (p *parsed) add(l *levels, text string, at int, part component) error {
	if p.count == len(p.parts) {
		return syntaxError(l.name, text, at, "more than 20 components")
	}
	if part.weight != 0 && p.base == 0 {
		p.base = p.count
	}
	p.parts[p.count] = part
	p.count++
	return nil
}

// parenthesis looks at parentheses behind a blank. It returns their length, and whether
// they hold a level ("(Build 9342)", "(MR4)") instead of another name of the release
// ("(14.0.6)", "(64-bit)"); 0 for what could be either.
func (l *levels) parenthesis(s string) (n int, level bool) {
	end := strings.IndexByte(s, ')')
	if end < 0 {
		return 0, false
	}
	inside := s[1:end]
	if _, n := l.word(inside, false); n > 0 {
		return end + 1, true
	}
	if digits(inside) == len(inside) {
		return 0, false
	}
	return end + 1, false
}
