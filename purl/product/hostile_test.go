package product_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
)

// Names made to look like others, and names without end, never lead to a product by accident: what
// cannot be seen makes the link Possible, letters of other scripts are other letters.
func TestHostileNames(t *testing.T) {
	catalog := product.Builtin()
	sure := func(vendor, name string) bool {
		_, entry, level := catalog.Lookup(nil, vendor, name)
		return entry != nil && level >= product.Alias
	}
	require.True(t, sure("Trend Micro", "Apex Central"))
	for what, name := range map[string]string{
		"zero width":            "Apex\u200b Central",
		"byte order mark":       "\ufeffApex Central",
		"right to left":         "\u202eApex Central",
		"isolate":               "Apex \u2066Central\u2069",
		"NUL":                   "Apex Central\x00",
		"control":               "Apex \x1b[1mCentral",
		"no UTF-8":              "Apex Central\xff",
		"Cyrillic":              "\u0410pex Central",
		"Greek":                 "Apex \u03b9entral",
		"full width":            "\uff21pex Central",
		"asterisks":             strings.Repeat("*", 1<<16),
		"asterisks behind":      "Apex Central" + strings.Repeat("*", 1<<16),
		"long":                  "Apex Central " + strings.Repeat("x", 1<<20),
		"no name":               "",
		"punctuation":           "()[]{}\"'`:;,./\\|",
		"open parentheses":      strings.Repeat("(", 1<<12),
		"percent":               "Apex%zzCentral",
		"a CPE in a name":       "cpe:2.3:a:trendmicro:apex_central:*:*:*:*:*:*:*:*",
		"words without end":     strings.Repeat("Apex Central ", 1<<12),
		"releases without end":  "Apex Central " + strings.Repeat("2019 ", 1<<12),
		"brackets without end":  "Apex Central" + strings.Repeat(" (x64)", 1<<12),
		"combining marks alone": "\u0301\u0301",
	} {
		start := time.Now()
		assert.False(t, sure("Trend Micro", name), what)
		assert.Less(t, time.Since(start), time.Second, what)
		for _, vendor := range []string{"Trend\u200bMicro\u202e", "Trend Micr\u043e", strings.Repeat("a.", 1<<15), "\x00", "com.", "."} {
			assert.NotPanics(t, func() { _ = catalog.Resolve(product.Row{Vendor: vendor, Name: name, Package: name, Version: name}) }, what)
		}
	}
	assert.False(t, sure("Trend Micr\u043e", "Apex Central"), "the letter o of another script")
}

// A text that is no CPE name is an error with its place, and not a name of something else.
func TestHostileCPEs(t *testing.T) {
	for _, text := range []string{
		"cpe:2.3:a:trendmicro:apex:central:*:*:*:*:*:*:*:*",
		"cpe:2.3:a:trendmicro:cpe:2.3:a:trendmicro:apex_central:*:*:*:*:*:*:*:*",
		"cpe:2.3:a:trendmicro:apex_central:*:*:*:*:*:*:*:*\\",
		"cpe:2.3:a:trendmicro:apex_central\\:*:*:*:*:*:*:*:*",
		"cpe:/a:trendmicro:apex%zzcentral",
		"cpe:2.3:a:trendmicro:apex_central" + strings.Repeat(":*", 1<<15),
		"cpe:2.3:a:trendmicro:" + strings.Repeat("*", 1<<16) + ":*:*:*:*:*:*:*:*",
		"cpe:2.3:a:trendmicro:apex\u200b_central:*:*:*:*:*:*:*:*",
		"cpe:2.3:a:trendmicro:\u202eapex_central:*:*:*:*:*:*:*:*",
		"cpe:2.3:a:trendmicro:apex_central\x00:*:*:*:*:*:*:*:*",
		"cpe:2.3:a:trendmicro:\u0430pex_central:*:*:*:*:*:*:*:*",
	} {
		var broken *cpe.ParseError
		name, _, err := cpe.ParseLenient(text)
		require.ErrorAs(t, err, &broken, "%.60q", text)
		assert.False(t, name.IsValid())
		assert.LessOrEqual(t, broken.Offset, len(text))
		assert.Empty(t, product.Builtin().Resolve(product.Row{CPE: name}))
	}
}

// A wrong link is corrected by one line of text at the time of the question: the catalog with the
// line is there in less than a second.
func TestDenyLine(t *testing.T) {
	catalog := product.Builtin()
	row := product.Row{Vendor: "MobileIron", Name: "MobileIron Core"}
	require.Equal(t, "ivanti/endpoint-manager-mobile", catalog.Resolve(row)[0].Key)
	e, ok := catalog.Entry("ivanti/endpoint-manager-mobile")
	require.True(t, ok)
	text, err := e.AppendText(nil)
	require.NoError(t, err)

	start := time.Now()
	line := "  deny     MobileIron | MobileIron Core\n"
	entries, err := product.Read(strings.NewReader(string(text) + line))
	require.NoError(t, err)
	corrected, err := catalog.With(entries...)
	require.NoError(t, err)
	got := corrected.Resolve(row)
	assert.Less(t, time.Since(start), time.Second)
	require.Len(t, got, 1)
	assert.Nil(t, got[0].Entry, "%v", got)
	assert.Equal(t, "mobileiron/core", got[0].Key)
	assert.Equal(t, "ivanti/endpoint-manager-mobile", catalog.Resolve(row)[0].Key, "the other catalog is as it was")
	name := cpe.MustParse("cpe:2.3:a:mobileiron:core:11.0:*:*:*:*:*:*:*")
	assert.Equal(t, "ivanti/endpoint-manager-mobile", corrected.Resolve(product.Row{CPE: name})[0].Key, "only the denied name is gone")
}

// Families of platforms: what a condition on Windows holds for.
func TestInFamily(t *testing.T) {
	catalog := product.Builtin()
	for _, c := range []struct {
		family, key string
		want        bool
	}{
		{"microsoft/windows", "microsoft/windows", true},
		{"microsoft/windows", "microsoft/windows-10-22h2", true},
		{"microsoft/windows", "microsoft/windows-11", true},
		{"microsoft/windows", "microsoft/windows-server-2019", true},
		{"microsoft/windows-10", "microsoft/windows-10-22h2", true},
		{"microsoft/windows-11", "microsoft/windows-10-22h2", false},
		{"microsoft/windows-server-2012", "microsoft/windows-server-2012-r2", false},
		{"microsoft/windows-10-22h2", "microsoft/windows", false},
		{"microsoft/windows", "microsoft/exchange-server-2019", false},
		{"microsoft/windows", "no/such", false},
	} {
		assert.Equal(t, c.want, catalog.InFamily(c.family, c.key), "%s of %s", c.key, c.family)
	}
	e, ok := catalog.Entry("microsoft/sql-server-2019")
	require.True(t, ok)
	whole, ok := catalog.Whole(e)
	require.True(t, ok)
	assert.Equal(t, "microsoft/sql-server", whole.Key)
	_, ok = catalog.Whole(whole)
	assert.False(t, ok)
	_, ok = catalog.Whole(nil)
	assert.False(t, ok)
}

func TestSame(t *testing.T) {
	catalog := product.Builtin()
	for _, c := range []struct {
		a, b product.Row
		want product.Level
	}{
		{product.Row{Vendor: "Trend Micro", Name: "Apex Central"}, product.Row{CPE: cpe.MustParse("cpe:2.3:a:trendmicro:apex_central:2019:*:*:*:*:*:*:*")}, product.Alias},
		{product.Row{Vendor: "Example", Name: "Gateway"}, product.Row{Vendor: "Example GmbH", Name: "Example Gateway (x64)"}, product.Name},
		{product.Row{Vendor: "Example", Name: "Gateway 2016"}, product.Row{Vendor: "Example", Name: "Gateway 2019"}, product.None},
		{product.Row{Vendor: "Example", Name: "Gateway 2016"}, product.Row{Vendor: "Example", Name: "Gateway"}, product.Name},
		{product.Row{Vendor: "Example", Name: "Gateway for Windows"}, product.Row{Vendor: "Example", Name: "Gateway for Linux"}, product.None},
		{product.Row{Vendor: "Microsoft", Name: "SQL Server 2019"}, product.Row{Vendor: "Microsoft", Name: "SQL Server"}, product.Alias},
		{product.Row{Vendor: "Microsoft", Name: "SQL Server 2019"}, product.Row{Vendor: "Microsoft", Name: "SQL Server 2017"}, product.None},
		{product.Row{Vendor: "Symantec", Name: "Symantec Foo"}, product.Row{Vendor: "Broadcom", Name: "Symantec Foo"}, product.Name},
		{product.Row{Vendor: "Symantec", Name: "Foo"}, product.Row{Vendor: "Broadcom", Name: "Foo"}, product.None},
		{product.Row{Name: "Gateway"}, product.Row{Name: "Gateway"}, product.Possible},
		{product.Row{}, product.Row{}, product.None},
	} {
		assert.Equal(t, c.want, catalog.Same(c.a, c.b), "%+v and %+v", c.a, c.b)
		assert.Equal(t, c.want, catalog.Same(c.b, c.a), "%+v and %+v", c.b, c.a)
	}
}

func ExampleCatalog_Resolve() {
	for _, row := range []product.Row{
		{Source: "programs", Vendor: "Igor Pavlov", Name: "7-Zip 23.01 (x64)"},
		{Source: "apps", Name: "Google Chrome.app", Package: "com.google.Chrome"},
		{Vendor: "Broadcom", Name: "VMware Workstation 17"},
		{Name: "Gateway"},
	} {
		for _, c := range product.Builtin().Resolve(row) {
			fmt.Printf("%s %s (%s)\n", c.Key, c.Level, c.Rule)
		}
	}
	// Output:
	// 7-zip/7-zip alias (catalog: name igorpavlov/7zip@23.01; architecture dropped; release split off)
	// google/chrome alias (catalog: name google/chrome; vendor of bundle identifier com.google.Chrome; vendor in front dropped)
	// vmware/workstation alias (catalog: name vmware/workstation@17; renamed 2023-11-22; vendor in front dropped; release split off)
	// /gateway possible (product name without a vendor)
}
