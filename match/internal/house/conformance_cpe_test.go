package house_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/affected-go/affected/purl/cpe"
)

// TestConformanceCPE runs the labelled cases about CPE names: their bindings and their relations.
func TestConformanceCPE(t *testing.T) {
	dir := filepath.Join(conformanceDir(t), "identity", "cpe")
	t.Run("bind", func(t *testing.T) {
		c := tally{name: "identity/cpe/bind.jsonl"}
		for _, test := range readLines[cpeBindCase](t, filepath.Join(dir, "bind.jsonl")) {
			c.count(t, test.run())
		}
		c.print()
	})
	t.Run("relation", func(t *testing.T) {
		c := tally{name: "identity/cpe/relation.jsonl"}
		for _, test := range readLines[cpeRelationCase](t, filepath.Join(dir, "relation.jsonl")) {
			c.count(t, test.run())
		}
		c.print()
	})
}

// cpeBindCase is one text in one binding: a name and its other forms, or no name.
type cpeBindCase struct {
	ID          string            `json:"id"`
	Form        string            `json:"form"`
	Input       string            `json:"input"`
	Valid       bool              `json:"valid"`
	StrictOnly  bool              `json:"strict_only"`
	WFN         map[string]string `json:"wfn"`
	FS          string            `json:"fs"`
	URI         string            `json:"uri"`
	URILossless bool              `json:"uri_lossless"`
}

// run returns what is wrong, "" when nothing is.
func (test cpeBindCase) run() string {
	readers := map[string]func(string) (cpe.Name, error){"fs": cpe.ParseFormattedString, "uri": cpe.ParseURI}
	read, known := readers[test.Form]
	if !known {
		return fmt.Sprintf("%s: form %q is not known", test.ID, test.Form)
	}
	n, err := read(test.Input)
	if !test.Valid {
		return test.runInvalid(err)
	}
	if err != nil {
		return fmt.Sprintf("%s: %v", test.ID, err)
	}
	if wrong := test.differs(n); wrong != "" {
		return wrong
	}
	if got := n.String(); got != test.FS {
		return fmt.Sprintf("%s: formatted string %q, want %q", test.ID, got, test.FS)
	}
	if got := n.URI(); got != test.URI {
		return fmt.Sprintf("%s: URI %q, want %q", test.ID, got, test.URI)
	}
	if again, err := cpe.ParseFormattedString(test.FS); err != nil || again != n {
		return fmt.Sprintf("%s: %q is read as %v, %v", test.ID, test.FS, again, err)
	}
	back, err := cpe.ParseURI(test.URI)
	if err != nil {
		return fmt.Sprintf("%s: %v", test.ID, err)
	}
	if lossless := test.differs(back) == ""; lossless != test.URILossless {
		return fmt.Sprintf("%s: %q lossless: %t, want %t", test.ID, test.URI, lossless, test.URILossless)
	}
	if lenient, warnings, err := cpe.ParseLenient(test.Input); err != nil || lenient != n || len(warnings) > 0 {
		return fmt.Sprintf("%s: read leniently as %v, %v, %v", test.ID, lenient, warnings, err)
	}
	return ""
}

// runInvalid checks that the text is rejected with the given error, and by the lenient reading too
// unless the case allows it. A text that is a name of the other binding says nothing about that.
func (test cpeBindCase) runInvalid(err error) string {
	if err == nil {
		return fmt.Sprintf("%s: %q is no name", test.ID, test.Input)
	}
	if _, err := cpe.Parse(test.Input); err == nil {
		return ""
	}
	_, warnings, err := cpe.ParseLenient(test.Input)
	switch {
	case err == nil && !test.StrictOnly:
		return fmt.Sprintf("%s: %q is read leniently", test.ID, test.Input)
	case err == nil && len(warnings) == 0:
		return fmt.Sprintf("%s: %q is read without a warning", test.ID, test.Input)
	}
	return ""
}

// differs returns the first attribute of n that is not what the case wants.
func (test cpeBindCase) differs(n cpe.Name) string {
	if want := int(cpe.Other) + 1; len(test.WFN) != want {
		return fmt.Sprintf("%s: %d attributes, want %d", test.ID, len(test.WFN), want)
	}
	for a := cpe.Part; a <= cpe.Other; a++ {
		if got, want := n.Value(a).String(), test.WFN[a.String()]; got != want {
			return fmt.Sprintf("%s: %v is %q, want %q", test.ID, a, got, want)
		}
	}
	return ""
}

// cpeRelationCase is a source, a target and their relation: of two values or of two names.
type cpeRelationCase struct {
	ID         string            `json:"id"`
	Level      string            `json:"level"`
	Source     string            `json:"source"`
	Target     string            `json:"target"`
	Relation   string            `json:"relation"`
	Attributes map[string]string `json:"attributes"` // those that are not equal
}

// run returns what is wrong, "" when nothing is.
func (test cpeRelationCase) run() string {
	source, target := test.Source, test.Target
	if test.Level == "attribute" {
		source = "cpe:2.3:a:v:p:" + source + ":*:*:*:*:*:*:*"
		target = "cpe:2.3:a:v:p:" + target + ":*:*:*:*:*:*:*"
		test.Attributes = map[string]string{cpe.Version.String(): test.Relation}
	}
	s, err := cpe.Parse(source)
	if err != nil {
		return fmt.Sprintf("%s: %v", test.ID, err)
	}
	g, err := cpe.Parse(target)
	if err != nil {
		return fmt.Sprintf("%s: %v", test.ID, err)
	}
	if got := cpe.Relate(s, g).String(); got != test.Relation {
		return fmt.Sprintf("%s: %s, want %s", test.ID, got, test.Relation)
	}
	for a := cpe.Part; a <= cpe.Other; a++ {
		want, different := test.Attributes[a.String()]
		if !different {
			want = cpe.Equal.String()
		}
		if got := cpe.RelateAttribute(s, g, a).String(); got != want {
			return fmt.Sprintf("%s: %v is %s, want %s", test.ID, a, got, want)
		}
	}
	return ""
}
