package csaf_test

import (
	"fmt"
	"os"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
)

func ExampleDecoder() {
	file, err := os.Open("testdata/combinations.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	for a, err := range advisory.Decode(file, advisory.DecodeOptions{File: file.Name()}, csaf.Decoder{}) {
		if err != nil {
			fmt.Println(err) // about one document; the others are read
			continue
		}
		fmt.Println(a.ID, a.Publisher.Name, a.Publisher.Rank)
		for _, s := range a.Statements[:2] {
			p := a.Products[s.Products[0]]
			fmt.Println(p.Vendor, p.Name, p.PURLs, s.Spans[0].String())
			fmt.Println(" ", a.Describe(&s.Where))
		}
	}
	// Output:
	// ALSA-2099:1 Acme Linux vendor
	// Acme gated [pkg:rpm/acme/gated] version "*", affected
	//   (product "Acme Acme Linux 8" part_of or product "cpe:2.3:o:acme:linux:*:*:*:*:*:*:*:*" (version "8.*") part_of)
	// Acme gated-libs [pkg:rpm/acme/gated-libs?arch=x86_64] version "1:2.0-3.el9", type "exact rpm", fixed
	//   (architecture is x86_64 and (product "Acme Acme Linux 9" part_of or product "cpe:2.3:o:acme:linux:*:*:*:*:*:*:*:*" (version "9.*") part_of))
}
