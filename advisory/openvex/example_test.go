package openvex_test

import (
	"fmt"
	"os"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/openvex"
)

func ExampleDecoder() {
	file, err := os.Open("testdata/products.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	for a, err := range advisory.Decode(file, advisory.DecodeOptions{File: file.Name()}, openvex.Decoder{}) {
		if err != nil {
			fmt.Println(err) // about one document; the others are read
			continue
		}
		fmt.Println(a.ID, "by", a.Publisher.Name)
		for _, s := range a.Statements {
			if p := a.Products[s.Products[0]]; len(p.PURLs) > 0 {
				fmt.Println(a.Vulnerabilities[s.Vulnerability].ID, p.PURLs[0], s.Spans[0].Version, "is", s.Spans[0].Status)
			}
		}
	}
	// Output:
	// https://acme.example/vex/1 by ACME
	// ACME-1 pkg:oci/gate@sha256%3Aabcd * is fixed
	// ACME-1 pkg:apk/alpine/libgate 3.0.8-r3 is fixed
	// ACME-1 pkg:apk/alpine/libdoor * is fixed
	// CVE-2099-2 pkg:npm/%40acme/gate 1.0.0 is not_affected
	// CVE-2099-3 pkg:npm/%40acme/gate 1.0.0 is affected
	// CVE-2099-4 pkg:npm/%40acme/gate * is under_investigation
}
