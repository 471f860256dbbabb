package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
)

// scoped returns a document that says of each package URL that versions before the bound
// behind it are affected.
func scoped(id string, bounds ...string) *advisory.Advisory {
	a := &advisory.Advisory{ID: id, Publisher: advisory.Publisher{Name: "Debian"}, Vulnerabilities: []advisory.Vulnerability{{ID: id}}}
	for i := 0; i < len(bounds); i += 2 {
		a.Statements = append(a.Statements, advisory.Statement{
			Products: []int{len(a.Products)}, Default: advisory.DefaultNotAffected,
			Spans: []advisory.Span{{Before: bounds[i+1], Bounded: true, Status: advisory.Affected}},
		})
		a.Products = append(a.Products, advisory.Product{PURLs: []string{bounds[i]}})
	}
	return a
}

// TestReleases: a statement about one release of a distribution speaks about it and about no
// other, and a package that does not tell its release is not known to be clear.
func TestReleases(t *testing.T) {
	const id = "CVE-2099-0001"
	m, err := match.Compile(scoped(id,
		"pkg:deb/debian/curl?distro=debian-11", "7.74.0-1.3+deb11u9",
		"pkg:deb/debian/curl?distro=debian-12", "7.88.1-10+deb12u5",
		"pkg:maven/com.acme/gate?repository_url=https://maven.acme.example", "2.0",
	))
	require.NoError(t, err)
	for _, c := range []struct {
		purl   string
		status advisory.Status
		reason advisory.Reason
	}{
		{"pkg:deb/debian/curl@7.88.1-10%2Bdeb12u4?arch=amd64&distro=debian-12", advisory.Affected, advisory.NoReason},
		{"pkg:deb/debian/curl@7.88.1-10%2Bdeb12u4?distro=bookworm", advisory.Affected, advisory.NoReason},
		{"pkg:deb/debian/curl@7.88.1-10%2Bdeb12u5?distro=debian-12.5", advisory.Fixed, advisory.NoReason},
		{"pkg:deb/debian/curl@7.74.0-1.3%2Bdeb11u9?distro=debian-11", advisory.Fixed, advisory.NoReason},
		{"pkg:deb/debian/curl@7.74.0-1.3%2Bdeb11u8?distro=debian-11", advisory.Affected, advisory.NoReason},
		{"pkg:deb/debian/curl@7.74.0-1.3%2Bdeb11u8?distro=debian-13", advisory.NoStatement, advisory.NotNamed},
		{"pkg:deb/ubuntu/curl@7.74.0-1?distro=ubuntu-22.04", advisory.NoStatement, advisory.NotNamed},
		{"pkg:deb/debian/curl@7.88.1-10%2Bdeb12u4", advisory.Unknown, advisory.MissingCondition},
		{"pkg:deb/debian/curl@9", advisory.Unknown, advisory.MissingCondition},
		{"pkg:maven/com.acme/gate@1.0?repository_url=https://maven.acme.example", advisory.Affected, advisory.NoReason},
		{"pkg:maven/com.acme/gate@1.0?repository_url=https://other.example", advisory.NoStatement, advisory.NotNamed},
		{"pkg:maven/com.acme/gate@1.0", advisory.Unknown, advisory.MissingCondition},
	} {
		in := match.Installation{PURL: purl.MustParse(c.purl)}
		v := m.Check(&in, id)
		assert.Equal(t, c.status, v.Status, c.purl)
		assert.Equal(t, c.reason, v.Reason, c.purl)
		e := m.Explain(&in, id)
		assert.Equal(t, v, e.Verdict, c.purl)
		found := m.Append(nil, &in)
		switch {
		case c.status == advisory.Affected || c.status == advisory.Unknown:
			require.Len(t, found, 1, c.purl)
			assert.Equal(t, v, found[0].Verdict, c.purl)
		default:
			assert.Empty(t, found, c.purl)
		}
		if c.reason == advisory.MissingCondition {
			assert.Len(t, e.Missing, 1, c.purl)
		} else {
			assert.Empty(t, e.Missing, c.purl)
		}
		room := make([]match.Finding, 0, 4)
		if !raceEnabled {
			assert.Zero(t, testing.AllocsPerRun(50, func() { room = m.Append(room[:0], &in) }), c.purl)
		}
	}
	unscoped := match.Installation{PURL: purl.MustParse("pkg:deb/debian/curl@7.88.1-10%2Bdeb12u4")}
	assert.True(t, m.Check(&unscoped, id).MayBeAffected())
	assert.Equal(t, []string{"purl distro"}, m.Explain(&unscoped, id).Missing)
	newest := match.Installation{PURL: purl.MustParse("pkg:deb/debian/curl@9")}
	assert.False(t, m.Check(&newest, id).MayBeAffected(), "no release that is named can be affected")
}

// TestReleaseBesideNone: a statement about every release decides where it says affected, and
// what one about a single release leaves open blocks the rest.
func TestReleaseBesideNone(t *testing.T) {
	const id = "CVE-2099-0001"
	m, err := match.Compile(scoped(id, "pkg:deb/debian/curl", "2.0", "pkg:deb/debian/curl?distro=debian-12", "3.0"))
	require.NoError(t, err)
	for text, want := range map[string]advisory.Status{
		"pkg:deb/debian/curl@1.0":                  advisory.Affected,
		"pkg:deb/debian/curl@2.5":                  advisory.Unknown,
		"pkg:deb/debian/curl@2.5?distro=debian-12": advisory.Affected,
		"pkg:deb/debian/curl@2.5?distro=debian-11": advisory.Fixed,
	} {
		assert.Equal(t, want, m.Check(&match.Installation{PURL: purl.MustParse(text)}, id).Status, text)
	}
}
