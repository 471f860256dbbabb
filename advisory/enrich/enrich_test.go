package enrich_test

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/enrich"
)

func open(t testing.TB, name string) *os.File {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	require.NoError(t, err)
	t.Cleanup(func() { _ = file.Close() })
	return file
}

func problems(table *enrich.Table) []string {
	var list []string
	for _, p := range table.Problems {
		list = append(list, p.String())
	}
	return list
}

func TestReadKEV(t *testing.T) {
	kev, err := enrich.ReadKEV(open(t, "kev.json"), advisory.DecodeOptions{File: "kev.json"})
	require.NoError(t, err)
	assert.Equal(t, 2, kev.Len())
	assert.Equal(t, "2099.01.03", kev.Version)
	assert.Equal(t, time.Date(2099, 1, 3, 15, 0, 0, 0, time.UTC), kev.Date)
	note, ok := kev.Note("CVE-2099-0001")
	require.True(t, ok)
	assert.Equal(t, "kev.json#/vulnerabilities/0", note.Pos.String())
	note.Pos = advisory.Pos{}
	assert.Equal(t, enrich.Note{CVE: "CVE-2099-0001", Exploited: true, Ransomware: true, Action: "Apply updates.",
		Added: time.Date(2099, 1, 2, 0, 0, 0, 0, time.UTC), Due: time.Date(2099, 1, 23, 0, 0, 0, 0, time.UTC)}, note)
	note, _ = kev.Note("CVE-2099-0002")
	assert.True(t, note.Exploited)
	assert.True(t, note.Added.IsZero())
	_, ok = kev.Note("CVE-2099-0003")
	assert.False(t, ok)
	assert.Equal(t, []string{
		`wrong-type: "soon" is no time (kev.json#/vulnerabilities/1/dateAdded)`,
		`no-id: the entry has no CVE id (kev.json#/vulnerabilities/2)`,
	}, problems(kev))
}

func TestReadEPSS(t *testing.T) {
	epss, err := enrich.ReadEPSS(open(t, "epss.csv"), advisory.DecodeOptions{File: "epss.csv"})
	require.NoError(t, err)
	assert.Equal(t, 2, epss.Len())
	assert.Equal(t, "v2025.03.14", epss.Version)
	assert.Equal(t, "2099-01-03", epss.Date.Format(time.DateOnly))
	note, ok := epss.Note("CVE-2099-0003")
	require.True(t, ok)
	assert.Equal(t, enrich.Note{CVE: "CVE-2099-0003", Probability: 0.00044, Percentile: 0.08301, Pos: advisory.Pos{File: "epss.csv", Offset: 197}}, note)
	assert.Equal(t, []string{
		`bad-number: "CVE-2099-0004,1.5,0.1" is no pair of shares (epss.csv@139)`,
		`short-row: the row has too few cells (epss.csv@161)`,
		`no-id: "not an id" is no CVE id (epss.csv@179)`,
		`duplicate-name: CVE-2099-0003 has two rows (epss.csv@197)`,
	}, problems(epss))
}

// TestAttach: the notes come to the vulnerability by its id or an alias, once, and the advisory
// that was given is not changed.
func TestAttach(t *testing.T) {
	kev, err := enrich.ReadKEV(open(t, "kev.json"), advisory.DecodeOptions{})
	require.NoError(t, err)
	epss, err := enrich.ReadEPSS(open(t, "epss.csv"), advisory.DecodeOptions{})
	require.NoError(t, err)
	a := &advisory.Advisory{ID: "ACME-1", Vulnerabilities: []advisory.Vulnerability{
		{ID: "ACME-1", Aliases: []string{"CVE-2099-0001"}, Severities: make([]advisory.Severity, 1, 8)}, {ID: "CVE-2099-9999"},
	}}
	got := epss.Attach(kev.Attach(kev.Attach(a)))
	assert.False(t, a.Vulnerabilities[0].Exploited)
	assert.Len(t, a.Vulnerabilities[0].Severities, 1)
	assert.Equal(t, advisory.Severity{}, a.Vulnerabilities[0].Severities[:2][1], "room of others is not written to")
	assert.True(t, got.Vulnerabilities[0].Exploited)
	assert.Equal(t, []advisory.Severity{{},
		{Type: "KEV", Vector: "added 2099-01-02, due 2099-01-23, ransomware", Source: "CISA"},
		{Type: "EPSS", Vector: "percentile 0.99967, 2099-01-03", Score: 0.97531, Source: "FIRST"},
	}, got.Vulnerabilities[0].Severities)
	assert.Equal(t, a.Vulnerabilities[1], got.Vulnerabilities[1])
	other := &advisory.Advisory{Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-9999"}}}
	assert.Same(t, other, kev.Attach(other))
	assert.Same(t, other, new(enrich.Table).Attach(other))
}

// TestAll: errors of a stream pass through.
func TestAll(t *testing.T) {
	kev, err := enrich.ReadKEV(open(t, "kev.json"), advisory.DecodeOptions{})
	require.NoError(t, err)
	broken := errors.New("broken")
	stream := iter.Seq2[*advisory.Advisory, error](func(yield func(*advisory.Advisory, error) bool) {
		_ = yield(&advisory.Advisory{Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-0001"}}}, nil) && yield(nil, broken)
	})
	var seen []string
	for a, err := range kev.All(stream) {
		seen = append(seen, fmt.Sprint(a != nil && a.Vulnerabilities[0].Exploited, err))
	}
	assert.Equal(t, []string{"true <nil>", "false broken"}, seen)
	for range kev.All(stream) {
		break
	}
}

// TestBadInput: what is no table is an error with its place, of a kind that can be told.
func TestBadInput(t *testing.T) {
	read := map[string]func(string) (*enrich.Table, error){
		"kev": func(text string) (*enrich.Table, error) {
			return enrich.ReadKEV(strings.NewReader(text), advisory.DecodeOptions{})
		},
		"epss": func(text string) (*enrich.Table, error) {
			return enrich.ReadEPSS(strings.NewReader(text), advisory.DecodeOptions{})
		},
	}
	for _, c := range []struct {
		kind, text string
		err        error
	}{
		{"kev", ``, advisory.ErrFormat},
		{"kev", `{}`, advisory.ErrFormat},
		{"kev", `{"catalogVersion":"1","vulnerabilities":{}}`, advisory.ErrFormat},
		{"kev", `{"catalogVersion":"1","vulnerabilities":[`, advisory.ErrSyntax},
		{"kev", strings.Repeat("[", 5000), advisory.ErrLimit},
		{"kev", `{"catalogVersion":1,"vulnerabilities":[5,null,{"cveID":7}]}`, nil},
		{"epss", ``, advisory.ErrFormat},
		{"epss", "cve,epss\nCVE-1,0.1\n", advisory.ErrFormat},
		{"epss", "cve,epss,percentile\n" + strings.Repeat("x", 1<<16), advisory.ErrLimit},
		{"epss", "\ufeffcve,epss,percentile\r\nCVE-1-1,NaN,0.1\r\n\r\n\"CVE-1-2\",\"0.5\",\"0.5\"", nil},
		{"epss", "cve,epss,percentile\n" + strings.Repeat("x\n", 10_000), nil},
	} {
		table, err := read[c.kind](c.text)
		var place *advisory.DecodeError
		switch {
		case c.err != nil:
			assert.ErrorIs(t, err, c.err, c.text)
			assert.True(t, errors.As(err, &place), c.text)
			assert.Nil(t, table, c.text)
		case err != nil:
			assert.True(t, errors.As(err, &place), c.text)
		default:
			assert.LessOrEqual(t, len(table.Problems), 100)
		}
	}
	_, err := enrich.ReadEPSS(iotest.TimeoutReader(strings.NewReader("cve,epss,percentile\n"+strings.Repeat("CVE-1-1,0.1,0.1\n", 1000))), advisory.DecodeOptions{})
	assert.ErrorIs(t, err, iotest.ErrTimeout, "a table that was cut is no table")
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"kev.json", "epss.csv"} {
		text, err := os.ReadFile("testdata/" + name)
		require.NoError(f, err)
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func() (*enrich.Table, error){
			func() (*enrich.Table, error) {
				return enrich.ReadKEV(strings.NewReader(text), advisory.DecodeOptions{})
			},
			func() (*enrich.Table, error) {
				return enrich.ReadEPSS(strings.NewReader(text), advisory.DecodeOptions{})
			},
		} {
			table, err := read()
			require.NotEqual(t, table == nil, err == nil)
			if err == nil {
				a := &advisory.Advisory{Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-0001"}}}
				require.Equal(t, table.Attach(a), table.Attach(table.Attach(a)))
			}
		}
	})
}

func Example() {
	file, err := os.Open("testdata/kev.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	kev, err := enrich.ReadKEV(file, advisory.DecodeOptions{File: file.Name()})
	if err != nil {
		fmt.Println(err)
		return
	}
	own := strings.NewReader(`{"affected": "advisory/1", "vulnerabilities": [{"id": "CVE-2099-0001"}]}`)
	for a, err := range kev.All(advisory.Decode(own, advisory.DecodeOptions{})) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		v := a.Vulnerabilities[0]
		fmt.Println(v.ID, v.Exploited, v.Severities[0].Vector)
	}
	fmt.Println(kev.Len(), "vulnerabilities,", len(kev.Problems), "problems")
	// Output:
	// CVE-2099-0001 true added 2099-01-02, due 2099-01-23, ransomware
	// 2 vulnerabilities, 2 problems
}

func ExampleReadEPSS() {
	text := "#model_version:v2025.03.14,score_date:2099-01-03T12:55:00Z\ncve,epss,percentile\nCVE-2099-0001,0.97531,0.99967\n"
	epss, err := enrich.ReadEPSS(strings.NewReader(text), advisory.DecodeOptions{File: "epss.csv"})
	if err != nil {
		fmt.Println(err)
		return
	}
	a := &advisory.Advisory{Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-0001"}, {ID: "CVE-2099-0002"}}}
	for _, v := range epss.Attach(a).Vulnerabilities {
		fmt.Println(v.ID, v.Severities)
	}
	// Output:
	// CVE-2099-0001 [{EPSS percentile 0.99967, 2099-01-03 0.97531 FIRST}]
	// CVE-2099-0002 []
}

func ExampleReadKEV() {
	text := `{"catalogVersion": "2099.01.02", "vulnerabilities": [{"cveID": "CVE-2099-0001", "dateAdded": "2099-01-02", "dueDate": "2099-01-23"}]}`
	kev, err := enrich.ReadKEV(strings.NewReader(text), advisory.DecodeOptions{File: "kev.json"})
	if err != nil {
		fmt.Println(err)
		return
	}
	note, known := kev.Note("CVE-2099-0001")
	fmt.Println(known, note.Added.Format("2006-01-02"), note.Due.Format("2006-01-02"))
	_, known = kev.Note("CVE-2099-0002")
	fmt.Println(known)
	// Output:
	// true 2099-01-02 2099-01-23
	// false
}
