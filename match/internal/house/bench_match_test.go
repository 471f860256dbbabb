//go:build unix

package house_test

import (
	"bytes"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	goversion "github.com/hashicorp/go-version"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/vers"
)

// cpuTime returns the processor time that this process has used.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// A naiveIndex is what a program does without this library: a map by name, and every version
// and bound parsed anew.
type naiveIndex map[string][]naiveEntry

// A naiveParser reads a version of an ecosystem and returns how to compare it with another text.
type naiveParser func(scheme, version string) (compare func(bound string) (int, bool), ok bool)

// withKeys parses with the schemes of this library.
func withKeys(schemes *vers.Schemes) naiveParser {
	return func(scheme, version string) (func(string) (int, bool), bool) {
		v, err := schemes.Parse(scheme, version)
		return func(bound string) (int, bool) {
			w, err := schemes.Parse(scheme, bound)
			if err != nil {
				return 0, false
			}
			return v.Compare(w)
		}, err == nil
	}
}

// withGoVersion parses as programs do that have one notion of a version for all ecosystems.
func withGoVersion(_, version string) (func(string) (int, bool), bool) {
	v, err := goversion.NewVersion(version)
	return func(bound string) (int, bool) {
		w, err := goversion.NewVersion(bound)
		if err != nil {
			return 0, false
		}
		return v.Compare(w), true
	}, err == nil
}

type naiveEntry struct {
	said     *advisory.Statement
	products []string
}

func newNaiveIndex(c *packageCorpus) naiveIndex {
	index := naiveIndex{}
	for _, a := range c.advisories {
		for i := range a.Statements {
			said := &a.Statements[i]
			for _, p := range said.Products {
				for _, text := range a.Products[p].PURLs {
					if u, _, err := purl.ParseLenient(text); err == nil {
						key := naiveKey(u)
						index[key] = append(index[key], naiveEntry{said: said, products: a.Products[p].PURLs})
					}
				}
			}
		}
	}
	return index
}

func naiveKey(u purl.PURL) string {
	return u.Type() + "/" + strings.ToLower(u.Namespace()) + "/" + strings.ToLower(u.Name())
}

// affected counts the statements that hold a version.
func (x naiveIndex) affected(parse naiveParser, u purl.PURL) (n int) {
	for _, e := range x[naiveKey(u)] {
		for i := range e.said.Spans {
			if naiveHolds(parse, u.Scheme(), u.FullVersion(), &e.said.Spans[i]) {
				n++
				break
			}
		}
	}
	return n
}

func naiveHolds(parse naiveParser, scheme, version string, s *advisory.Span) bool {
	if s.Status != advisory.Affected {
		return false
	}
	compare, ok := parse(scheme, version)
	if !ok {
		return false
	}
	if !s.IsRange() {
		c, ok := compare(s.Version)
		return ok && c == 0
	}
	if s.From != "" && s.From != "0" {
		if c, ok := compare(s.From); !ok || c < 0 {
			return false
		}
	}
	if s.Before != "" {
		if c, ok := compare(s.Before); !ok || c >= 0 {
			return false
		}
	}
	if s.Through != "" {
		if c, ok := compare(s.Through); !ok || c > 0 {
			return false
		}
	}
	return true
}

// A floorIndex is what no program can do with less: a lookup in a map, and keys of bounds that were
// made before. It tells how fast the machine is just now, and its memory.
type floorIndex map[string][]floorRange

type floorRange struct{ low, high string } // high is not included

// A floorQuestion is an installation, read before.
type floorQuestion struct{ product, version string }

func newFloor(c *packageCorpus) (index floorIndex, questions []floorQuestion) {
	index = floorIndex{}
	key := func(scheme, text string) string {
		v, err := vers.Builtin().Parse(scheme, text)
		if text == "" || err != nil {
			return ""
		}
		key, _ := v.Key()
		return key
	}
	for name, list := range newNaiveIndex(c) {
		for _, e := range list {
			u, _, _ := purl.ParseLenient(e.products[0])
			for _, s := range e.said.Spans {
				if high := key(u.Scheme(), s.Before); s.Status == advisory.Affected && high != "" {
					index[name] = append(index[name], floorRange{key(u.Scheme(), s.From), high})
				}
			}
		}
	}
	for i := range c.installed {
		u := c.installed[i].PURL
		questions = append(questions, floorQuestion{naiveKey(u), key(u.Scheme(), u.FullVersion())})
	}
	return index, questions
}

func (x floorIndex) affected(q *floorQuestion) (n int) {
	for _, r := range x[q.product] {
		if r.low <= q.version && q.version < r.high {
			n++
		}
	}
	return n
}

// BenchmarkPackages looks 100,000 packages up in 30,000 documents. An operation is one
// package; cpu-ns/op is the processor time of the whole process.
func BenchmarkPackages(b *testing.B) {
	c := readPackages(b)
	m, err := match.Compile(c.advisories...)
	require.NoError(b, err)
	var file bytes.Buffer
	_, err = m.WriteTo(&file)
	require.NoError(b, err)
	loaded, err := match.Load(file.Bytes(), match.Options{})
	require.NoError(b, err)
	findings := make([]match.Finding, 0, 4096)
	var parsed match.Installation
	run := func(name string, limit int, lookup func(i int) (found int)) {
		b.Run(name, func(b *testing.B) {
			found, n := 0, 0
			for i := range c.installed { // what is made once is not counted
				if i == limit {
					break
				}
				lookup(i)
			}
			runtime.GC() // what making it has left behind is not counted either
			b.ReportAllocs()
			start := cpuTime(b)
			for b.Loop() {
				found += lookup(n % limit)
				n++
			}
			b.ReportMetric(float64(cpuTime(b)-start)/float64(n), "cpu-ns/op")
			b.ReportMetric(float64(found)/float64(n), "findings/op")
		})
	}
	all := len(c.installed)
	kinds := []struct {
		name string
		m    *match.Matcher
	}{{"built", m}, {"loaded", loaded}}
	for _, kind := range kinds {
		run("append/"+kind.name, all, func(i int) int {
			findings = kind.m.Append(findings[:0], &c.installed[i])
			return len(findings)
		})
		run("parse-append/"+kind.name, all, func(i int) int {
			u, _, _ := purl.ParseLenient(c.texts[i])
			parsed = match.Installation{PURL: u}
			findings = kind.m.Append(findings[:0], &parsed)
			return len(findings)
		})
	}
	var open []match.Installation // with a finding, and its id
	var ids []string
	for i := range c.installed {
		if findings = m.Append(findings[:0], &c.installed[i]); len(findings) > 0 {
			open, ids = append(open, c.installed[i]), append(ids, findings[0].Vulnerability)
		}
	}
	m.Digest() // which a matcher that was built makes once
	for _, kind := range kinds {
		run("check/affected/"+kind.name, len(open), func(i int) int { kind.m.Check(&open[i], ids[i]); return 1 })
		run("explain/affected/"+kind.name, len(open), func(i int) int {
			e := kind.m.Explain(&open[i], ids[i])
			return len(e.Claims)
		})
		var e match.Evidence
		run("explain-to/affected/"+kind.name, len(open), func(i int) int {
			kind.m.ExplainTo(&e, &open[i], ids[i])
			return len(e.Claims)
		})
	}
	for _, kind := range kinds { // as a scanner asks: what is found, and at once why
		var e match.Evidence
		run("append-explain/"+kind.name, len(open), func(i int) int {
			findings = kind.m.Append(findings[:0], &open[i])
			for _, f := range findings {
				kind.m.ExplainTo(&e, &open[i], f.Vulnerability)
			}
			return len(findings)
		})
	}
	naive, keys := newNaiveIndex(c), withKeys(vers.Builtin())
	floor, questions := newFloor(c)
	run("floor", all, func(i int) int { return floor.affected(&questions[i]) })
	run("naive/our-keys", all, func(i int) int { return naive.affected(keys, c.installed[i].PURL) })
	run("naive/go-version", all, func(i int) int { return naive.affected(withGoVersion, c.installed[i].PURL) })
}
