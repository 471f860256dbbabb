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
	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/advisory/osv"
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

// A partialCVE and a partialOSV are the same for these formats.
type partialCVE struct {
	Metadata struct {
		ID    string `json:"cveId"`
		State string
	} `json:"cveMetadata"`
	Containers struct {
		CNA partialContainer
		ADP []partialContainer
	}
}

type partialContainer struct {
	Title    string
	Affected []struct {
		Vendor, Product string
		Default         string `json:"defaultStatus"`
		Platforms, CPEs []string
		Versions        []struct {
			Version, Status, LessThan, LessThanOrEqual string
			Type                                       string `json:"versionType"`
			Changes                                    []struct{ At, Status string }
		}
	}
	References []struct {
		URL  string
		Tags []string
	}
}

type partialOSV struct {
	ID, Modified, Published, Withdrawn, Summary string
	Aliases, Related                            []string
	Severity                                    []struct{ Type, Score string }
	Affected                                    []struct {
		Package  struct{ Ecosystem, Name, PURL string }
		Versions []string
		Ranges   []struct {
			Type, Repo string
			Events     []map[string]string
		}
	}
	References []struct{ Type, URL string }
}

// BenchmarkDecode decodes the corpora, and reads a part of each document with encoding/json.
func BenchmarkDecode(b *testing.B) {
	for _, c := range []struct {
		name, file string
		decoder    advisory.Decoder
		partial    func() any
	}{
		{"cve", "cve-2024.jsonl.gz", cve.Decoder{}, func() any { return new(partialCVE) }},
		{"csaf", "cisa-csaf.jsonl.gz", csaf.Decoder{}, func() any { return new(partialCSAF) }},
		{"osv", "osv.jsonl.gz", osv.Decoder{}, func() any { return new(partialOSV) }},
	} {
		docs := corpusDocuments(b, c.file)
		all := bytes.Join(docs, []byte{'\n'})
		b.Run(c.name+"/decoder", func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(all)))
			for b.Loop() {
				for _, err := range advisory.Decode(bytes.NewReader(all), advisory.DecodeOptions{}, c.decoder) {
					require.NoError(b, err)
				}
			}
		})
		b.Run(c.name+"/encoding-json", func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(all)))
			for b.Loop() {
				for _, doc := range docs {
					require.NoError(b, json.Unmarshal(doc, c.partial()))
				}
			}
		})
	}
}

// corpusDocuments reads a corpus; each line is a document, or holds one (CISA).
func corpusDocuments(b *testing.B, file string) [][]byte {
	name := filepath.Join("..", "..", "..", "..", "shared", "corpus", file)
	if dir := os.Getenv("AFFECTED_CORPUS"); dir != "" {
		name = filepath.Join(dir, file)
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
	var docs [][]byte
	for lines.Scan() {
		var line struct{ Doc json.RawMessage }
		require.NoError(b, json.Unmarshal(lines.Bytes(), &line))
		doc := bytes.Clone(lines.Bytes())
		if line.Doc != nil {
			doc = line.Doc
		}
		docs = append(docs, doc)
	}
	require.NoError(b, lines.Err())
	return docs
}
