package house_test

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/osv"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/vers"
)

// osvCorpus returns the lines of a packed corpus file.
func osvCorpus(t testing.TB, name string) [][]byte {
	t.Helper()
	f, err := os.Open(corpusFile(t, name))
	require.NoError(t, err)
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	require.NoError(t, err)
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 64<<20)
	var list [][]byte
	for lines.Scan() {
		list = append(list, bytes.Clone(lines.Bytes()))
	}
	require.NoError(t, lines.Err())
	return list
}

// TestCorpusOSV reads the corpus and resolves every statement. A statement is unread when
// something that it says about versions could not be read. Whoever reads the documents one by one
// does not need memory for all of them.
func TestCorpusOSV(t *testing.T) {
	const (
		documents = 30474    // as the README of the corpus counts them
		growth    = 64 << 20 // bytes
		every     = 1 << 13  // documents between two looks at the heap
	)
	f, err := os.Open(corpusFile(t, "osv.jsonl.gz"))
	require.NoError(t, err)
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	require.NoError(t, err)
	start := liveHeap()
	var count, statements, commits, unread int
	codes := map[string]int{}
	for a, err := range advisory.Decode(unpacked, advisory.DecodeOptions{File: "osv.jsonl"}, osv.Decoder{}) {
		require.NoError(t, err)
		if count++; count%every == 0 {
			assert.Less(t, liveHeap(), start+growth, "after %d documents", count)
		}
		assert.NotEmpty(t, a.Statements, a.ID)
		for _, p := range a.Problems {
			codes[p.Code]++
		}
		for i := range a.Statements {
			s := &a.Statements[i]
			for _, p := range s.Products {
				statements++
				_, u, code := readSpans(s, &a.Products[p])
				switch {
				case code == commitsOnly:
					commits++
				case u > 0:
					unread++
					codes["unread: "+code]++
				}
			}
		}
	}
	assert.Equal(t, documents, count)
	fmt.Printf("coverage osv: documents %d statements %d unread %d\n", count, statements, unread)
	fmt.Printf("figures osv: statements about commits %d, problems %v\n", commits, codes)
	assert.LessOrEqual(t, percent(unread, statements), 0.5)
}

// An osvDocument is the part of a document that says what is affected.
type osvDocument struct {
	ID        string
	Withdrawn string
	Affected  []struct {
		Package struct {
			Ecosystem, Name string
		}
		Ranges []struct {
			Type   string
			Events []map[string]string
		}
		Versions []string
	}
}

// TestAgreementOSV evaluates every document for every package of an inventory in the plainest
// way, by the algorithm of the schema ("evaluation"), and expects the ids of the matcher. The
// documents are compiled without their aliases, so that a finding is a document.
func TestAgreementOSV(t *testing.T) {
	lines := osvCorpus(t, "osv.jsonl.gz")
	plain := map[string][]plainEntry{}
	for _, line := range lines {
		var d osvDocument
		require.NoError(t, json.Unmarshal(line, &d))
		if d.Withdrawn != "" {
			continue
		}
		for _, a := range d.Affected {
			key, scheme := plainPackage(a.Package.Ecosystem, a.Package.Name)
			if key == "" {
				continue
			}
			e := plainEntry{id: d.ID, versions: map[string]bool{}}
			for _, r := range a.Ranges {
				if r.Type == "GIT" {
					continue
				}
				if events, ok := plainEvents(t, scheme, r.Events); ok {
					e.ranges = append(e.ranges, events)
				}
			}
			for _, v := range a.Versions {
				e.versions[plainKey(scheme, v)] = true
			}
			plain[key] = append(plain[key], e)
		}
	}

	b := match.NewBuilder(match.Options{})
	for a, err := range advisory.Decode(bytes.NewReader(bytes.Join(lines, []byte{'\n'})), advisory.DecodeOptions{}, osv.Decoder{}) {
		require.NoError(t, err)
		a.Vulnerabilities[0].Aliases = nil
		require.NoError(t, b.Add(a))
	}
	m, err := b.Build()
	require.NoError(t, err)
	m = measured(t, "osv", m)
	m, err = m.With(match.AskOptions{Want: advisory.SetOf(advisory.Affected)})
	require.NoError(t, err)

	var purls, hit, pairs, differ int
	var found []match.Finding
	start := time.Now()
	for _, line := range osvCorpus(t, "inventory-100k.jsonl.gz") {
		var row struct{ PURL string }
		require.NoError(t, json.Unmarshal(line, &row))
		purls++
		want := plainAnswer(t, plain, row.PURL)
		u, _, err := purl.ParseLenient(row.PURL)
		require.NoError(t, err, row.PURL)
		found = m.Append(found[:0], &match.Installation{PURL: u})
		var got []string
		for _, f := range found {
			got = append(got, f.Vulnerability)
		}
		slices.Sort(got)
		pairs += len(want)
		if len(want) > 0 {
			hit++
		}
		if !slices.Equal(want, got) {
			if differ++; differ <= 20 {
				assert.Equal(t, want, got, row.PURL)
			}
		}
	}
	fmt.Printf("agreement osv: purls %d affected %d ids %d differ %d\n", purls, hit, pairs, differ)
	fmt.Printf("figures osv: agreement took %v\n", time.Since(start).Round(time.Millisecond))
	assert.Zero(t, differ)
	assert.Greater(t, hit, 20000)
}

// A plainEntry is an entry of affected with its events in the order of their keys.
type plainEntry struct {
	id       string
	ranges   [][]plainEvent
	versions map[string]bool // by key, or by text where there is none
}

type plainEvent struct{ kind, key string }

// plainEvents sorts the events of a range; it is not ok when one has no key.
func plainEvents(t *testing.T, scheme vers.Scheme, list []map[string]string) (events []plainEvent, ok bool) {
	for _, object := range list {
		require.Len(t, object, 1)
		for kind, version := range object {
			key := ""
			if kind != "introduced" || version != "0" {
				if key = plainKey(scheme, version); key[0] == '"' {
					return nil, false
				}
			}
			events = append(events, plainEvent{kind, key})
		}
	}
	slices.SortStableFunc(events, func(a, b plainEvent) int { return cmp.Compare(a.key, b.key) })
	return events, true
}

// plainKey returns the key of a version behind a mark, or its text behind another.
func plainKey(scheme vers.Scheme, version string) string {
	key, _, err := vers.Builtin().AppendKey([]byte{'='}, scheme, version)
	if err != nil {
		return `"` + version
	}
	return string(key)
}

// plainAnswer returns the ids of the documents that say affected, in order.
func plainAnswer(t *testing.T, plain map[string][]plainEntry, text string) []string {
	t.Helper()
	var ids []string
	typ, keys, version := plainPURL(t, text)
	scheme, ok := vers.Builtin().Lookup(plainSchemes[typ])
	require.True(t, ok, text)
	key := plainKey(scheme, version)
	for _, name := range keys {
		for _, e := range plain[name] {
			if !slices.Contains(ids, e.id) && e.affects(key) {
				ids = append(ids, e.id)
			}
		}
	}
	slices.Sort(ids)
	return ids
}

// affects is the algorithm of the schema. A version without a key is only known to be behind
// "0", so it is affected where nothing ends.
func (e *plainEntry) affects(key string) bool {
	if e.versions[key] {
		return true
	}
	for _, events := range e.ranges {
		vulnerable := false
		for _, event := range events {
			switch {
			case key[0] == '"':
				vulnerable = len(events) == 1 && event.key == ""
			case event.kind == "introduced" && key >= event.key:
				vulnerable = true
			case event.kind == "fixed" && key >= event.key, event.kind == "last_affected" && key > event.key:
				vulnerable = false
			}
		}
		if vulnerable {
			return true
		}
	}
	return false
}

var (
	pep503Runs   = regexp.MustCompile(`[-_.]+`)
	plainSchemes = map[string]string{
		"bitnami": "bitnami", "cargo": "cargo", "composer": "composer", "cran": "cran", "gem": "gem", "golang": "golang",
		"hackage": "hackage", "hex": "hex", "julia": "julia", "pypi": "pypi", "rpm": "rpm",
	}
	plainTypes = map[string]string{
		"AlmaLinux": "rpm", "Bitnami": "bitnami", "CRAN": "cran", "Go": "golang", "Hackage": "hackage", "Hex": "hex",
		"Julia": "julia", "Packagist": "composer", "PyPI": "pypi", "RubyGems": "gem", "crates.io": "cargo",
	}
)

// plainPackage returns one key for a package of an ecosystem, and its scheme.
func plainPackage(ecosystem, name string) (string, vers.Scheme) {
	base, suffix, _ := strings.Cut(ecosystem, ":")
	typ, ok := plainTypes[base]
	if !ok {
		return "", nil
	}
	if base == "AlmaLinux" {
		name, suffix = "almalinux/"+name, "almalinux-"+suffix
	}
	scheme, _ := vers.Builtin().Lookup(plainSchemes[typ])
	return plainName(typ, name) + "?" + suffix, scheme
}

// plainName folds what the registries fold.
func plainName(typ, name string) string {
	switch typ {
	case "composer", "golang", "hex", "bitnami":
		name = strings.ToLower(name)
	case "pypi":
		name = pep503Runs.ReplaceAllString(strings.ToLower(name), "-")
	}
	return typ + "/" + name
}

// plainPURL takes a package URL of the inventory apart: its type, the keys of the packages that
// it may be, and its version.
func plainPURL(t *testing.T, text string) (typ string, keys []string, version string) {
	t.Helper()
	u, err := url.Parse(text)
	require.NoError(t, err, text)
	path, err := url.PathUnescape(u.Opaque)
	require.NoError(t, err, text)
	typ, path, _ = strings.Cut(path, "/")
	path, version, _ = strings.Cut(path, "@")
	qualifiers := u.Query()
	name := plainName(typ, path)
	if epoch := qualifiers.Get("epoch"); epoch != "" {
		version = epoch + ":" + version
	}
	switch {
	case qualifiers.Get("distro") != "":
		keys = append(keys, name+"?"+qualifiers.Get("distro"))
	case qualifiers.Get("repository_url") != "":
		keys = append(keys, name+"?"+qualifiers.Get("repository_url"))
	}
	return typ, append(keys, name+"?"), version
}
