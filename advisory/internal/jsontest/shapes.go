package jsontest

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/affected-go/affected/advisory"
)

// Golden reads the documents testdata/*.json, each with the decoder alone, and compares what
// came of them with the facts in the .txt file beside each. With update it writes those files
// anew. Each advisory must also survive the library's own form.
func Golden(t *testing.T, d advisory.Decoder, update bool) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no documents in testdata", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var got strings.Builder
			for _, a := range read(t, file, d) {
				facts := Facts(a)
				got.WriteString(facts)
				if again := rewrite(t, a); Facts(again) != facts {
					t.Errorf("written and read again it says\n%s", Facts(again))
				}
			}
			golden := strings.TrimSuffix(file, ".json") + ".txt"
			if update {
				if err := os.WriteFile(golden, []byte(got.String()), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != string(want) {
				t.Errorf("it says\n%s\nand not\n%s", got.String(), want)
			}
		})
	}
}

// read decodes a file that can be read in full.
func read(t testing.TB, file string, d advisory.Decoder) []*advisory.Advisory {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []*advisory.Advisory
	for a, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{File: "doc.json"}, d) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, a)
	}
	return list
}

// rewrite writes an advisory in the library's own form and reads it.
func rewrite(t testing.TB, a *advisory.Advisory) *advisory.Advisory {
	t.Helper()
	written, err := a.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	again := new(advisory.Advisory)
	if err := again.UnmarshalJSON(written); err != nil {
		t.Fatal(err)
	}
	return again
}

// Fuzz reads anything, with the documents of testdata and the given ones as seeds. What is
// read points at what it holds, can be resolved, and can be written and read again in the
// library's own form. An advisory or an error, never both.
func Fuzz(f *testing.F, d advisory.Decoder, seeds ...string) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for a, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{Items: 1000}, d) {
			if (a == nil) == (err == nil) {
				t.Fatal(a, err)
			}
			if err == nil {
				checkIndexes(t, a)
				once := rewrite(t, a)
				if twice := rewrite(t, once); Facts(once) != Facts(twice) {
					t.Fatalf("%s\nand later\n%s", Facts(once), Facts(twice))
				}
			}
		}
	})
}

// checkIndexes makes sure that statements and conditions speak of what is there.
func checkIndexes(t *testing.T, a *advisory.Advisory) {
	t.Helper()
	for i := range a.Statements {
		s := &a.Statements[i]
		if s.Vulnerability < 0 || s.Vulnerability >= len(a.Vulnerabilities) {
			t.Fatalf("statement %d is about vulnerability %d", i, s.Vulnerability)
		}
		for leaf := range s.Where.Leaves() {
			if leaf.Op == advisory.OpProduct && (leaf.Product < 0 || leaf.Product >= len(a.Products)) {
				t.Fatalf("the condition of statement %d is about product %d", i, leaf.Product)
			}
		}
		for _, p := range s.Products {
			if p < 0 || p >= len(a.Products) {
				t.Fatalf("statement %d is about product %d", i, p)
			}
			advisory.Resolve(s, &a.Products[p], advisory.ResolveOptions{})
		}
	}
}

// A Hostile is a text that was made to cost much, or to confuse.
type Hostile struct {
	Name, Text string
	Err        error // what reading it wraps, nil when it is read
}

// CheckHostile reads texts that were made to cost much: each gives the error that is wanted,
// with its place, or advisories with a bounded list of problems.
func CheckHostile(t *testing.T, d advisory.Decoder, cases []Hostile) {
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			count := 0
			for a, err := range advisory.Decode(strings.NewReader(c.Text), advisory.DecodeOptions{}, d) {
				count++
				var place *advisory.DecodeError
				switch {
				case c.Err != nil && (!errors.Is(err, c.Err) || !errors.As(err, &place) || a != nil):
					t.Errorf("%v in place of %v", err, c.Err)
				case c.Err == nil && err != nil:
					t.Error(err)
				case c.Err == nil && len(a.Problems) > 200:
					t.Errorf("%d problems", len(a.Problems))
				case c.Err == nil && len(a.Statements)+len(a.Problems) == 0:
					t.Error("it says nothing, and nothing is wrong with it")
				}
				if c.Err != nil {
					break
				}
			}
			if count == 0 {
				t.Error("nothing came of it")
			}
		})
	}
}

// StatusOf returns what a document says about a version of all products that it names, by
// the rules of one document: affected in one statement is affected, and what is not known
// blocks the rest. It is Unknown, too, when nobody takes the document, it is refused, or it
// makes no statement and has a problem that may be the reason: the caller has that in hand.
func StatusOf(t testing.TB, d advisory.Decoder, text, version string) advisory.Status {
	t.Helper()
	strongest, unknown := advisory.NoStatement, true // until somebody takes it
	for a, err := range advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{}, d) {
		if err != nil {
			return advisory.Unknown
		}
		unknown = false
		for _, p := range a.Problems {
			unknown = unknown || !p.Warning && len(a.Statements) == 0
		}
		for i := range a.Statements {
			s := &a.Statements[i]
			for _, p := range s.Products {
				status := statusAt(t, advisory.Resolve(s, &a.Products[p], advisory.ResolveOptions{}), version)
				unknown = unknown || status == advisory.Unknown
				strongest = max(strongest, status)
			}
		}
	}
	if unknown && strongest != advisory.Affected {
		return advisory.Unknown
	}
	return strongest
}

func statusAt(t testing.TB, timeline *advisory.Timeline, version string) advisory.Status {
	t.Helper()
	if out, ok := timeline.Text(version, nil); ok {
		return out.Status
	}
	if timeline.Scheme == nil {
		return timeline.Other.Status
	}
	key, n, err := timeline.Scheme.AppendKey(nil, version)
	if err != nil {
		return timeline.Any(advisory.BadVersion, "").Status
	}
	out, _ := timeline.At(key, n)
	return out.Status
}

// Benchmark reads a document with a decoder and, to compare, with encoding/json into a part
// of it that fresh returns.
func Benchmark(b *testing.B, d advisory.Decoder, text []byte, fresh func() any) {
	b.Run("decoder", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			for _, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{}, d) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if err := json.Unmarshal(text, fresh()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
