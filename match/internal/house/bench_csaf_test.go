package house_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
)

// A partialCSAF is what a program that wants statuses only would read with encoding/json.
type partialCSAF struct {
	Document struct {
		Title    string
		Tracking struct{ ID, Version, Status string }
	}
	Tree struct {
		Branches      []partialCSAFBranch
		Relationships []struct {
			Category  string
			Product   string `json:"product_reference"`
			RelatesTo string `json:"relates_to_product_reference"`
			Full      struct {
				ID string `json:"product_id"`
			} `json:"full_product_name"`
		}
	} `json:"product_tree"`
	Vulnerabilities []struct {
		CVE          string
		Status       map[string][]string `json:"product_status"`
		Remediations []struct {
			Category, Details, URL string
			Products               []string `json:"product_ids"`
		}
	}
}

type partialCSAFBranch struct {
	Category, Name string
	Branches       []partialCSAFBranch
	Product        *struct {
		ID     string `json:"product_id"`
		Helper struct {
			CPE, PURL string
			Models    []string `json:"model_numbers"`
		} `json:"product_identification_helper"`
	}
}

// BenchmarkDecodeCSAF decodes the corpus, and reads a part of it with encoding/json.
func BenchmarkDecodeCSAF(b *testing.B) {
	name := filepath.Join("..", "..", "..", "..", "shared", "corpus", "cisa-csaf.jsonl.gz")
	if dir := os.Getenv("AFFECTED_CORPUS"); dir != "" {
		name = filepath.Join(dir, "cisa-csaf.jsonl.gz")
	}
	f, err := os.Open(name)
	if err != nil {
		b.Skipf("no corpus: %v", err)
	}
	defer f.Close()
	corpus, err := gzip.NewReader(f)
	require.NoError(b, err)
	lines := bufio.NewScanner(corpus)
	lines.Buffer(nil, 64<<20)
	var all []byte
	var docs []json.RawMessage
	for lines.Scan() {
		var line struct{ Doc json.RawMessage }
		require.NoError(b, json.Unmarshal(lines.Bytes(), &line))
		docs = append(docs, line.Doc)
		all = append(append(all, line.Doc...), '\n')
	}
	b.Run("decoder", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(all)))
		for b.Loop() {
			for _, err := range advisory.Decode(bytes.NewReader(all), advisory.DecodeOptions{}, csaf.Decoder{}) {
				require.NoError(b, err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(all)))
		for b.Loop() {
			for _, doc := range docs {
				var p partialCSAF
				require.NoError(b, json.Unmarshal(doc, &p))
			}
		}
	})
}
