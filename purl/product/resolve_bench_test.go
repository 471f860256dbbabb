package product_test

import (
	"testing"

	"github.com/affected-go/affected/purl/product"
)

func BenchmarkLookup(b *testing.B) {
	catalog := product.Builtin()
	var room [256]byte
	for _, c := range []struct{ name, vendor, product string }{
		{"name", "Trend Micro, Inc.", "Trend Micro Apex Central"},
		{"alias", "Cloud Software Group, Inc.", "Citrix NetScaler ADC"},
		{"inventory row", "Igor Pavlov", "7-Zip 23.01 (x64 edition)"},
		{"no entry", "Example GmbH", "Example Gateway 2019 (64-bit)"},
		{"no vendor", "", "Cisco Adaptive Security Appliance (ASA) Software"},
		{"long", "Hewlett Packard Enterprise (HPE)", "HPE Aruba Networking EdgeConnect SD-WAN Orchestrator 9.3 for Windows x64"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _, _ = catalog.Lookup(room[:0], c.vendor, c.product)
			}
		})
	}
}
