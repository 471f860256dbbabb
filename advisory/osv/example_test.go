package osv_test

import (
	"fmt"
	"os"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/osv"
)

func ExampleDecoder() {
	file, err := os.Open("testdata/distributions.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	for a, err := range advisory.Decode(file, advisory.DecodeOptions{File: file.Name()}, osv.Decoder{}) {
		if err != nil {
			fmt.Println(err) // about one document; the others are read
			continue
		}
		fmt.Println(a.ID, a.Publisher.Name, a.Vulnerabilities[0].Aliases)
		for _, s := range a.Statements {
			p := a.Products[s.Products[0]]
			fmt.Println(p.PURLs[0], s.Spans[0].String())
		}
	}
	// Output:
	// DEBIAN-CVE-2099-0001 Debian [CVE-2099-0001]
	// pkg:deb/debian/gate?distro=debian-11 from "0", type "ecosystem", affected
	// pkg:deb/debian/gate?distro=debian-12 from "0", less than "1:2.0-1+deb12u1", type "ecosystem", affected
}
