package vers

import (
	"bytes"
	"cmp"
)

// compare is Gem::Version#<=>: segment by segment, a missing one is 0.
func (g gem) compare(v, w string) (int, error) {
	s, _, err := g.check(v)
	if err != nil || v == w {
		return 0, err
	}
	t, _, err := g.check(w)
	if err != nil {
		return 0, err
	}
	a, b := gemTrimmed{gemCursor: gemCursor{rest: s}}, gemTrimmed{gemCursor: gemCursor{rest: t}}
	for {
		x, y := a.next(), b.next()
		wordX, wordY := x != "" && !isDigit(x[0]), y != "" && !isDigit(y[0])
		c := 0
		switch {
		case x == "" && y == "":
			return 0, nil
		case wordX && wordY:
			c = cmp.Compare(x, y)
		case wordX:
			c = -1
		case wordY:
			c = 1
		default:
			c = compareDigits(x, y)
		}
		if c != 0 {
			return c, nil
		}
	}
}

// A gemTrimmed walks as a gemCursor does over a version without the zeros in front of the
// first word and at the end.
type gemTrimmed struct {
	gemCursor
	words bool
	kept  int // zeros count as long as at least so many bytes are left; 0: not known yet
}

func (c *gemTrimmed) next() string {
	segment := c.gemCursor.next()
	if segment != "" && isZero(segment) && (c.kept == 0 || len(c.rest) < c.kept) {
		look := c.gemCursor
		ahead := look.next()
		for ahead != "" && isZero(ahead) {
			ahead = look.next()
		}
		if ahead != "" && (isDigit(ahead[0]) || c.words) {
			c.kept = len(look.rest) + 1
			return segment
		}
		c.gemCursor, segment = look, ahead
	}
	c.words = c.words || segment != "" && !isDigit(segment[0])
	return segment
}

// The schemes below compare by keys, in buffers of their own that need no pool. The methods
// are alike and cannot share their body: buffers stay on the stack only as long as it is
// known whose AppendKey they are given to.

func (c composer) compare(v, w string) (int, error) {
	var roomV, roomW [64]byte
	key, _, err := c.AppendKey(roomV[:0], v)
	if err != nil || v == w {
		return 0, err
	}
	other, _, err := c.AppendKey(roomW[:0], w)
	if err != nil {
		return 0, err
	}
	return bytes.Compare(key, other), nil
}

func (n nuget) compare(v, w string) (int, error) {
	var roomV, roomW [64]byte
	key, _, err := n.AppendKey(roomV[:0], v)
	if err != nil || v == w {
		return 0, err
	}
	other, _, err := n.AppendKey(roomW[:0], w)
	if err != nil {
		return 0, err
	}
	return bytes.Compare(key, other), nil
}

func (o openssl) compare(v, w string) (int, error) {
	var roomV, roomW [64]byte
	key, _, err := o.AppendKey(roomV[:0], v)
	if err != nil || v == w {
		return 0, err
	}
	other, _, err := o.AppendKey(roomW[:0], w)
	if err != nil {
		return 0, err
	}
	return bytes.Compare(key, other), nil
}

func (p pypi) compare(v, w string) (int, error) {
	var roomV, roomW [64]byte
	key, _, err := p.AppendKey(roomV[:0], v)
	if err != nil || v == w {
		return 0, err
	}
	other, _, err := p.AppendKey(roomW[:0], w)
	if err != nil {
		return 0, err
	}
	return bytes.Compare(key, other), nil
}
