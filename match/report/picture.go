package report

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A picture is the version line of a product as one statement has it: a bar for each code
// line, cut into stretches with one status each. The stretches have one width, because
// versions have an order and no distance.
type picture struct {
	Width, Height int
	Title, Text   string // for those who do not see it
	Bars          []bar
}

// A bar is one code line.
type bar struct {
	Name      string
	NameY, Y  int
	Stretches []stretchBox
	Ticks     []tick
	Marks     []mark
}

// A stretchBox is one stretch of a bar.
type stretchBox struct {
	X, Y, Width, Height, Middle, TextY int
	Class, Label                       string
}

// A tick is a bound between two stretches.
type tick struct {
	X, Top, Bottom, TextY int
	Text, Full            string
	Anchor                string
}

// A mark is the installed version or the fix.
type mark struct {
	X, Y, TextX, TextY int
	Class, Text        string
	Anchor             string
}

// Measures of a picture.
const (
	pictureWidth  = 760
	pictureMargin = 10
	barHeight     = 24
	barAbove      = 46 // name and marks
	barBelow      = 38 // two rows of bounds
	maxBars       = 6
	maxStretches  = 9  // of a bar; of a longer one those around the installed version are shown
	maxTick       = 16 // characters of a bound
)

// A timelineKey names the statement about one product that a picture is made of.
type timelineKey struct {
	doc            *advisory.Advisory
	place, product string
}

// pictures draws pictures and keeps the timelines that they share.
type pictures struct {
	segments map[timelineKey][][]advisory.Segment
}

// draw returns the picture of an entry, nil when the statement that decided has no stretch in
// which the installed version lies, or when its timeline cannot be found again: a picture
// never tells another story than the evidence.
func (p *pictures) draw(e *Entry) *picture {
	c := e.claim()
	if c == nil || c.Segment == "" || e.Advisory == nil {
		return nil
	}
	for _, segments := range p.timelines(e.Advisory, c) {
		for hit := range segments {
			if segments[hit].String() == c.Segment {
				return newPicture(e, segments, hit)
			}
		}
	}
	return nil
}

// timelines returns the stretches of the statements at the place of a claim, about its
// product. They are read again, with the words that ship.
func (p *pictures) timelines(doc *advisory.Advisory, c *match.Claim) [][]advisory.Segment {
	key := timelineKey{doc, c.Place, c.Product}
	if list, known := p.segments[key]; known {
		return list
	}
	var list [][]advisory.Segment
	for i := range doc.Statements {
		s := &doc.Statements[i]
		pos := s.Pos
		pos.File, pos.Offset = cmp.Or(pos.File, doc.Pos.File), 0
		if pos.String() != c.Place {
			continue
		}
		for _, n := range s.Products {
			if n < 0 || n >= len(doc.Products) || !strings.Contains(c.Product, doc.Products[n].Name) {
				continue
			}
			for _, infer := range [...]bool{false, true} {
				if t := advisory.Resolve(s, &doc.Products[n], advisory.ResolveOptions{Infer: infer}); t.Scheme != nil {
					list = append(list, t.Segments)
				}
			}
		}
	}
	if p.segments == nil {
		p.segments = map[timelineKey][][]advisory.Segment{}
	}
	p.segments[key] = list
	return list
}

// newPicture draws the stretches around one that was hit.
func newPicture(e *Entry, segments []advisory.Segment, hit int) *picture {
	installed := installedVersion(e.Installation)
	pic := &picture{Width: pictureWidth, Title: printable("Versions of " + productName(e.Installation) + " and " + e.Finding.Vulnerability)}
	var text []string
	y := 0
	for from := 0; from < len(segments) && len(pic.Bars) < maxBars; {
		to := from + 1
		for to < len(segments) && segments[to].Line() == segments[from].Line() {
			to++
		}
		low, high := window(from, to, hit)
		b := newBar(segments[low:high], hit-low, y, low > from, high < to)
		if hit >= low && hit < high {
			b.installed(installed, hit-low)
			b.fix(e.Finding.Fix)
		}
		for i := low; i < high; i++ {
			text = append(text, segments[i].String())
		}
		pic.Bars = append(pic.Bars, b)
		y += barAbove + barHeight + barBelow
		from = to
	}
	pic.Height = y
	pic.Text = printable(strings.Join(text, "; ") + ". Installed: " + cmp.Or(installed, "not known") + ". Fix: " + e.Finding.Fix.String() + ".")
	return pic
}

// window returns which of the stretches from and to are shown.
func window(from, to, hit int) (low, high int) {
	if to-from <= maxStretches {
		return from, to
	}
	if hit < from || hit >= to {
		return from, from + maxStretches
	}
	low = max(from, hit-maxStretches/2)
	high = min(to, low+maxStretches)
	return max(from, high-maxStretches), high
}

// newBar draws the stretches of one line. more tells whether there are others on a side.
func newBar(segments []advisory.Segment, hit, y int, moreLeft, moreRight bool) bar {
	b := bar{Name: printable(segments[0].Line()), NameY: y + 12, Y: y + barAbove}
	width := (pictureWidth - 2*pictureMargin) / len(segments)
	for i := range segments {
		s := &segments[i]
		x := pictureMargin + i*width
		box := stretchBox{X: x, Y: b.Y, Width: width, Height: barHeight, Middle: x + width/2, TextY: b.Y + 16, Class: s.Status.String(), Label: labels[s.Status]}
		if len(box.Label)*13/2 > width { // about 6.5 pixels a character
			box.Label = box.Label[:1]
		}
		b.Stretches = append(b.Stretches, box)
		low, high := s.Written()
		if i == 0 {
			b.tick(x, i, low, moreLeft, "start")
		}
		next := ""
		if i+1 < len(segments) {
			next, _ = segments[i+1].Written()
		}
		anchor := "middle"
		if i+1 == len(segments) {
			anchor = "end"
		}
		b.tick(x+width, i+1, cmp.Or(next, high), moreRight && i+1 == len(segments), anchor)
	}
	return b
}

// labels are the words inside of stretches.
var labels = [...]string{
	advisory.Unknown: "unknown", advisory.NoStatement: "not stated", advisory.UnderInvestigation: "investigated",
	advisory.NotAffected: "not affected", advisory.Fixed: "fixed", advisory.Affected: "affected",
}

func (b *bar) tick(x, i int, text string, more bool, anchor string) {
	full := printable(text)
	if more {
		text += " …"
	}
	b.Ticks = append(b.Ticks, tick{
		X: x, Top: b.Y, Bottom: b.Y + barHeight + 4, TextY: b.Y + barHeight + 16 + 14*(i%2),
		Text: shorten(printable(strings.TrimSpace(text)), maxTick), Full: full, Anchor: anchor,
	})
}

// installed marks the stretch in which the installed version lies.
func (b *bar) installed(version string, hit int) {
	box := b.Stretches[hit]
	m := mark{X: box.Middle, Y: b.Y - 2, TextX: box.Middle, TextY: b.Y - 14, Class: "installed", Text: "installed " + shorten(printable(cmp.Or(version, "(not known)")), 30), Anchor: "middle"}
	b.Marks = append(b.Marks, m.inside())
}

// fix marks the bound that is the fix.
func (b *bar) fix(f match.Fix) {
	if !f.IsVersion() {
		return
	}
	for _, t := range b.Ticks {
		if t.Full == printable(f.Version) {
			m := mark{X: t.X, Y: b.Y - 2, TextX: t.X, TextY: b.Y - 28, Class: "fix", Text: "fix " + shorten(printable(f.String()), 30), Anchor: "middle"}
			b.Marks = append(b.Marks, m.inside())
			return
		}
	}
}

// inside keeps the text of a mark in the picture.
func (m mark) inside() mark {
	half := 4 * len(m.Text)
	switch {
	case m.X < half:
		m.Anchor, m.TextX = "start", pictureMargin
	case m.X > pictureWidth-half:
		m.Anchor, m.TextX = "end", pictureWidth-pictureMargin
	}
	return m
}

// Points returns the corners of the triangle of a mark.
func (m mark) Points() string {
	x, y := m.X, m.Y
	point := func(x, y int) string { return strconv.Itoa(x) + "," + strconv.Itoa(y) }
	return point(x-6, y-9) + " " + point(x+6, y-9) + " " + point(x, y)
}
