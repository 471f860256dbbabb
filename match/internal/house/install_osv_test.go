package house_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/osv"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
)

// installOSV holds a package in several ecosystems, with the traps of each.
const installOSV = `[{"id":"X-1","modified":"2099-01-01T00:00:00Z","aliases":["CVE-2099-0001"],"affected":[
	{"package":{"ecosystem":"Debian:11","name":"gate","purl":"pkg:deb/debian/gate?arch=source"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]},
	{"package":{"ecosystem":"Debian:12","name":"gate","purl":"pkg:deb/debian/gate?arch=source"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.0-1"}]}]},
	{"package":{"ecosystem":"Alpine:v3.18","name":"gate"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.0-r1"}]}]},
	{"package":{"ecosystem":"Rocky Linux:9","name":"gate"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"0:2.0-1.el9"}]}]},
	{"package":{"ecosystem":"Ubuntu:22.04:LTS","name":"gate"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.0-1ubuntu1"}]}]},
	{"package":{"ecosystem":"Go","name":"acme.example/Gate"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.0"}]}]},
	{"package":{"ecosystem":"PyPI","name":"acme_gate"},"ranges":[
		{"type":"GIT","repo":"https://github.com/acme/gate","events":[{"introduced":"0"},{"fixed":"a111111111111111111111111111111111111111"}]},
		{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1.2"}]}],"versions":["1.1","a nightly build"]},
	{"package":{"ecosystem":"PyPI","name":"commits"},"ranges":[
		{"type":"GIT","repo":"https://github.com/acme/commits","events":[{"introduced":"b222222222222222222222222222222222222222"},{"fixed":"c333333333333333333333333333333333333333"}]}],"versions":["1.1"]},
	{"package":{"ecosystem":"Julia","name":"Gate"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.0+1"}]}]},
	{"package":{"ecosystem":"npm","name":"silent"}}]}]`

// TestInstallOSV: rows of an inventory against what a document says about distributions,
// commits and names with capitals.
func TestInstallOSV(t *testing.T) {
	b := match.NewBuilder(match.Options{})
	require.NoError(t, b.AddAll(t.Context(), advisory.Decode(strings.NewReader(installOSV), advisory.DecodeOptions{}, osv.Decoder{})))
	m, err := b.Build()
	require.NoError(t, err)
	for text, want := range map[string]advisory.Status{
		"pkg:deb/debian/gate@1.0-1?arch=amd64&distro=debian-12":              advisory.Affected,
		"pkg:deb/debian/gate@2.0-1?arch=amd64&distro=debian-12":              advisory.Fixed,
		"pkg:deb/debian/gate@2.0-1?distro=debian-11":                         advisory.Affected,
		"pkg:deb/debian/gate@2.0-1?distro=debian-13":                         advisory.NoStatement,
		"pkg:deb/debian/gate@2.0-1":                                          advisory.Unknown,
		"pkg:apk/alpine/gate@2.0-r0?distro=alpine-3.18.4":                    advisory.Affected,
		"pkg:apk/alpine/gate@2.0-r0?distro=alpine-3.19.1":                    advisory.NoStatement,
		"pkg:rpm/rocky/gate@1.0-1.el9?distro=rocky-9.3":                      advisory.Affected,
		"pkg:rpm/rocky/gate@2.0-1.el9?distro=rocky-9.3":                      advisory.Fixed,
		"pkg:rpm/rocky-linux/gate@1.0-1.el9?distro=rocky-9":                  advisory.Affected,
		"pkg:rpm/rocky/gate@1.0-1.el8?distro=rocky-8.9":                      advisory.NoStatement,
		"pkg:deb/ubuntu/gate@2.0-1?distro=jammy":                             advisory.Affected,
		"pkg:deb/ubuntu/gate@2.0-1ubuntu1?distro=ubuntu-22.04":               advisory.Fixed,
		"pkg:golang/acme.example/gate@v1.1.0":                                advisory.Affected,
		"pkg:golang/acme.example/Gate@v1.2.0":                                advisory.Fixed,
		"pkg:golang/acme.example/Gate@(devel)":                               advisory.Unknown,
		"pkg:golang/acme.example/Gate":                                       advisory.Unknown,
		"pkg:pypi/Acme-Gate@1.1":                                             advisory.Affected,
		"pkg:pypi/acme.gate@1.2":                                             advisory.Fixed,
		"pkg:pypi/acme-gate@a%20nightly%20build":                             advisory.Affected,
		"pkg:pypi/acme-gate@another%20build":                                 advisory.Unknown,
		"pkg:pypi/commits@1.1":                                               advisory.Affected,
		"pkg:pypi/commits@1.2":                                               advisory.Unknown,
		"pkg:github/Acme/Commits@b222222222222222222222222222222222222222":   advisory.Affected,
		"pkg:github/acme/commits@c333333333333333333333333333333333333333":   advisory.Fixed,
		"pkg:github/acme/commits@d444444444444444444444444444444444444444":   advisory.Unknown,
		"pkg:julia/Gate@1.2.0%2B0":                                           advisory.Affected,
		"pkg:julia/Gate@1.2.0%2B1?uuid=682c06a0-de6a-54ab-a142-c8b1cf79cde6": advisory.Fixed,
		"pkg:npm/silent@1.0.0":                                               advisory.Unknown,
		"pkg:npm/gate@1.0.0":                                                 advisory.NoStatement,
	} {
		u, _, err := purl.ParseLenient(text)
		require.NoError(t, err, text)
		v := m.Check(&match.Installation{PURL: u}, "CVE-2099-0001")
		assert.Equal(t, want, v.Status, text)
	}
}
