package vers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maven is the scheme of Maven artifacts: ComparableVersion of Maven 3.8.7, whose order is
// described at https://maven.apache.org/pom.html#version-order-specification.
//
//   - Dots, hyphens and each change between digits and other characters separate. What
//     follows a hyphen or such a change is a list of its own, inside the one before; so is
//     a word at the end or in front of a digit (1.x1 is 1-x-1).
//   - Case does not count. a, b and m in front of a digit are alpha, beta and milestone; cr
//     is rc; ga, final and release are nothing.
//   - Zeros and nothings at the end of a list do not count: 1-0 = 1.0.0 = 1-ga = 1.
//   - alpha < beta < milestone < rc < snapshot < nothing < sp < other words by their bytes <
//     a list < a number. What is missing equals nothing and 0.
//
// The order of Maven is none where the first difference is between two of these and a
// version that has ended: a word other than a pre-release in front of a dot or hyphen, a
// list that begins with a pre-release (1.x.1 > 1 > 1-alpha > 1.x.1), a zero in front of a
// pre-release and a dot (1.0.rc.1 > 1-1 > 1 > 1.0.rc.1). There the key keeps both relations
// to the version that has ended and gives up the third. In all else it is Maven's order.
// [Version.Compare] follows Maven everywhere.
//
// Every text is a version, the empty one too, which is 0. Ten zeros and more are nothing at
// the end and above 999999999 elsewhere.
//
// Deviation: control characters, broken UTF-8 and digits of other scripts are errors.
type maven struct{}

// The tags of words, and of the marks for what equals nothing; see padded.
const (
	mavenAlpha     = 0x01
	mavenBeta      = 0x02
	mavenMilestone = 0x03
	mavenRC        = 0x04
	mavenSnapshot  = 0x05
	mavenRelease   = tagMark // a mark
	mavenSP        = 0x32
	mavenWord      = 0x33
	mavenList      = 0x3F // a mark
)

// Maven keeps zeros in the type that their count calls for, and compares types first.
const (
	mavenLongZero = 10
	mavenBigZero  = 19
)

func (maven) Name() string { return "maven" }

func (m maven) AppendKey(dst []byte, version string) ([]byte, int, error) {
	w := mavenWriter{padded: padded{key: Encoder(dst).Line(""), start: len(dst) + 1}}
	if err := w.write(version, 0); err != nil {
		return dst, 0, err
	}
	return w.end(), 1, nil
}

func (m maven) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	text = trimWildcard(text)
	w := mavenWriter{padded: padded{key: Encoder(lo).Line(""), start: len(lo) + 1}}
	if err := w.write(text, depth); err != nil {
		return lo, hi, 0, err
	}
	l, h, _, ok := numericBranch(Encoder(lo).Line(""), Encoder(hi).Line(""), text, depth, true)
	if ok && !strings.Contains(text, "0000000000") {
		return l, h, 1, nil
	}
	// What equals nothing at the end of the list that is open is lost when a list follows.
	h = append(Encoder(hi).Line(""), w.key[len(lo)+1:]...)
	if from := len(h) - len(w.key) + w.nulls; from < len(h) && h[from] < mavenList {
		h = append(h[:from], mavenList)
	}
	return w.key[:w.start], h.Top(), 1, nil
}

// A mavenWriter keeps what the rules about lists need besides the key.
type mavenWriter struct {
	padded
	nulls int // where the marks of the list that is open begin
}

// write writes the first depth components of version, all with depth 0.
func (w *mavenWriter) write(version string, depth int) error {
	if err := (maven{}).check(version); err != nil {
		return err
	}
	w.nulls = w.start
	c := mavenCursor{text: version}
	for count := 0; ; {
		switch t := c.next(); t.kind {
		case mavenEnd:
			return nil
		case mavenListOpen:
			w.open()
		default:
			w.item(t)
			if count++; count == depth {
				if c.open {
					w.open()
				}
				return nil
			}
		}
	}
}

// open opens a list inside the one that is open, which loses the zeros at its end.
func (w *mavenWriter) open() {
	w.key = w.key[:w.nulls]
	w.mark(mavenList)
	w.nulls = len(w.key)
}

// item writes a number or a word.
func (w *mavenWriter) item(t mavenItem) {
	start := w.start
	switch {
	case t.kind == mavenNumber && t.class() > 0 && isZero(t.text):
		// It equals nothing, but it is above all shorter numbers.
		class := mavenLongZero
		if t.class() > 1 {
			class = mavenBigZero
		}
		w.key = append(w.key, tagNumber+byte(class), '0')
	case t.kind == mavenNumber:
		w.number(t.text)
	default:
		w.qualifier(t)
	}
	if w.start > start {
		w.nulls = w.start
	}
}

func (w *mavenWriter) qualifier(t mavenItem) {
	switch tag := t.tag(); tag {
	case mavenRelease:
		w.mark(tag)
	case mavenWord:
		w.tag(tag, false)
		w.key = append(appendLowerUnicode(w.key, t.text), 0)
		w.start = len(w.key)
	default:
		w.tag(tag, tag < tagMark)
	}
}

// appendLowerUnicode appends text in lower case.
func appendLowerUnicode(dst []byte, text string) []byte {
	for _, c := range text {
		dst = utf8.AppendRune(dst, unicode.ToLower(c))
	}
	return dst
}
