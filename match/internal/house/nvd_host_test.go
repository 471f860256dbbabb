package house_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/nvd"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/cpe"
)

// TestNVDHosts evaluates configurations over whole hosts. The first product of each host is
// asked about; "?" in front of the others says that there may be more.
func TestNVDHosts(t *testing.T) {
	match1 := func(criteria, rest string) string {
		return `{"vulnerable":true,"criteria":"cpe:2.3:` + criteria + `"` + rest + `}`
	}
	beside := func(criteria string) string { return `{"vulnerable":false,"criteria":"cpe:2.3:` + criteria + `"}` }
	node := func(head string, matches ...string) string {
		return `{` + head + `"cpeMatch":[` + strings.Join(matches, ",") + `]}`
	}
	config := func(head string, nodes ...string) string {
		return `{` + head + `"nodes":[` + strings.Join(nodes, ",") + `]}`
	}
	const (
		gate    = "a:acme:gate:*:*:*:*:*:*:*:*"
		hinge   = "a:acme:hinge:*:*:*:*:*:*:*:*"
		windows = "o:microsoft:windows:-:*:*:*:*:*:*:*"
		gate14  = "a:acme:gate:1.4:*:*:*:*:*:*:*"
		gate15  = "a:acme:gate:1.5:*:*:*:*:*:*:*"
		gateAny = gate
		hinge2  = "a:acme:hinge:2.0:*:*:*:*:*:*:*"
		win10   = "o:microsoft:windows_10_22h2:10.0:*:*:*:*:*:x64:*"
		linux   = "o:linux:linux_kernel:6.1:*:*:*:*:*:*:*"
	)
	below := match1(gate, `,"versionEndExcluding":"1.5"`)
	for name, c := range map[string]struct {
		configurations string
		hosts          map[string]string
	}{
		"alone": {config("", node("", below)), map[string]string{
			gate14: "affected", gate15: "not_affected", gateAny: "unknown", hinge2: "no_statement",
		}},
		"running on": {config(`"operator":"AND",`, node("", below), node("", beside(windows))), map[string]string{
			gate14 + " " + win10: "affected", gate14 + " " + linux: "not_affected", gate14: "not_affected", "?" + gate14: "unknown",
			"?" + gate15: "not_affected", gateAny + " " + linux: "not_affected", win10 + " " + gate14: "no_statement",
		}},
		"two together": {config(`"operator":"AND",`, node("", below), node("", match1(hinge, `,"versionStartIncluding":"2.0"`))), map[string]string{
			gate14 + " " + hinge2: "affected", hinge2 + " " + gate14: "affected", hinge2 + " " + gate15: "not_affected",
			hinge2 + " " + gateAny: "unknown", hinge2: "not_affected", "?" + hinge2: "unknown",
		}},
		"together in one node": {config("", node(`"operator":"AND",`, below, beside(windows))), map[string]string{
			gate14 + " " + win10: "affected", gate14: "not_affected",
		}},
		"alternatives": {config(`"operator":"OR",`, node("", below), node("", match1(hinge, ""))), map[string]string{
			gate14: "affected", hinge2: "affected", gate15: "not_affected",
		}},
		"configurations": {config("", node("", below)) + "," + config(`"operator":"AND",`, node("", match1(gate, "")), node("", beside(windows))), map[string]string{
			gate15 + " " + win10: "affected", gate15 + " " + linux: "not_affected", "?" + gate15: "unknown", "?" + gate14: "affected",
		}},
		"negated node": {config("", node(`"negate":true,`, below)), map[string]string{
			gate14: "not_affected", gate15: "affected", gateAny: "unknown", hinge2: "no_statement",
		}},
		"negated configuration": {config(`"operator":"AND","negate":true,`, node("", below), node("", beside(windows))), map[string]string{
			gate14 + " " + win10: "not_affected", gate14 + " " + linux: "affected", gate15 + " " + win10: "affected", "?" + gate14: "unknown",
		}},
		"negated platform": {config(`"operator":"AND",`, node("", below), node(`"negate":true,`, beside(windows))), map[string]string{
			gate14 + " " + win10: "not_affected", gate14 + " " + linux: "affected", "?" + gate14: "unknown",
		}},
	} {
		m := compileText(t, `{"id":"CVE-2099-1","vulnStatus":"Analyzed","configurations":[`+c.configurations+`]}`)
		for host, want := range c.hosts {
			names, incomplete := strings.CutPrefix(host, "?")
			h := &match.Host{InstallationsComplete: !incomplete, PlatformsComplete: !incomplete}
			for _, text := range strings.Fields(names) {
				h.Installations = append(h.Installations, match.Installation{Host: h, CPE: cpe.MustParse("cpe:2.3:" + text), FactsComplete: !incomplete})
			}
			e := m.Explain(&h.Installations[0], "CVE-2099-1")
			got := e.Verdict.Status.String()
			if want == "not_affected" && got == "no_statement" {
				continue // the same, of what NVD does not list
			}
			assert.Equal(t, want, got, "%s: %s\n%s", name, host, e)
		}
	}
}

// TestNVDPlatformFact: an operating system may be known by the fact "platform".
func TestNVDPlatformFact(t *testing.T) {
	m := compileText(t, `{"id":"CVE-2099-1","vulnStatus":"Analyzed","configurations":[{"operator":"AND","nodes":[
		{"cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:*","versionEndExcluding":"1.5"}]},
		{"cpeMatch":[{"vulnerable":false,"criteria":"cpe:2.3:o:microsoft:windows:-:*:*:*:*:*:*:*"}]}]}]}`)
	for platform, want := range map[string]string{
		"Windows Server 2019": "affected", "Windows": "affected", "": "unknown", "Ubuntu 22.04": "unknown",
	} {
		in := &match.Installation{Vendor: "Acme", Product: "Gate", Version: "1.4"}
		if platform != "" {
			in.Facts = match.Facts{"platform": platform}
		}
		e := m.Explain(in, "CVE-2099-1")
		assert.Equal(t, want, e.Verdict.Status.String(), "%s\n%s", platform, e)
	}
}

func compileText(t *testing.T, text string) *match.Matcher {
	t.Helper()
	b := match.NewBuilder(match.Options{})
	for a, err := range advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{}, nvd.Decoder{}) {
		require.NoError(t, err)
		require.Empty(t, a.Problems)
		require.NoError(t, b.Add(a))
	}
	m, err := b.Build()
	require.NoError(t, err)
	return m
}
