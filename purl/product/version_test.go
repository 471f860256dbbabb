package product_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/product"
)

func TestVersion(t *testing.T) {
	year := product.Entry{Key: "example/gateway", Names: []string{"Example | Edge Gateway"}, Versions: []product.VersionAlias{
		{From: "2019", To: "*"}, {From: "RTM", To: "14.0"}, {From: "{y}.0.{u}.{b}", To: "{y}.{u}"}, {From: "{y} CU{c}", To: "{y-2005}.{c}"},
		{From: "R*", To: "Release *"}, {From: "{a}x{b}y{c}", To: "{c}"}, {From: "v{n}+", To: "{n+1}"},
	}}
	for text, want := range map[string]string{
		" 2019 ":                   "*",
		"rtm":                      "14.0",
		"Edge Gateway RTM":         "14.0",
		"Example Edge Gateway RTM": "14.0",
		"example RTM":              "14.0",
		"RTM (14.0)":               "14.0",
		"14.0 (RTM)":               "14.0",
		"RTM (15.0)":               "Release TM (15.0)", // the pattern R* reads what the pair does not
		"15.0 (RTM)":               "15.0 (RTM)",
		"2021.0.22.330451":         "2021.22",
		"2021.0.22.330451.1":       "2021.0.22.330451.1",
		"2021.0..1":                "2021.0..1",
		"2019 cu12":                "14.12",
		"1 CU2":                    "1 CU2", // the counter would fall below zero
		"99999999999999999999 CU2": "99999999999999999999 CU2",
		"1x2y3":                    "3",
		"v7+":                      "8",
		"Edge Gateway":             "Edge Gateway",
		"Gateway RTM":              "Gateway RTM",
		"":                         "",
	} {
		got, anything := year.Version(text)
		assert.Equal(t, want, got, text)
		assert.Equal(t, want == "*", anything, text)
	}
	text, anything := (*product.Entry)(nil).Version("1.0")
	assert.Equal(t, "1.0", text)
	assert.False(t, anything)
}

// The names of versions that ship lead where the vendors' lists say.
func TestBuiltinVersions(t *testing.T) {
	for _, c := range [][3]string{
		{"trendmicro/apex-central", "2019 (14.0)", "*"},
		{"trendmicro/apex-central", "Trend Micro Apex Central 2019", "*"},
		{"trendmicro/apex-central", "Build 7190", "Build 7190"},
		{"google/android", "Android 12.1", "12L"},
		{"microsoft/exchange-server", "Microsoft Exchange 2019 CU14", "15.2.1544.4"},
		{"microsoft/exchange-server", "2016 CU23 Mar24SU", "15.1.2507.37"},
		{"microsoft/exchange-server", "Exchange Server 2013 CU23", "15.0.1497.2"},
		{"microsoft/exchange-server-2019", "CU14", "15.2.1544"},
		{"microsoft/exchange-server-2019", "cu 14", "15.2.1544"},
		{"microsoft/sql-server-2019", "CU 22", "15.0.4322.2"},
		{"python/cpython", "3.8.10150.0", "3.8.10"},
		{"python/cpython", "3.12.150.0", "3.12.0"},
		{"python/cpython", "3.12.0", "3.12.0"},
		{"microsoft/exchange-server-2019", "Cumulative Update 14", "15.2.1544"},
		{"vmware/esxi", "8.0 U2b", "8.0.2-0.30.23305546"},
		{"vmware/esxi", "VMware ESXi 8.0 U2b / P03", "8.0.2-0.30.23305546"},
		{"vmware/vcenter", "6.7.0.43000", "6.7 U3f"},
		{"adobe/coldfusion", "2021.0.22.330451", "2021.22"},
		{"oracle/database", "12cR2", "12.2"},
	} {
		e, ok := product.Builtin().Entry(c[0])
		require.True(t, ok, c[0])
		got, _ := e.Version(c[1])
		assert.Equal(t, c[2], got, "%s: %s", c[0], c[1])
	}
}

func FuzzVersion(f *testing.F) {
	f.Add("{y}.*", "{y-2008}.*", "2023.0.6")
	f.Add("{", "}", "{")
	f.Add("*", "*", "x")
	f.Add("{a}{a}", "{a}{b}", "12")
	f.Fuzz(func(t *testing.T, from, to, text string) {
		e := product.Entry{Key: "a/b", Names: []string{"A | " + text}, Versions: []product.VersionAlias{{From: from, To: to}}}
		got, anything := e.Version(text)
		if anything {
			require.Equal(t, "*", got)
		}
	})
}

func ExampleEntry_Version() {
	e := product.Entry{Key: "progress/moveit-transfer", Versions: []product.VersionAlias{{From: "{y}.*", To: "{y-2008}.*"}}}
	fmt.Println(e.Version("2023.0.6"))
	fmt.Println(e.Version("2023.0.6 (15.0.6)"))
	// Output:
	// 15.0.6 false
	// 15.0.6 false
}
