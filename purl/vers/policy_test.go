package vers_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// TestPolicyReading checks the policies that change how a text is read: what is equal with
// the policy is not, or is no version, without it.
func TestPolicyReading(t *testing.T) {
	for _, c := range []struct {
		policy       vers.Policy
		scheme, a, b string
	}{
		{vers.Policy{LeadingV: true}, "cargo", "v1.2.3", "1.2.3"},
		{vers.Policy{LeadingV: true}, "deb", "V1.2-3", "1.2-3"},
		{vers.Policy{LeadingV: true}, "maven", "v1.2.3", "1.2.3"},
		{vers.Policy{IgnoreLocal: true}, "pypi", "1.2.3+cu118", "1.2.3"},
		{vers.Policy{GemPlatform: true}, "gem", "1.13.0-x86_64-linux", "1.13.0"},
		{vers.Policy{GemPlatform: true}, "gem", "1.13.0-java", "1.13.0"},
		{vers.Policy{GemPlatform: true}, "gem", "1.13.0.rc1-arm64-darwin22", "1.13.0.rc1"},
		{vers.Policy{JavaSuffix: true}, "maven", "31.1-jre", "31.1"},
		{vers.Policy{JavaSuffix: true}, "maven", "42.3.8.jre7", "42.3.8"},
		{vers.Policy{JavaSuffix: true}, "maven", "1.70-jdk15on", "1.70"},
		{vers.Policy{JavaSuffix: true}, "maven", "1.70-jdk15to18", "1.70"},
	} {
		with := vers.Builtin().WithPolicy(c.policy)
		order, comparable, err := with.CompareStrings(c.scheme, c.a, c.b)
		require.NoError(t, err, "%+v", c)
		assert.True(t, comparable && order == 0, "%+v", c)
		v, err := with.Parse(c.scheme, c.a)
		require.NoError(t, err)
		assert.Equal(t, c.a, v.String(), "the text stays")
		w, err := with.Parse(c.scheme, c.b)
		require.NoError(t, err)
		order, _ = v.Compare(w)
		assert.Zero(t, order, "%+v", c)
		bound, err := with.NewRange(c.scheme, vers.Constraint{Version: c.a})
		require.NoError(t, err)
		in, err := bound.Contains(c.b)
		require.NoError(t, err)
		assert.Equal(t, vers.Yes, in, "%+v", c)
		in, err = bound.Contains(c.a)
		require.NoError(t, err)
		assert.Equal(t, vers.Yes, in, "%+v", c)

		order, _, err = vers.Builtin().CompareStrings(c.scheme, c.a, c.b)
		assert.True(t, err != nil || order != 0, "the policy makes no difference: %+v", c)
	}
}

// TestPolicyLeaves names texts that a policy must not change.
func TestPolicyLeaves(t *testing.T) {
	all := vers.Policy{LeadingV: true, IgnoreLocal: true, GemPlatform: true, JavaSuffix: true}
	with := vers.Builtin().WithPolicy(all)
	for _, c := range []struct{ scheme, version string }{
		{"gem", "1.0-beta"}, {"gem", "1.0.0-1"}, {"maven", "1.0-jrebel"}, {"maven", "jre"}, {"maven", "1.0-rc1"},
		{"maven", "1.0-SNAPSHOT"}, {"semver", "1.0.0+jre"}, {"generic", "version"}, {"maven", "-jre"},
	} {
		v, err := with.Parse(c.scheme, c.version)
		require.NoError(t, err, "%+v", c)
		w, err := vers.Builtin().Parse(c.scheme, c.version)
		require.NoError(t, err, "%+v", c)
		keyV, _ := v.Key()
		keyW, _ := w.Key()
		assert.Equal(t, keyW, keyV, "%+v", c)
	}
}

// TestPolicyBounds checks the policies that change what a bound means; plain is the answer
// without the policy.
func TestPolicyBounds(t *testing.T) {
	epoch, release := vers.Policy{AnyEpoch: true}, vers.Policy{AnyRelease: true}
	both := vers.Policy{AnyEpoch: true, AnyRelease: true}
	for _, c := range []struct {
		policy         vers.Policy
		text, version  string
		plain, allowed vers.Truth
	}{
		{epoch, "vers:rpm/<1.2.3-4", "1:1.2.3-3", vers.No, vers.Yes},
		{epoch, "vers:rpm/<1:1.2.3-4", "1.2.3-5", vers.Yes, vers.No},
		{epoch, "vers:rpm/<1:1.2.3-4", "2:1.0-1", vers.No, vers.No},
		{epoch, "vers:deb/>=1:2.0-1|<1:3.0-1", "2.5-1", vers.No, vers.Yes},
		{epoch, "vers:deb/2.0-1", "1:2.0-1", vers.No, vers.Yes},
		{epoch, "vers:alpm/<=2.0-1", "1:2.0-1", vers.No, vers.Yes},
		{epoch, "vers:deb/<2.0-1", "1.0-1", vers.Yes, vers.Yes},
		{release, "vers:rpm/<=1.2.3", "1.2.3-4", vers.No, vers.Yes},
		{release, "vers:rpm/>1.2.3", "1.2.3-4", vers.Yes, vers.No},
		{release, "vers:rpm/1.2.3", "1.2.3-4", vers.No, vers.Yes},
		{release, "vers:rpm/!=1.2.3|<2", "1.2.3-4", vers.Yes, vers.No},
		{release, "vers:rpm/<=1.2.3-3", "1.2.3-4", vers.No, vers.No},
		{release, "vers:deb/<=1.2", "1.2-1", vers.No, vers.Yes},
		{both, "vers:rpm/<=1.2.3", "1:1.2.3-4", vers.No, vers.Yes},
		{both, "vers:npm/<=1.2.3", "1.2.3-4", vers.Yes, vers.Yes},
	} {
		r, err := vers.Builtin().ParseVERS(c.text)
		require.NoError(t, err, "%+v", c)
		in, err := r.Contains(c.version)
		require.NoError(t, err, "%+v", c)
		assert.Equal(t, c.plain, in, "without: %+v", c)
		r, err = vers.Builtin().WithPolicy(c.policy).ParseVERS(c.text)
		require.NoError(t, err, "%+v", c)
		in, err = r.Contains(c.version)
		require.NoError(t, err, "%+v", c)
		assert.Equal(t, c.allowed, in, "with: %+v", c)
		out, err := r.Complement().Contains(c.version)
		require.NoError(t, err, "%+v", c)
		assert.Equal(t, c.allowed.Not(), out, "complement: %+v", c)
	}
}

func ExampleSchemes_WithPolicy() {
	// A feed writes rpm bounds without epoch and release.
	feed := vers.Builtin().WithPolicy(vers.Policy{AnyEpoch: true, AnyRelease: true})
	r, _ := feed.ParseVERS("vers:rpm/<=3.0.7")
	in, _ := r.Contains("1:3.0.7-24.el9")
	fmt.Println(in)
	// Output: yes
}

func ExampleSchemes_CompareStrings() {
	c, comparable, err := vers.Builtin().CompareStrings("deb", "7.88.1-10+deb12u1", "7.88.1-10+deb12u5")
	fmt.Println(c, comparable, err)
	// Output: -1 true <nil>
}
