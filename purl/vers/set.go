package vers

import "strings"

// set is the scheme of products whose versions have no order: component releases of SAP
// ("SAP_BASIS 758"), updates known by their name. Every version is a line of its own, so
// that two are equal or do not compare.
//
//   - Letters in any case are one, and so are blanks, underscores and hyphens; blanks at the
//     ends do not count.
//   - Control characters and an empty text are errors, and so are comparators and the signs
//     of a list: "< 6.4" names no version, and to compare it with others would clear them.
type set struct{}

func (set) Name() string { return "set" }

func (set) AppendKey(dst []byte, version string) ([]byte, int, error) {
	start := len(dst)
	key, err := setLine(dst, version)
	if err != nil {
		return dst, 0, err
	}
	line := len(key) - start
	return key.End(), line, nil
}

func (set) AppendBranch(lo, hi []byte, text string, _ int) ([]byte, []byte, int, error) {
	start := len(lo)
	low, err := setLine(lo, text)
	if err != nil {
		return lo, hi, 0, err
	}
	line := len(low) - start
	high, _ := setLine(hi, text)
	return low, high.Top(), line, nil
}

// setLine writes the line of a text.
func setLine(dst []byte, text string) (Encoder, error) {
	start, gap := len(dst), false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c < ' ' || c == 0x7F:
			return nil, syntaxError("set", text, i, "control character")
		case strings.IndexByte("<>=,;|", c) >= 0:
			return nil, syntaxError("set", text, i, "a comparator or a list")
		case c == ' ' || c == '_' || c == '-':
			gap = true
			continue
		case 'A' <= c && c <= 'Z':
			c |= 0x20
		}
		if gap && len(dst) > start {
			dst = append(dst, '_')
		}
		dst, gap = append(dst, c), false
	}
	if len(dst) == start {
		return nil, syntaxError("set", text, 0, "empty")
	}
	return Encoder(dst).Line(""), nil
}
