package inventory_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match/inventory"
)

// TestBadInput: what is wrong with a part of a text is an error with its place, the rest is
// read, and a host of which something is missing is not complete, whatever the caller says.
func TestBadInput(t *testing.T) {
	wide := func(text string) string { // UTF-16LE of ASCII, with a mark
		return "\xff\xfe" + strings.Join(strings.Split(text, ""), "\x00") + "\x00"
	}
	const head = "host,vendor,product,version\n"
	for name, c := range map[string]struct {
		text     string
		errs     []string
		products string // of all hosts, in their order
		complete string // ids of the hosts that are complete
	}{
		"UTF-16 that ends within a character": {
			wide(head+"a,Acme,Gateway,1\nb,Acme,Printer,2\n") + "c", []string{"x:4: 1 field where the header has 4"}, "Gateway Printer", ""},
		"UTF-16 with half a pair": {
			wide(head+"a,Acme,Gateway,1\n") + "\x00\xd8,\x00", []string{"x:3"}, "Gateway", ""},
		"UTF-8 and Windows-1252 in one file, each character as it is": {
			"host,vendor,version,product\na,Acme,1,T\u00fcr\nb,Acme,2,T\xfcr\n", nil, "T\u00fcr T\u00fcr", "a b"},
		"rows that are short and long": {
			head + "a,Acme,Gateway\nb,Acme,Printer,2,3\nc,Acme,Editor,3\n",
			[]string{"x:2: 3 fields where the header has 4", "x:3: 5 fields where the header has 4"}, "Editor", ""},
		"a quotation mark that nothing closes": {
			head + "a,Acme,\"Gateway,1\nb,Acme,Printer,2\n", []string{"x:2:8: "}, "Printer", ""},
		"a device that is listed twice": {
			"Host,Cluster,ESX Version\nesx1,c,VMware ESXi 8.0.3 build-24784735\nesx1,c,VMware ESXi 7.0.3 build-21930508\nesx2,c,VMware ESXi 8.0.3 build-24784735\n",
			[]string{`x:3:8: the host is listed twice, both are kept: ESXi`}, "ESXi ESXi ESXi", "esx2"},
		"an SBOM that contains itself": {
			`{"spdxVersion":"SPDX-2.3","name":"a","packages":[{"SPDXID":"a","name":"Alpha"},{"SPDXID":"b","name":"Beta"}],"relationships":[` +
				`{"spdxElementId":"a","relationshipType":"CONTAINS","relatedSpdxElement":"b"},{"spdxElementId":"b","relationshipType":"CONTAINS","relatedSpdxElement":"a"}]}`,
			[]string{`"a" contains itself by way of "b": the link back is not used`}, "Alpha", ""},
		"an SBOM that depends on itself, which is no containment": {
			`{"bomFormat":"CycloneDX","metadata":{"component":{"bom-ref":"r","name":"a"}},"components":[{"bom-ref":"b","name":"Beta"}],` +
				`"dependencies":[{"ref":"r","dependsOn":["b"]},{"ref":"b","dependsOn":["r","b"]}]}`, nil, "a", "a"},
		"half an SBOM": {
			`{"bomFormat":"CycloneDX","components":[{"name":"Alpha","version":"1"},{"name":"Beta","vers`,
			[]string{"x:1:91: #/components/1: JSON ends early"}, "Alpha Beta", ""},
		"half a list of packages": {
			"Package: bash\nStatus: install ok installed\nVersion: 5.2\nArchitecture: amd64\n\nPackage: tar\nStatus: install ok installed\n",
			[]string{"x:6: package tar has no version"}, "", ""},
	} {
		var products, complete []string
		hosts, errs := read(c.text, inventory.Options{File: "x", Complete: true, Distro: "debian-12"})
		for _, h := range hosts {
			for _, in := range h.Installations {
				if in.Product != "" {
					products = append(products, in.Product)
				}
			}
			if h.InstallationsComplete {
				complete = append(complete, h.ID)
			}
		}
		if assert.Len(t, errs, len(c.errs), "%s: %v", name, errs) {
			for i, err := range errs {
				assert.Contains(t, err.Error(), c.errs[i], name)
				var e *inventory.Error
				require.ErrorAs(t, err, &e, name)
				assert.True(t, e.Line > 0 || e.Pointer != "", "%s: no place: %v", name, err)
			}
		}
		assert.Equal(t, c.products, strings.Join(products, " "), name)
		assert.Equal(t, c.complete, strings.Join(complete, " "), name)
	}
}

// TestHalf: a document in JSON that is cut off anywhere says so, and no host of it is complete.
func TestHalf(t *testing.T) {
	for _, name := range fixtures(t) {
		text := strings.TrimSpace(fixture(t, name))
		if !json.Valid([]byte(text)) { // of documents a line, those in front are whole
			continue
		}
		for cut := 1; cut < len(text); cut += 1 + len(text)/50 {
			hosts, errs := read(text[:cut], inventory.Options{Complete: true})
			assert.NotEmpty(t, errs, "%s cut at %d", name, cut)
			for _, err := range errs {
				var e *inventory.Error
				assert.True(t, errors.As(err, &e), "%s cut at %d", name, cut)
			}
			for _, h := range hosts {
				assert.False(t, h.InstallationsComplete, "%s cut at %d: %s", name, cut, h.ID)
			}
		}
	}
}
