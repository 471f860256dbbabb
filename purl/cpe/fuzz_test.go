package cpe_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/affected-go/affected/purl/cpe"
)

// FuzzParse holds the reader to the grammar and its names to the laws of a round trip.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"names.txt", "invalid.txt"} {
		for _, fact := range facts(f, name, "\t", 4) {
			f.Add(input(f, fact.fields[0]))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := cpe.Parse(text)
		if want := modelValid(text); want != (err == nil) {
			t.Fatalf("Parse(%q): %v, the grammar says %v", text, err, want)
		}
		lenient, warnings, lenientErr := cpe.ParseLenient(text)
		if err != nil {
			var fault *cpe.ParseError
			if !errors.As(err, &fault) || fault.Offset < 0 || fault.Offset > len(text) || fault.Rule == "" || n.IsValid() {
				t.Fatalf("Parse(%q) = %v, %v", text, n, err)
			}
			if (lenientErr == nil) != (len(warnings) > 0) {
				t.Fatalf("ParseLenient(%q): %v, %v", text, warnings, lenientErr)
			}
			if lenientErr != nil {
				return
			}
			n = lenient
		} else if lenient != n || lenientErr != nil || len(warnings) > 0 {
			t.Fatalf("ParseLenient(%q) = %v, %v, %v", text, lenient, warnings, lenientErr)
		}
		var back cpe.Name
		if err := back.UnmarshalText([]byte(n.String())); err != nil || back != n {
			t.Fatalf("%q: read back as %v, %v", n, back, err)
		}
		uri, _, err := cpe.ParseLenient(n.URI())
		if len(n.URI()) <= cpe.MaxLength && (err != nil || uri.String() != strings.ToLower(n.String())) {
			t.Fatalf("%q: read back from %q as %v, %v", n, n.URI(), uri, err)
		}
		if got, want := cpe.Relate(n, n), modelRelate(n, n); got != want {
			t.Fatalf("%q to itself: %v, want %v", n, got, want)
		}
		for a := cpe.Part; a <= cpe.Other; a++ {
			if v := n.Value(a); v.String() == "" || n.Text(a) != v.Text() {
				t.Fatalf("%q: %v is %q and %q", n, a, v, v.Text())
			}
		}
	})
}

// FuzzRelate holds the relation to the model and to its converse.
func FuzzRelate(f *testing.F) {
	for _, fact := range facts(f, "attributes.txt", " ", 3) {
		f.Add(fact.fields[0], fact.fields[2])
	}
	f.Fuzz(func(t *testing.T, source, target string) {
		read := func(value string) (cpe.Name, error) {
			return cpe.Parse("cpe:2.3:a:example:app:" + value + ":*:*:*:*:*:*:*")
		}
		s, err := read(source)
		if err != nil {
			return
		}
		g, err := read(target)
		if err != nil {
			return
		}
		got := cpe.Relate(s, g)
		if want := modelRelate(s, g); got != want {
			t.Fatalf("%q ? %q: %v, want %v", source, target, got, want)
		}
		wild := false // an escaped colon puts a part of the text into the next attribute
		for a := cpe.Part; a <= cpe.Other; a++ {
			wild = wild || s.Value(a).IsPattern() || g.Value(a).IsPattern()
		}
		if back := cpe.Relate(g, s); !wild && back != converse[got] {
			t.Fatalf("%q ? %q: %v, and back %v", source, target, got, back)
		}
		sameKey := string(s.AppendKey(nil)) == string(g.AppendKey(nil))
		if !sameKey {
			t.Fatalf("%q ? %q: one product, two keys", source, target)
		}
	})
}
