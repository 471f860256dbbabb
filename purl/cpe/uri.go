package cpe

import "strings"

// uriOrder holds the attributes of the components of a URI; the edition stands for five.
var uriOrder = [...]Attribute{Part, Vendor, Product, Version, Update, Edition, Language}

// packedOrder holds the attributes that a packed edition holds, behind one tilde each.
var packedOrder = [...]Attribute{Edition, SWEdition, TargetSW, TargetHW, Other}

// The encodings of the two wildcards in a URI (NISTIR 7695 section 6.1.2).
const (
	encodedQuestion = 0x01
	encodedAsterisk = 0x02
)

// URI returns the URI binding of n: NISTIR 7695 section 6.1. Attributes that CPE 2.2 does not know
// are packed into the edition. The zero Name gives the empty string. Since the reader of a URI folds
// letters, a name with upper case comes back from it in lower case.
func (n Name) URI() string {
	if !n.IsValid() {
		return ""
	}
	var stack [256]byte
	dst := append(stack[:0], prefixURI...)
	end := len(dst) // behind the last component that is not empty
	for i, a := range uriOrder {
		if i > 0 {
			dst = append(dst, ':')
		}
		begin := len(dst)
		if a == Edition && n.isExtended() {
			for _, packed := range packedOrder {
				dst = append(dst, '~')
				dst = n.appendEncoded(dst, packed)
			}
		} else {
			dst = n.appendEncoded(dst, a)
		}
		if len(dst) > begin {
			end = len(dst)
		}
	}
	return string(dst[:end])
}

// isExtended reports whether n says something in an attribute that CPE 2.2 does not know.
func (n *Name) isExtended() bool {
	const extended = 1<<SWEdition | 1<<TargetSW | 1<<TargetHW | 1<<Other
	return ^n.any&extended != 0
}

// appendEncoded appends attribute a as a component of a URI.
func (n *Name) appendEncoded(dst []byte, a Attribute) []byte {
	const digits = "0123456789abcdef"
	text := n.slice(a)
	if n.any&bitOf(a) != 0 {
		return dst
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch classes[c] {
		case plain:
			dst = append(dst, c)
			continue
		case quote:
			i++ // in a canonical text a character follows
			c = text[i]
		default: // an unquoted wildcard
			if c = encodedAsterisk; text[i] == '?' {
				c = encodedQuestion
			}
		}
		dst = append(dst, '%', digits[c>>4], digits[c&15])
	}
	return dst
}

// cutURI finds the components, which end at a colon, and the parts of a packed edition. What is
// left out at the end is empty.
func (p *parser) cutURI() error {
	for a := range p.spans {
		p.spans[a] = span{len(p.in), len(p.in)}
	}
	begin := len(prefixURI)
	for _, a := range uriOrder {
		end, more := p.cut(begin, len(p.in), ':')
		p.spans[a] = span{begin, end}
		if !more {
			return p.cutPacked()
		}
		begin = end + 1
	}
	return p.fault(begin-1, ruleURITooMany)
}

// cutPacked finds the parts of the edition if it is a packed one: NISTIR 7695 section 6.1.3. Any
// other edition is that of CPE 2.2.
func (p *parser) cutPacked() error {
	edition := p.spans[Edition]
	if edition.begin == edition.end || p.in[edition.begin] != '~' {
		return nil
	}
	begin := edition.begin + 1
	for i, a := range packedOrder {
		end, more := p.cut(begin, edition.end, '~')
		p.spans[a] = span{begin, end}
		if last := i == len(packedOrder)-1; more == last {
			return p.fault(end, rulePacked)
		}
		begin = end + 1
	}
	return nil
}

// cut returns the offset of the next separator before end, or end if there is none.
func (p *parser) cut(begin, end int, separator byte) (at int, found bool) {
	if i := strings.IndexByte(p.in[begin:end], separator); i >= 0 {
		return begin + i, true
	}
	return end, false
}

// nextURI is next for a URI. A tilde that packs nothing means itself (NISTIR 7695 section 6.1.3);
// all other characters that are not plain are encoded.
func (p *parser) nextURI(i, end int) (c byte, t token, width int, err error) {
	switch p.in[i] {
	case '~':
		return '~', literal, 1, nil
	case '%':
	default:
		return 0, 0, 0, p.fault(i, ruleURIReserved)
	}
	if end-i < 3 {
		return 0, 0, 0, p.fault(i, rulePercent)
	}
	high, low := hexValue(p.in[i+1]), hexValue(p.in[i+2])
	if high > 15 || low > 15 {
		return 0, 0, 0, p.fault(i, rulePercent)
	}
	switch c = high<<4 | low; {
	case c == encodedQuestion:
		return '?', question, 3, nil
	case c == encodedAsterisk:
		return '*', asterisk, 3, nil
	case classes[c] == plain, classes[c] == foreign:
		return 0, 0, 0, p.fault(i, rulePercent)
	}
	return c, literal, 3, nil
}

// hexValue returns the value of a hexadecimal digit, or more than 15 if c is none.
func hexValue(c byte) byte {
	if '0' <= c && c <= '9' {
		return c - '0'
	}
	if c |= 0x20; 'a' <= c && c <= 'f' {
		return c - 'a' + 10
	}
	return 0xff
}
