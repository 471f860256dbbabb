package inventory_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/inventory"
)

// fuzzFormats checks, for texts that are read as each of some formats: no panic, an answer
// that does not depend on how the text arrives, errors with their file, installations that
// name something and know their host, and no more of them than the text can hold.
func fuzzFormats(f *testing.F, names ...string) {
	for _, name := range names {
		pattern := "testdata/" + name + "_*"
		if name == "" {
			pattern = "testdata/*"
		}
		seeds, err := filepath.Glob(pattern)
		require.NoError(f, err)
		for _, seed := range seeds {
			if ext := filepath.Ext(seed); ext == ".golden" || ext == "" {
				continue
			}
			data, err := os.ReadFile(seed)
			require.NoError(f, err)
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range names {
			opt := inventory.Options{File: "x", Complete: true, Limits: inventory.Limits{Line: 200, Installations: 500}}
			if name != "" {
				opt.Formats = []inventory.Format{inventory.Lookup(name)}
			}
			count, hosts := 0, 0
			for h, err := range inventory.Read(bytes.NewReader(data), opt) {
				if err != nil {
					var e *inventory.Error
					if !errors.As(err, &e) || e.File != "x" || e.Err == nil || h != nil {
						t.Fatalf("%s: error %#v beside %v", name, err, h)
					}
					continue
				}
				hosts++
				count += checkList(t, h, h.Platforms) + checkList(t, h, h.Installations)
			}
			if count > 20*500*(1+hosts) {
				t.Errorf("%s: %d installations from %d bytes", name, count, len(data))
			}
			want := describeAll(inventory.Read(bytes.NewReader(data), opt))
			if got := describeAll(inventory.Read(iotest.OneByteReader(bytes.NewReader(data)), opt)); got != want {
				t.Errorf("%s: read in pieces:\n%s\nat once:\n%s", name, got, want)
			}
		}
	})
}

// checkList checks installations with their parts and returns how many there are.
func checkList(t *testing.T, h *match.Host, list []match.Installation) int {
	count := len(list)
	for i := range list {
		in := &list[i]
		if in.Host != h {
			t.Errorf("%q does not know its host", in.Product)
		}
		count += checkList(t, h, in.Parts) + checkList(t, h, in.PartOf)
	}
	return count
}

func FuzzRead(f *testing.F)      { fuzzFormats(f, "") }
func FuzzCycloneDX(f *testing.F) { fuzzFormats(f, "cyclonedx") }
func FuzzSPDX(f *testing.F)      { fuzzFormats(f, "spdx") }
func FuzzDpkg(f *testing.F)      { fuzzFormats(f, "dpkg") }
func FuzzAPK(f *testing.F)       { fuzzFormats(f, "apk") }
func FuzzRPM(f *testing.F)       { fuzzFormats(f, "rpm") }
func FuzzOsquery(f *testing.F)   { fuzzFormats(f, "osquery") }
func FuzzUninstall(f *testing.F) { fuzzFormats(f, "uninstall") }
func FuzzNAPALM(f *testing.F)    { fuzzFormats(f, "napalm") }
func FuzzFortiOS(f *testing.F)   { fuzzFormats(f, "fortios") }
func FuzzDevices(f *testing.F)   { fuzzFormats(f, "rvtools", "netbox") }
func FuzzSoftware(f *testing.F) {
	fuzzFormats(f, "uninstall-rows", "intune", "servicenow", "sccm", "wazuh")
}
func FuzzTable(f *testing.F) { fuzzFormats(f, "table") }
