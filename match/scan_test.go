package match_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// fleet yields hosts with a Gateway each, whose version is the number of the host, beside n
// agents that no document knows.
func fleet(hosts, n int) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		for i := range hosts {
			h := &match.Host{ID: fmt.Sprint("h", i), Facts: match.Facts{"platform": "Linux"}}
			h.Installations = append(h.Installations, match.Installation{Vendor: "Example", Product: "Gateway", Version: fmt.Sprint(i)})
			for j := range n {
				h.Installations = append(h.Installations, match.Installation{Vendor: "Example", Product: fmt.Sprint("Agent", j), Version: "1"})
			}
			if !yield(h, nil) {
				return
			}
		}
	}
}

// told is what a result says, as text.
func told(r match.Result) string {
	host := ""
	if r.Installation.Host != nil {
		host = r.Installation.Host.ID
	}
	text := fmt.Sprintf("%s %s %s: %s", host, r.Installation.Product, r.Installation.Version, r.Coverage.Kind)
	for _, f := range r.Findings {
		text += fmt.Sprintf(", %s %s (%s)", f.Vulnerability, f.Verdict, f.Fix)
	}
	return text
}

// belowFive says that Gateway is affected below 5.
func belowFive() *advisory.Advisory {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	a.Statements[0].Default = advisory.DefaultNotAffected
	a.Statements[0].Spans = []advisory.Span{{Before: "5", Bounded: true, Status: advisory.Affected}}
	return a
}

// noMoreThan waits a moment for goroutines that have nothing left to do but end.
func noMoreThan(t *testing.T, goroutines int) {
	t.Helper()
	for range 100 {
		if runtime.NumGoroutine() <= goroutines {
			return
		}
		time.Sleep(time.Millisecond)
	}
	require.LessOrEqual(t, runtime.NumGoroutine(), goroutines)
}

func TestScan(t *testing.T) {
	m := compile(t, belowFive())
	var want []string
	for _, workers := range []int{1, 2, 7} {
		for _, unordered := range []bool{false, true} {
			before := runtime.NumGoroutine()
			var got []string
			var last match.Progress
			opt := match.ScanOptions{Workers: workers, Unordered: unordered, Progress: func(p match.Progress) {
				assert.GreaterOrEqual(t, p.Installations, last.Installations)
				last = p
			}}
			for r, err := range m.Scan(t.Context(), fleet(20, 99), opt) {
				require.NoError(t, err)
				got = append(got, told(r))
			}
			noMoreThan(t, before)
			assert.Equal(t, match.Progress{Hosts: 20, Installations: 2000, Findings: 5}, last)
			if want == nil {
				want = got
				assert.Equal(t, "h3 Gateway 3: recognized, CVE-2099-7 affected (5)", got[300])
				assert.Equal(t, "h3 Agent0 1: unrecognized", got[301])
			}
			if unordered {
				assert.ElementsMatch(t, want, got)
			} else {
				assert.Equal(t, want, got)
			}
		}
	}
}

// Everything on a host is asked about, with the host and what it is a part of; the host
// itself stays as it is.
func TestScanHost(t *testing.T) {
	a := belowFive()
	a.Products = append(a.Products, advisory.Product{Vendor: "Example", Name: "Box"})
	a.Statements[0].Where = advisory.Condition{Op: advisory.OpAny, Of: []advisory.Condition{
		{Op: advisory.OpProduct, Product: 1, Relation: advisory.PartOf},
		{Op: advisory.OpFact, Fact: "platform", Values: []string{"Linux"}},
	}}
	box := match.Installation{Vendor: "Example", Product: "Box", Parts: []match.Installation{{Vendor: "Example", Product: "Gateway", Version: "4"}}}
	system := match.Installation{Vendor: "Example", Product: "System", Version: "9"}
	hosts := []*match.Host{
		{ID: "a", Platforms: []match.Installation{system}, Installations: []match.Installation{box, system}},
		{ID: "b", Facts: match.Facts{"platform": "Linux"}, Platforms: []match.Installation{system}, Installations: []match.Installation{box.Parts[0]}},
		{ID: "c", Installations: []match.Installation{box.Parts[0]}},
		{ID: "empty"},
	}
	var got []string
	for r, err := range compile(t, a).Scan(t.Context(), func(yield func(*match.Host, error) bool) {
		for _, h := range hosts {
			if !yield(h, nil) {
				return
			}
		}
	}, match.ScanOptions{}) {
		require.NoError(t, err)
		got = append(got, told(r))
	}
	assert.Equal(t, []string{
		"a Box : unrecognized",
		"a Gateway 4: recognized, CVE-2099-7 affected (5)",
		"a System 9: unrecognized",
		"b Gateway 4: recognized, CVE-2099-7 affected (5)",
		"b System 9: unrecognized",
		"c Gateway 4: recognized, CVE-2099-7 unknown (missing_condition) (5)",
	}, got)
	assert.Nil(t, hosts[0].Installations[0].Host)
	assert.Empty(t, box.Parts[0].PartOf)

	own := match.Installation{Product: "Box"}
	own.Parts = []match.Installation{own}
	own.Parts[0].Parts = own.Parts // without end
	n := 0
	for range compile(t).Scan(t.Context(), func(yield func(*match.Host, error) bool) {
		yield(&match.Host{Installations: own.Parts}, nil)
	}, match.ScanOptions{}) {
		n++
	}
	assert.Less(t, n, 100)
}

// An error of the stream stands in its place, and the scan goes on.
func TestScanErrors(t *testing.T) {
	broken := errors.New("line 7")
	m := compile(t, belowFive())
	for _, unordered := range []bool{false, true} {
		got := map[string]int{}
		for r, err := range m.ScanInstallations(t.Context(), func(yield func(*match.Installation, error) bool) {
			for i := range 300 {
				in := *gateway
				in.Version = fmt.Sprint(i)
				ok := yield(&in, nil)
				if ok && i == 3 {
					ok = yield(nil, broken) && yield(nil, nil)
				}
				if !ok {
					return
				}
			}
		}, match.ScanOptions{Workers: 3, Unordered: unordered}) {
			if err != nil {
				got[err.Error()]++
				if !unordered {
					assert.Equal(t, 4, got["results"])
				}
				continue
			}
			got["results"]++
			assert.Nil(t, r.Installation.Host)
		}
		assert.Equal(t, map[string]int{"line 7": 1, "the stream holds a nil installation": 1, "results": 300}, got)
	}
	for _, err := range m.Scan(t.Context(), func(yield func(*match.Host, error) bool) { yield(nil, nil) }, match.ScanOptions{}) {
		assert.ErrorContains(t, err, "nil host")
	}
}

// Whoever has enough, or cancels, is let go at once, and nothing goes on behind.
func TestScanStops(t *testing.T) {
	m := compile(t, belowFive())
	for _, unordered := range []bool{false, true} {
		for stop := range 200 {
			before := runtime.NumGoroutine()
			n := 0
			for range m.Scan(t.Context(), fleet(1000, 10), match.ScanOptions{Workers: 4, Unordered: unordered}) {
				if n++; n > stop {
					break
				}
			}
			noMoreThan(t, before)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var last error
		var since time.Time
		n := 0
		for _, err := range m.Scan(ctx, fleet(1_000_000_000, 10), match.ScanOptions{Workers: 4, Unordered: unordered}) {
			require.NoError(t, last, "the error of the context is the last")
			if n++; n == 1000 {
				cancel()
				since = time.Now()
			}
			last = err
		}
		assert.ErrorIs(t, last, context.Canceled)
		assert.Less(t, time.Since(since), 100*time.Millisecond)
	}
}

// A host of 10,000 components, with conditions on other ones: each answer is that of Append, and
// whoever cancels is let go at once.
func TestScanLargeHost(t *testing.T) {
	var docs []*advisory.Advisory
	for i := range 20 {
		a := belowFive()
		a.ID, a.Vulnerabilities[0].ID = fmt.Sprint("A", i), fmt.Sprint("CVE-2099-", 1000+i)
		a.Products = append(a.Products, advisory.Product{Vendor: "Example", Name: fmt.Sprint("Agent", i*700)})
		a.Statements[0].Where = advisory.Condition{Op: advisory.OpProduct, Product: 1, Relation: advisory.OnHost}
		docs = append(docs, a)
	}
	m := compile(t, docs...)
	large := func(size int) *match.Host {
		h := &match.Host{ID: fmt.Sprint(size), InstallationsComplete: true}
		for i := range size {
			in := match.Installation{Vendor: "Example", Product: fmt.Sprint("Agent", i), Version: "1"}
			if i%100 == 3 {
				in.Product, in.Version = "Gateway", fmt.Sprint(i%9)
			}
			h.Installations = append(h.Installations, in)
		}
		return h
	}
	several := func(yield func(*match.Host, error) bool) { // what is true on one host is not on the next
		_ = yield(large(1500), nil) && yield(large(100), nil) && yield(large(800), nil)
	}
	n := 0
	for r, err := range m.Scan(t.Context(), several, match.ScanOptions{}) {
		require.NoError(t, err)
		if n++; r.Installation.Product == "Gateway" && n%7 == 0 {
			require.Equal(t, m.Append(nil, r.Installation), withoutRemedies(r.Findings), r.Installation.Host.ID)
		}
	}
	require.Equal(t, 2400, n)

	one := large(10_000)
	const most = 100 * time.Millisecond
	stopped := func(stop int) time.Duration {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var since time.Time
		n := 0
		for _, err := range m.Scan(ctx, func(yield func(*match.Host, error) bool) { yield(one, nil) }, match.ScanOptions{Workers: 2}) {
			if n++; n == stop {
				since = time.Now()
				cancel()
			} else if n > stop {
				require.ErrorIs(t, err, context.Canceled)
			}
		}
		return time.Since(since)
	}
	for _, stop := range []int{1, 500} {
		took := stopped(stop)
		for tries := 0; took >= most && tries < 10; tries++ { // others use the machine too
			took = min(took, stopped(stop))
		}
		if !raceEnabled {
			assert.Less(t, took, most)
		}
	}
}

// withoutRemedies returns findings as Append has them.
func withoutRemedies(list []match.Finding) (out []match.Finding) {
	for _, f := range list {
		f.Remedies = 0
		out = append(out, f)
	}
	return out
}

// A new document against an inventory, alone or beside all others.
func TestScanOneAdvisory(t *testing.T) {
	other := belowFive()
	other.ID, other.Vulnerabilities[0].ID, other.Vulnerabilities[0].Aliases = "B", "CVE-2099-8", []string{"EX-8"}
	for _, c := range []struct {
		m    *match.Matcher
		only []string
		want string
	}{
		{compile(t, other), nil, "CVE-2099-8"},
		{compile(t, belowFive(), other), []string{"EX-8"}, "CVE-2099-8"},
		{compile(t, belowFive(), other), []string{"CVE-2099-7"}, "CVE-2099-7"},
		{compile(t, belowFive(), other), []string{"CVE-2099-9"}, ""},
	} {
		got := ""
		for r, err := range c.m.Scan(t.Context(), fleet(1, 0), match.ScanOptions{Vulnerabilities: c.only}) {
			require.NoError(t, err)
			for _, f := range r.Findings {
				got += f.Vulnerability
			}
		}
		assert.Equal(t, c.want, got)
	}
}

// A new advisory is held against an inventory by a matcher of its own, or, where other documents
// may have a word in it, by one of all of them and its ids alone.
func ExampleMatcher_Scan_oneAdvisory() {
	urgent := apexCentral()
	others := belowFive()
	hosts := func(yield func(*match.Host, error) bool) {
		yield(&match.Host{ID: "srv7", Installations: []match.Installation{
			{Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"},
			{Vendor: "Example", Product: "Gateway", Version: "4"},
		}}, nil)
	}
	alone, _ := match.Compile(urgent)
	all, _ := match.Compile(urgent, others)
	for _, c := range []struct {
		m   *match.Matcher
		opt match.ScanOptions
	}{{alone, match.ScanOptions{}}, {all, match.ScanOptions{Vulnerabilities: []string{urgent.ID}}}} {
		for r, err := range c.m.Scan(context.Background(), hosts, c.opt) {
			for _, f := range r.Findings {
				fmt.Println(r.Installation.Host.ID, r.Installation.Product, f.Vulnerability, f.Verdict, err)
			}
		}
	}
	// Output:
	// srv7 Apex Central CVE-2025-69258 affected <nil>
	// srv7 Apex Central CVE-2025-69258 affected <nil>
}

func ExampleMatcher_Scan() {
	m, err := match.Compile(apexCentral())
	if err != nil {
		panic(err)
	}
	hosts := func(yield func(*match.Host, error) bool) {
		yield(&match.Host{ID: "srv7", Installations: []match.Installation{
			{Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"},
			{Vendor: "Example", Product: "Agent", Version: "1.0"},
		}}, nil)
	}
	for r, err := range m.Scan(context.Background(), hosts, match.ScanOptions{}) {
		if err != nil {
			fmt.Println(err) // about one host; the scan goes on
			continue
		}
		fmt.Println(r.Installation.Host.ID, r.Installation.Product, r.Coverage.Kind)
		for _, f := range r.Findings {
			fmt.Println("  ", f.Vulnerability, f.Verdict, f.Fix)
		}
	}
	// Output:
	// srv7 Apex Central recognized
	//    CVE-2025-69258 affected Build 7190
	// srv7 Agent unrecognized
}

// Errors are counted, a nil host is one, and a host beside an error is asked about.
func TestScanHostErrors(t *testing.T) {
	broken := errors.New("line 7")
	var last match.Progress
	var got []string
	for r, err := range compile(t, belowFive()).Scan(t.Context(), func(yield func(*match.Host, error) bool) {
		_ = yield(gateways("a", "3"), nil) && yield(nil, nil) && yield(gateways("b", "4"), broken) && yield(nil, broken) && yield(gateways("c", "7"), nil)
	}, match.ScanOptions{Progress: func(p match.Progress) { last = p }}) {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, r.Installation.Host.ID)
	}
	assert.Equal(t, []string{"a", "the stream holds a nil host", "b", "line 7", "line 7", "c"}, got)
	assert.Equal(t, match.Progress{Hosts: 3, Installations: 3, Findings: 2, Errors: 3}, last)
}

// What an installation says about itself comes before where it stands on the host.
func TestScanKeepsWhatIsStated(t *testing.T) {
	elsewhere := &match.Host{ID: "elsewhere"}
	library := match.Installation{Vendor: "Example", Product: "Gateway", Version: "4"}
	stated := library
	stated.Host, stated.PartOf = elsewhere, []match.Installation{{Vendor: "Example", Product: "Crate"}}
	hosted, crated := library, library
	hosted.Host, crated.PartOf = elsewhere, stated.PartOf
	host := &match.Host{ID: "a", Installations: []match.Installation{{Vendor: "Example", Product: "Box", Parts: []match.Installation{library, stated, hosted, crated}}}}
	var got []string
	for r, err := range compile(t, belowFive()).Scan(t.Context(), func(yield func(*match.Host, error) bool) { yield(host, nil) }, match.ScanOptions{}) {
		require.NoError(t, err)
		whole := ""
		for _, w := range r.Installation.PartOf {
			whole += " of " + w.Product
		}
		got = append(got, r.Installation.Product+whole+" on "+r.Installation.Host.ID)
	}
	assert.Equal(t, []string{"Box on a", "Gateway of Box on a", "Gateway of Crate on elsewhere", "Gateway of Box on elsewhere", "Gateway of Crate on a"}, got)
}
