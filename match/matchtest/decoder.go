package matchtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// TestDecoder holds a decoder to the contract of [advisory.Decoder] with documents of its
// format. Each is decoded whole, cut short, and with every value replaced by one of another
// type. Whatever happens, indexes lead somewhere, and an installation that the whole document
// calls affected is never clear by a document with a mistake. The installations are in the
// form of [Installed]; without them only the former is checked. It returns all violations,
// joined, or nil.
func TestDecoder(d advisory.Decoder, doc []byte, installed ...string) error {
	c := decoderCheck{decoder: d}
	if d.Format() == "" {
		c.fail("it has no name")
	}
	whole, err := c.decode(doc)
	if err != nil {
		return errors.Join(append(c.errs, fmt.Errorf("decoder %s: the document: %w", d.Format(), err))...)
	}
	if len(whole) == 0 {
		c.fail("the document is not recognised by Sniff, or says nothing")
	}
	affected := c.affected(whole, installed)
	for n := range min(len(doc), 400) { // a text that is cut short
		_, _ = c.decode(doc[:len(doc)*n/400])
	}
	var root any
	if err := json.Unmarshal(doc, &root); err != nil {
		return errors.Join(append(c.errs, err)...)
	}
	c.mutate(root, "", func(v any) { root = v }, func(pointer string) {
		text, err := json.Marshal(root)
		if err != nil {
			c.fail("%s: %v", pointer, err)
			return
		}
		broken, err := c.decode(text)
		if err != nil {
			return
		}
		c.stillAffected(broken, affected, pointer)
	})
	return errors.Join(c.errs...)
}

type decoderCheck struct {
	decoder advisory.Decoder
	errs    []error
}

// A claim is an answer of the whole document that no mistake may clear.
type claim struct{ installed, vulnerability string }

const mostFailures = 20

func (c *decoderCheck) fail(format string, args ...any) {
	if len(c.errs) < mostFailures {
		c.errs = append(c.errs, fmt.Errorf("decoder %s: "+format, append([]any{c.decoder.Format()}, args...)...))
	}
}

// decode reads what it can, and checks that indexes lead somewhere.
func (c *decoderCheck) decode(doc []byte) ([]*advisory.Advisory, error) {
	var all []*advisory.Advisory
	for a, err := range advisory.Decode(bytes.NewReader(doc), advisory.DecodeOptions{File: "test"}, c.decoder) {
		if err != nil {
			return all, err
		}
		if _, err := match.Compile(a); err != nil {
			c.fail("%v", err)
			continue
		}
		all = append(all, a)
	}
	return all, nil
}

// affected asks the whole document.
func (c *decoderCheck) affected(docs []*advisory.Advisory, installed []string) []claim {
	m, err := match.Compile(docs...)
	if err != nil {
		c.fail("%v", err)
		return nil
	}
	var list []claim
	for _, text := range installed {
		found := false
		for f := range m.Findings(Installed(text)) {
			if f.Verdict.Status == advisory.Affected {
				list = append(list, claim{text, f.Vulnerability})
				found = true
			}
		}
		if !found {
			c.fail("%s is not affected by the whole document", text)
		}
	}
	return list
}

// stillAffected checks the answers of a document with a mistake. One that does not name the
// product or the vulnerability any more has nothing to say.
func (c *decoderCheck) stillAffected(docs []*advisory.Advisory, affected []claim, pointer string) {
	m, err := match.Compile(docs...)
	if err != nil {
		c.fail("%s: %v", pointer, err)
		return
	}
	for _, a := range affected {
		if v := m.Check(Installed(a.installed), a.vulnerability); v.Clear() {
			c.fail("%s: a value of another type makes %s %s", pointer, a.installed, v)
		}
	}
}

// mutate replaces v and all that is in it, one at a time, by values of other types.
func (c *decoderCheck) mutate(v any, pointer string, set func(any), visit func(string)) {
	for _, other := range []any{map[string]any{"no such member": "x"}, []any{"x"}, true, nil, 7.5} {
		if fmt.Sprintf("%T", other) != fmt.Sprintf("%T", v) {
			set(other)
			visit(pointer)
		}
	}
	set(v)
	switch v := v.(type) {
	case map[string]any:
		for name := range v {
			c.mutate(v[name], pointer+"/"+name, func(e any) { v[name] = e }, visit)
		}
	case []any:
		for i := range v {
			c.mutate(v[i], fmt.Sprintf("%s/%d", pointer, i), func(e any) { v[i] = e }, visit)
		}
	}
}
