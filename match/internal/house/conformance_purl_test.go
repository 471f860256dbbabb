package house_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/package-url/packageurl-go"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl"
)

// TestConformancePURL runs the labelled cases about package URLs: the tests of the standard,
// and patterns against package URLs.
func TestConformancePURL(t *testing.T) {
	dir := filepath.Join(conformanceDir(t), "identity", "purl")
	t.Run("tests", func(t *testing.T) { conformPURLSuite(t, filepath.Join(dir, "tests")) })
	t.Run("match", func(t *testing.T) { conformPURLMatch(t, filepath.Join(dir, "purl-match.jsonl")) })
}

// purlParts is a package URL taken apart, as the tests of the standard write it. Absent and
// null parts are empty.
type purlParts struct {
	Type       string            `json:"type"`
	Namespace  string            `json:"namespace"`
	Name       string            `json:"name"`
	Version    string            `json:"version"`
	Qualifiers map[string]string `json:"qualifiers"`
	Subpath    string            `json:"subpath"`
}

// purlTest is one test of the standard, schema purl-test 0.2.
type purlTest struct {
	Description     string          `json:"description"`
	TestType        string          `json:"test_type"`
	Input           json.RawMessage `json:"input"`
	ExpectedOutput  json.RawMessage `json:"expected_output"`
	ExpectedFailure bool            `json:"expected_failure"`
}

func conformPURLSuite(t *testing.T, dir string) {
	c := tally{name: "identity/purl/tests"}
	err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(file, ".json") {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var suite struct {
			Tests []purlTest `json:"tests"`
		}
		if err := json.Unmarshal(data, &suite); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for _, test := range suite.Tests {
			c.count(t, test.run(filepath.Base(file)))
		}
		return nil
	})
	require.NoError(t, err)
	c.print()
}

// run returns what is wrong, "" when nothing is. Tests of the kind parse and build want the
// strict reader, those of the kind validate want the canonical form of what is in use.
func (test purlTest) run(file string) string {
	var got, want any
	var err error
	switch test.TestType {
	case "parse":
		var input string
		var output *purlParts
		if bad := decodeBoth(test, &input, &output); bad != nil {
			return file + ": " + bad.Error()
		}
		var p purl.PURL
		if p, err = purl.Parse(input); err == nil {
			got = partsOf(p)
		}
		if output != nil {
			want = fmt.Sprintf("%+v", *output)
		}
	case "validate":
		var input, output string
		if bad := decodeBoth(test, &input, &output); bad != nil {
			return file + ": " + bad.Error()
		}
		var p purl.PURL
		p, _, err = purl.ParseLenient(input)
		got, want = p.String(), output
	case "build":
		var input purlParts
		var output string
		if bad := decodeBoth(test, &input, &output); bad != nil {
			return file + ": " + bad.Error()
		}
		var p purl.PURL
		p, err = purl.From(packageurl.PackageURL{
			Type: input.Type, Namespace: input.Namespace, Name: input.Name, Version: input.Version,
			Qualifiers: packageurl.QualifiersFromMap(input.Qualifiers), Subpath: input.Subpath,
		})
		got, want = p.String(), output
	default:
		return fmt.Sprintf("%s: unknown kind %q", file, test.TestType)
	}
	what := fmt.Sprintf("%s: %s: %s %s", file, test.Description, test.TestType, test.Input)
	switch {
	case test.ExpectedFailure && err == nil:
		return fmt.Sprintf("%s: got %v, want an error", what, got)
	case test.ExpectedFailure:
		return ""
	case err != nil:
		return fmt.Sprintf("%s: %v", what, err)
	case got != want:
		return fmt.Sprintf("%s: got %v, want %v", what, got, want)
	}
	return ""
}

func decodeBoth(test purlTest, input, output any) error {
	if err := json.Unmarshal(test.Input, input); err != nil {
		return err
	}
	if len(test.ExpectedOutput) == 0 {
		return nil
	}
	return json.Unmarshal(test.ExpectedOutput, output)
}

// partsOf writes the parts of p as those that are wanted are written.
func partsOf(p purl.PURL) string {
	parts := purlParts{
		Type: p.Type(), Namespace: p.Namespace(), Name: p.Name(), Version: p.Version(),
		Subpath: p.Subpath(),
	}
	if qualifiers := maps.Collect(p.Qualifiers()); len(qualifiers) > 0 {
		parts.Qualifiers = qualifiers
	}
	return fmt.Sprintf("%+v", parts)
}

// purlMatch is a pattern with a package URL that it covers or does not cover.
type purlMatch struct {
	ID        string `json:"id"`
	Pattern   string `json:"pattern"`
	PURL      string `json:"purl"`
	Match     bool   `json:"match"`
	Error     bool   `json:"error"`
	Contested bool   `json:"contested"`
	Why       string `json:"why"`
}

func conformPURLMatch(t *testing.T, file string) {
	c := tally{name: "identity/purl/purl-match.jsonl"}
	agreed, contested := 0, 0
	for _, test := range readLines[purlMatch](t, file) {
		failure := test.run()
		if !test.Contested {
			c.count(t, failure)
			continue
		}
		contested++
		if failure == "" {
			agreed++
		} else {
			t.Log("contested: " + failure)
		}
	}
	c.print()
	fmt.Printf("  contested, not scored: %d of %d as labelled\n", agreed, contested)
}

func (test purlMatch) run() string {
	pattern, _, err1 := purl.ParseLenient(test.Pattern)
	p, _, err2 := purl.ParseLenient(test.PURL)
	failed := err1 != nil || err2 != nil
	got := !failed && pattern.Covers(p)
	if got != test.Match || failed != test.Error {
		return fmt.Sprintf("%s: %s against %s: match %v, errors %v %v, want match %v, error %v (%s)",
			test.ID, test.Pattern, test.PURL, got, err1, err2, test.Match, test.Error, test.Why)
	}
	return ""
}
