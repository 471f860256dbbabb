package jsonpos_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// The types have the shape of a CVE record, of which they take a part, as a decoder does.
type (
	benchRecord struct {
		ID           string           `json:"id"`
		State        string           `json:"state"`
		Title        string           `json:"title"`
		Affected     []benchProduct   `json:"affected"`
		Descriptions []benchLocalized `json:"descriptions"`
	}
	benchProduct struct {
		Vendor   string       `json:"vendor"`
		Product  string       `json:"product"`
		Default  string       `json:"defaultStatus"`
		CPEs     []string     `json:"cpes"`
		Versions []benchRange `json:"versions"`
	}
	benchRange struct {
		Version  string `json:"version"`
		Status   string `json:"status"`
		LessThan string `json:"lessThan"`
		Type     string `json:"versionType"`
	}
	benchLocalized struct {
		Lang  string `json:"lang"`
		Value string `json:"value"`
	}
)

// benchStream returns count records as JSON lines of about 2.4 kB, of which the decoder skips a third.
func benchStream(count int) []byte {
	var b bytes.Buffer
	text := strings.Repeat("A remote attacker sends \\\"crafted\\\" packets to the management port. ", 8)
	for i := range count {
		fmt.Fprintf(&b, `{"id":"XA-%d","state":"PUBLISHED","title":"Overflow in the parser","affected":[`, i)
		for j := range 3 {
			if j > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"vendor":"Example Corp","product":"Gateway %d","defaultStatus":"unaffected","cpes":["cpe:2.3:a:example:gateway:*:*:*:*:*:*:*:*"],"versions":[`, j)
			fmt.Fprintf(&b, `{"version":"1.%d","status":"affected","lessThan":"1.%d.7","versionType":"semver"},`, i, i)
			fmt.Fprintf(&b, `{"version":"2.%d","status":"affected","lessThan":"2.%d.1","versionType":"semver"}]}`, i, i)
		}
		fmt.Fprintf(&b, `],"descriptions":[{"lang":"en","value":"%s"}],"references":[`, text)
		for j := range 8 {
			if j > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"url":"https://advisories.example.com/XA-%d/%d","tags":["vendor-advisory"]}`, i, j)
		}
		b.WriteString("]}\n")
	}
	return b.Bytes()
}

// read takes from v what encoding/json takes by the tags.
func (r *benchRecord) read(v jsonpos.Value, errs *jsonpos.Errors) {
	r.ID = v.Get("id").Text(errs)
	r.State = v.Get("state").Text(errs)
	r.Title = v.Get("title").Text(errs)
	affected := v.Get("affected")
	r.Affected = make([]benchProduct, 0, affected.Len())
	for a := range affected.Elements(errs) {
		versions := a.Get("versions")
		p := benchProduct{
			Vendor: a.Get("vendor").Text(errs), Product: a.Get("product").Text(errs), Default: a.Get("defaultStatus").Text(errs),
			CPEs: a.Get("cpes").Texts(errs), Versions: make([]benchRange, 0, versions.Len()),
		}
		for s := range versions.Elements(errs) {
			p.Versions = append(p.Versions, benchRange{
				Version: s.Get("version").Text(errs), Status: s.Get("status").Text(errs),
				LessThan: s.Get("lessThan").Text(errs), Type: s.Get("versionType").Text(errs),
			})
		}
		r.Affected = append(r.Affected, p)
	}
	for d := range v.Get("descriptions").Elements(errs) {
		r.Descriptions = append(r.Descriptions, benchLocalized{Lang: d.Get("lang").Text(errs), Value: d.Get("value").Text(errs)})
	}
}

// The benchmark decodes what encoding/json decodes, so that the one cannot be fast by leaving something out.
func TestBenchmarkIsFair(t *testing.T) {
	n := 0
	for v, err := range jsonpos.Documents(bytes.NewReader(benchStream(10)), jsonpos.Limits{}) {
		require.NoError(t, err)
		var want, got benchRecord
		var errs jsonpos.Errors
		got.read(v, &errs)
		require.Empty(t, errs.List())
		require.NoError(t, json.Unmarshal([]byte(v.Raw()), &want))
		require.Equal(t, want, got)
		n++
	}
	require.Equal(t, 10, n)
}

func BenchmarkDecode(b *testing.B) {
	stream := benchStream(1000)
	lines := bytes.Split(bytes.TrimSpace(stream), []byte("\n"))
	b.Run("encoding/json", func(b *testing.B) {
		b.SetBytes(int64(len(stream)))
		b.ReportAllocs()
		for b.Loop() {
			for _, line := range lines {
				var r benchRecord
				if err := json.Unmarshal(line, &r); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("jsonpos", func(b *testing.B) {
		b.SetBytes(int64(len(stream)))
		b.ReportAllocs()
		for b.Loop() {
			for v, err := range jsonpos.Documents(bytes.NewReader(stream), jsonpos.Limits{}) {
				if err != nil {
					b.Fatal(err)
				}
				var r benchRecord
				var errs jsonpos.Errors
				r.read(v, &errs)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, count := range []int{1, 100, 10_000} {
		data := []byte("[" + strings.ReplaceAll(strings.TrimSpace(string(benchStream(count))), "\n", ",") + "]")
		b.Run(fmt.Sprintf("records=%d", count), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := jsonpos.Parse(data, jsonpos.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A pointer deep in a large document must cost no more than one in a small one.
func BenchmarkPointer(b *testing.B) {
	for _, count := range []int{10, 100_000} {
		v := parse(b, `{"product_tree":{"branches":[`+strings.Repeat(`{"name":"x"},`, count)+`{"name":"y"}]}}`)
		last := v.At(fmt.Sprintf("/product_tree/branches/%d/name", count))
		b.Run(fmt.Sprintf("neighbors=%d", count), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if last.Pointer() == "" {
					b.Fatal("no pointer")
				}
			}
		})
	}
}
