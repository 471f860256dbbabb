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
			fmt.Println(" ", s.Where.String())
		}
	}
	// Output:
	// ALSA-2099:1 Acme Linux vendor
	// Acme gated [pkg:rpm/acme/gated] version "*", affected
	//   (product 2 part_of or product 0 (version "8.*", affected) part_of)
	// Acme gated-libs [pkg:rpm/acme/gated-libs?arch=x86_64] version "1:2.0-3.el9", type "exact", fixed
	//   (architecture is x86_64 and (product 1 part_of or product 0 (version "9.*", affected) part_of))
}
