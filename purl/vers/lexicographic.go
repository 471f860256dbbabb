package vers

import "unicode/utf8"

// lexicographic is the VERS type of texts in the order of their UTF-8 bytes, without any
// normalization (VERS types, "General VERS types").
//
//   - The key is the text itself.
//   - Text that is empty, no UTF-8 or holds control characters is an error.
//   - A branch is what begins with the text; the text has no components, so that the
//     depth does not count.
type lexicographic struct{}

func (lexicographic) Name() string { return "lexicographic" }

func (l lexicographic) AppendKey(dst []byte, version string) ([]byte, int, error) {
	if err := l.check(version); err != nil {
		return dst, 0, err
	}
	return append(Encoder(dst).Line(""), version...), 1, nil
}

func (l lexicographic) AppendBranch(lo, hi []byte, text string, _ int) ([]byte, []byte, int, error) {
	if err := l.check(text); err != nil {
		return lo, hi, 0, err
	}
	low := append(Encoder(lo).Line(""), text...)
	high := append(Encoder(hi).Line(""), text...)
	return low, high.Top(), 1, nil // no byte of UTF-8 reaches the mark
}

func (lexicographic) check(version string) error {
	if version == "" {
		return syntaxError("lexicographic", version, 0, "no text")
	}
	for i, r := range version {
		if r < ' ' || r == 0x7F {
			return syntaxError("lexicographic", version, i, "control character")
		}
		if r == utf8.RuneError {
			if _, width := utf8.DecodeRuneInString(version[i:]); width == 1 {
				return syntaxError("lexicographic", version, i, "no UTF-8")
			}
		}
	}
	return nil
}
