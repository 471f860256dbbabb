package matchtest

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/affected-go/affected/purl/vers"
)

// TestScheme holds a version scheme to the contract of [vers.Scheme]. The versions are in
// ascending order, each above the one in front of it or on another line; a blank between two
// texts of one element makes them equal: "1.0 1.0.0". It returns all violations, joined, or
// nil.
func TestScheme(s vers.Scheme, versions []string) error {
	c := schemeCheck{scheme: s, schemes: vers.Builtin()}
	if known, ok := c.schemes.Lookup(s.Name()); !ok || reflect.TypeOf(known) != reflect.TypeOf(s) {
		var err error
		if c.schemes, err = c.schemes.With(s); err != nil {
			return fmt.Errorf("scheme %s: %w", s.Name(), err)
		}
	}
	if s.Name() == "" || strings.ContainsAny(s.Name(), " \t\n/") {
		c.fail("the name %q is empty, or has a blank or a slash", s.Name())
	}
	var all []keyed
	for _, texts := range versions {
		for i, text := range strings.Fields(texts) {
			k, ok := c.key(text)
			if !ok {
				continue
			}
			if n := len(all); n > 0 && all[n-1].line() == k.line() {
				switch cmp := bytes.Compare(all[n-1].key, k.key); {
				case i == 0 && cmp >= 0:
					c.fail("%s is not above %s", text, all[n-1].text)
				case i > 0 && cmp != 0:
					c.fail("%s does not equal %s", text, all[n-1].text)
				}
			}
			all = append(all, k)
		}
	}
	c.order(all)
	c.hostile()
	return errors.Join(c.errs...)
}

type schemeCheck struct {
	scheme  vers.Scheme
	schemes *vers.Schemes
	errs    []error
}

type keyed struct {
	text string
	key  []byte
	n    int
}

func (k *keyed) line() string { return string(k.key[:k.n]) }

func (c *schemeCheck) fail(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("scheme %s: "+format, append([]any{c.scheme.Name()}, args...)...))
}

// key makes the key of a version twice, behind what is in the buffer already.
func (c *schemeCheck) key(text string) (keyed, bool) {
	const before = "kept"
	key, n, err := c.scheme.AppendKey([]byte(before), text)
	if err != nil {
		c.fail("%s: %v", text, err)
		return keyed{}, false
	}
	if !bytes.HasPrefix(key, []byte(before)) {
		c.fail("%s: AppendKey does not append", text)
		return keyed{}, false
	}
	key = key[len(before):]
	again, m, err := c.scheme.AppendKey(nil, text)
	if err != nil || m != n || !bytes.Equal(key, again) {
		c.fail("%s: two keys differ", text)
	}
	if n < 1 || n > len(key) {
		c.fail("%s: the line has %d bytes of %d", text, n, len(key))
		return keyed{}, false
	}
	low, high, m, err := c.scheme.AppendBranch(nil, nil, text, 0)
	switch {
	case err != nil:
		c.fail("%s: no branch: %v", text, err)
	case m != n || !bytes.Equal(low[:m], key[:n]):
		c.fail("%s: its branch is on another line", text)
	case bytes.Compare(low, key) > 0 || bytes.Compare(high, key) <= 0:
		c.fail("%s: it is not in its own branch", text)
	}
	return keyed{text, slices.Clone(key), n}, true
}

// order checks that keys of one line stay sorted over the whole list, and that the set says
// the same as the scheme.
func (c *schemeCheck) order(all []keyed) {
	for i := range all {
		for j := range i {
			a, b := &all[j], &all[i]
			v, err := c.schemes.Parse(c.scheme.Name(), a.text)
			w, err2 := c.schemes.Parse(c.scheme.Name(), b.text)
			if err != nil || err2 != nil {
				c.fail("%s, %s: Parse fails where AppendKey does not", a.text, b.text)
				continue
			}
			n, comparable := v.Compare(w)
			back, _ := w.Compare(v)
			switch {
			case comparable != (a.line() == b.line()):
				c.fail("%s, %s: comparable is %t", a.text, b.text, comparable)
			case comparable && n != -back:
				c.fail("%s, %s: the order depends on the side", a.text, b.text)
			case comparable && n > 0:
				c.fail("%s is above %s, which stands behind it", a.text, b.text)
			}
		}
	}
}

// hostile asks for keys of what is no version: an error of the right kind, or a key, and
// nothing left in the buffer.
func (c *schemeCheck) hostile() {
	for _, text := range []string{"", " ", ".", "-", "\x00", "\xff", "1.\n2", "١.٢", strings.Repeat("9", 5000),
		strings.Repeat(".", 5000), strings.Repeat("1.", 2000), "1.0-" + strings.Repeat("a", 2000), "../../etc", "<script>", "≤ 1"} {
		key, _, err := c.scheme.AppendKey([]byte("kept"), text)
		if err == nil {
			continue
		}
		if string(key) != "kept" {
			c.fail("%.20q: an error leaves something in the buffer", text)
		}
		if !errors.Is(err, vers.ErrSyntax) && !errors.Is(err, vers.ErrImprecise) && !errors.Is(err, vers.ErrTooLong) {
			c.fail("%.20q: the error wraps none of ErrSyntax, ErrImprecise, ErrTooLong: %v", text, err)
		}
	}
}
