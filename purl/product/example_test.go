package product_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/product"
)

func ExampleBuiltin() {
	entry, ok := product.Builtin().Entry("fortinet/fortios")
	fmt.Println(ok, entry.Scheme, entry.Branches)
	// Output: true ladder(~FortiOS,build) [*.*]
}

func ExampleKey() {
	fmt.Println(product.Key("Trend Micro, Inc.", "Trend Micro Apex Central(TM)"))
	fmt.Println(product.Key("", "Notepad++ (64-bit x64)"))
	// Output:
	// trendmicro/apexcentral
	// /notepad++
}
