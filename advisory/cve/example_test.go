package cve_test

import (
	"fmt"
	"os"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cve"
)

func ExampleDecoder() {
	file, err := os.Open("testdata/CVE-2025-69258.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	for a, err := range advisory.Decode(file, advisory.DecodeOptions{File: file.Name()}, cve.Decoder{}) {
		if err != nil {
			fmt.Println(err) // about one document; the others are read
			continue
		}
		fmt.Println(a.ID, a.Publisher.Name)
		for _, s := range a.Statements {
			p := a.Products[s.Products[0]]
			fmt.Printf("%s, %s: %s before %s\n", p.Vendor, p.Name, s.Spans[0].Status, s.Spans[0].Before)
			fmt.Println(s.Spans[0].Pos)
		}
	}
	// Output:
	// CVE-2025-69258 trendmicro
	// Trend Micro, Inc., Trend Micro Apex Central: affected before Build 7190
	// testdata/CVE-2025-69258.json#/containers/cna/affected/0/versions/0
}
