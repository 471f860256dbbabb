package main

import (
	"bufio"
	"context"
	"strings"
	"unicode"
)

// The widest a cell may be, in columns of the screen. Longer ones are cut, because names
// and versions come from outside and may be of any length.
const (
	maxCell = 48
	maxWhy  = 160
	maxLine = 400
)

var heads = []string{"HOST", "PRODUCT", "INSTALLED", "VERDICT", "FIX", "WHY"}

// printTable prints the answers below each other, with the evidence where it was asked for,
// and the summary.
func (c *check) printTable(ctx context.Context, out *bufio.Writer, answers []answer) error {
	rows := make([][]string, 0, len(answers)+1)
	rows = append(rows, heads)
	for i := range answers {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.messages.progress("explaining", i, int64(i), int64(len(answers)))
		a := &answers[i]
		rows = append(rows, []string{
			cell(a.host, maxCell), cell(a.product, maxCell), cell(a.installed, maxCell),
			a.verdict.Status.String(), cell(a.fix.String(), maxCell), cell(c.why(a), maxWhy),
		})
	}
	c.messages.clear()
	widths := make([]int, len(heads))
	for _, row := range rows {
		for i, text := range row {
			widths[i] = max(widths[i], width(text))
		}
	}
	for n, row := range rows {
		last := len(row) - 1
		for i, text := range row[:last] {
			out.WriteString(text)
			out.WriteString(strings.Repeat(" ", widths[i]-width(text)+2))
		}
		out.WriteString(row[last])
		out.WriteByte('\n')
		if c.explain && n > 0 {
			c.printEvidence(out, &answers[n-1])
		}
	}
	if !c.explain || len(answers) == 0 {
		out.WriteByte('\n')
	}
	text := c.summary.String() + "\n"
	if c.inventory != "" && c.all == nil && c.summary.silences() > 0 {
		text += "-all shows the installations about which nothing is stated\n"
	}
	_, err := out.WriteString(text)
	return err
}

// printEvidence prints everything that a verdict rests on, indented below its line.
func (c *check) printEvidence(out *bufio.Writer, a *answer) {
	e := c.matcher.Explain(a.in, a.vulnerability)
	_, text, _ := strings.Cut(e.String(), "\n") // the line above says what the first one says
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		indent := len(line) - len(strings.TrimLeft(line, " "))
		out.WriteString("  " + line[:indent] + clean(line[indent:], maxLine) + "\n")
	}
	out.WriteByte('\n')
}

// cell returns a text as it may stand in the table; an empty one is a dash.
func cell(text string, limit int) string {
	if text = clean(text, limit); text != "" {
		return text
	}
	return "-"
}

// clean makes a text from outside harmless for a terminal: one line, no control characters
// and none that change the direction of writing, and no wider than limit columns.
func clean(text string, limit int) string {
	var b strings.Builder
	columns, cutAt := 0, 0
	text = strings.TrimSpace(text)
	for _, r := range text[:min(len(text), 16*limit)] { // no more is read than can be shown
		switch {
		case unicode.IsPrint(r):
		case unicode.IsSpace(r):
			r = ' '
		default:
			r = unicode.ReplacementChar
		}
		if columns+runeWidth(r) > limit {
			return b.String()[:cutAt] + "…"
		}
		columns += runeWidth(r)
		b.WriteRune(r)
		if columns < limit {
			cutAt = b.Len()
		}
	}
	return b.String()
}

// width returns how many columns of a screen a text takes.
func width(text string) int {
	n := 0
	for _, r := range text {
		n += runeWidth(r)
	}
	return n
}

// wide are the characters that take two columns (Unicode Standard Annex 11, classes W and
// F, as blocks).
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x1100, Hi: 0x115F, Stride: 1}, // Hangul Jamo
		{Lo: 0x2E80, Hi: 0x303E, Stride: 1}, // CJK radicals and punctuation
		{Lo: 0x3041, Hi: 0x33FF, Stride: 1}, // Kana, CJK compatibility
		{Lo: 0x3400, Hi: 0x4DBF, Stride: 1},
		{Lo: 0x4E00, Hi: 0xA4CF, Stride: 1}, // CJK ideographs, Yi
		{Lo: 0xA960, Hi: 0xA97F, Stride: 1},
		{Lo: 0xAC00, Hi: 0xD7A3, Stride: 1}, // Hangul syllables
		{Lo: 0xF900, Hi: 0xFAFF, Stride: 1},
		{Lo: 0xFE30, Hi: 0xFE6F, Stride: 1},
		{Lo: 0xFF00, Hi: 0xFF60, Stride: 1}, // full width forms
		{Lo: 0xFFE0, Hi: 0xFFE6, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x1F300, Hi: 0x1F64F, Stride: 1}, // pictographs
		{Lo: 0x1F900, Hi: 0x1F9FF, Stride: 1},
		{Lo: 0x20000, Hi: 0x3FFFD, Stride: 1}, // CJK extensions
	},
}

func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case unicode.Is(wide, r):
		return 2
	default:
		return 1
	}
}
