package cpe_test

import (
	"errors"
	"fmt"

	"github.com/affected-go/affected/purl/cpe"
)

func Example() {
	said := cpe.MustParse("cpe:2.3:a:trendmicro:apex_central:*:*:*:*:*:*:*:*")
	installed := cpe.MustParse("cpe:2.3:a:trendmicro:apex_central:2019:build_7007:*:*:*:windows:*:*")
	fmt.Println(cpe.Relate(said, installed))
	// Output: superset
}

func ExampleParse() {
	n, err := cpe.Parse("cpe:/a:gitlab:gitlab:16.3.0::~~enterprise~~~")
	fmt.Println(n, err)
	fmt.Println(n.Text(cpe.Version), n.Text(cpe.SWEdition), n.Value(cpe.TargetSW).IsAny())

	_, err = cpe.Parse("cpe:2.3:a:gnu:g++:13.2:*:*:*:*:*:*:*")
	var fault *cpe.ParseError
	fmt.Println(errors.As(err, &fault), fault.Offset, fault.Rule)
	// Output:
	// cpe:2.3:a:gitlab:gitlab:16.3.0:*:*:*:enterprise:*:*:* <nil>
	// 16.3.0 enterprise true
	// true 15 punctuation without a backslash (NISTIR 7695 section 6.2.1)
}

func ExampleParseLenient() {
	n, warnings, err := cpe.ParseLenient("cpe:2.3:a:gnu:g++:13.2:*:*:*:*:*:*:*")
	fmt.Println(n, err)
	for _, w := range warnings {
		fmt.Println(w)
	}
	// Output:
	// cpe:2.3:a:gnu:g\+\+:13.2:*:*:*:*:*:*:* <nil>
	// offset 15: punctuation without a backslash (NISTIR 7695 section 6.2.1)
	// offset 16: punctuation without a backslash (NISTIR 7695 section 6.2.1)
}

func ExampleParseFormattedString() {
	_, err := cpe.ParseFormattedString("cpe:/a:openssl:openssl:3.0.7")
	fmt.Println(errors.Is(err, cpe.ErrPrefix))
	// Output: true
}

func ExampleParseURI() {
	n, err := cpe.ParseURI("cpe:/o:openEuler:openEuler:22.03-LTS-SP4")
	fmt.Println(n, err)
	// Output: cpe:2.3:o:openeuler:openeuler:22.03-lts-sp4:*:*:*:*:*:*:* <nil>
}

func ExampleMustParse() {
	fmt.Println(cpe.MustParse("cpe:/h:siemens:simatic_s7-1500:-"))
	// Output: cpe:2.3:h:siemens:simatic_s7-1500:-:*:*:*:*:*:*:*
}

func ExampleName_URI() {
	fmt.Println(cpe.MustParse("cpe:2.3:o:microsoft:windows_server_2012:r2:*:*:*:*:*:x64:*").URI())
	// Output: cpe:/o:microsoft:windows_server_2012:r2::~~~~x64~
}

func ExampleName_AppendKey() {
	index := map[string][]string{}
	for _, text := range []string{"cpe:/a:trendmicro:apex_central:2019", "cpe:/a:trendmicro:apex_one:2019"} {
		key := cpe.MustParse(text).AppendKey(nil)
		index[string(key)] = append(index[string(key)], text)
	}
	var buffer [64]byte
	installed := cpe.MustParse("cpe:2.3:a:TrendMicro:Apex_Central:2019:build_7007:*:*:*:*:*:*")
	fmt.Println(index[string(installed.AppendKey(buffer[:0]))])
	// Output: [cpe:/a:trendmicro:apex_central:2019]
}

func ExampleName_Value() {
	n := cpe.MustParse(`cpe:2.3:o:cisco:ios:15.2\(7\)e*:-:*:*:*:*:*:*`)
	version, update, edition := n.Value(cpe.Version), n.Value(cpe.Update), n.Value(cpe.Edition)
	fmt.Println(version, version.Text(), version.IsPattern())
	fmt.Println(update, update.IsNA(), edition, edition.IsAny())
	// Output:
	// 15\.2\(7\)e* 15.2(7)e* true
	// - true * true
}

func ExampleRelate() {
	item := cpe.MustParse("cpe:2.3:a:openssl:openssl:1.1.1w:*:*:*:*:linux:*:*")
	for _, text := range []string{
		"cpe:2.3:a:openssl:openssl:*:*:*:*:*:*:*:*",
		"cpe:2.3:a:openssl:openssl:1.1.1*:*:*:*:*:*:*:*",
		"cpe:2.3:a:openssl:openssl:*:*:*:*:*:windows:*:*",
		"cpe:2.3:a:openssl:openssl:*:*:*:en:*:*:*:*",
		"cpe:2.3:a:openssl:openssl:1.1.1w:*:*:*:*:linux:*:*",
	} {
		fmt.Println(cpe.Relate(cpe.MustParse(text), item))
	}
	// Output:
	// superset
	// superset
	// disjoint
	// undefined
	// equal
}

func ExampleRelateAttribute() {
	criterion := cpe.MustParse("cpe:2.3:a:nodejs:node.js:*:*:*:*:-:*:*:*")
	item := cpe.MustParse("cpe:2.3:a:nodejs:node.js:20.11.0:*:*:*:lts:*:*:*")
	for _, a := range []cpe.Attribute{cpe.Product, cpe.Version, cpe.SWEdition} {
		fmt.Println(a, cpe.RelateAttribute(criterion, item, a))
	}
	// Output:
	// product equal
	// version superset
	// sw_edition disjoint
}
