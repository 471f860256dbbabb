package cyclonedx_test

import (
	"fmt"
	"os"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cyclonedx"
)

func ExampleDecoder() {
	file, err := os.Open("testdata/versions.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	for a, err := range advisory.Decode(file, advisory.DecodeOptions{File: file.Name()}, cyclonedx.Decoder{}) {
		if err != nil {
			fmt.Println(err) // about one document; the others are read
			continue
		}
		fmt.Println(a.Publisher.Name, a.Vulnerabilities[0].ID, a.Vulnerabilities[0].Aliases)
		for _, s := range a.Statements[:3] {
			p := a.Products[s.Products[0]]
			fmt.Println(p.Name, p.Tags, s.Spans[0].String(), s.Justification)
		}
	}
	// Output:
	// Acme CVE-2099-1 [GHSA-1]
	// Gate [gate urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/2#gate] version "2.4", type "exact", not_affected code_not_reachable
	//  [lib urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/2#lib] version "1.0", type "exact", not_affected code_not_reachable
	// door [] version "1.0", type "exact", not_affected code_not_reachable
}
