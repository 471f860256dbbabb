package match_test

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/match"
)

// TestReleaseIn: the library is named by its version and checksum where a program uses it, also in
// the place of another, and by its commit where it is built by itself.
func TestReleaseIn(t *testing.T) {
	const path = "github.com/affected-go/affected"
	used := func(deps ...*debug.Module) *debug.BuildInfo {
		return &debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Path: "example.com/program", Version: "v9.9.9"}, Deps: deps,
			Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "ofprogram"}, {Key: "vcs.modified", Value: "true"}}}
	}
	alone := func(settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Path: path}, Settings: settings}
	}
	for want, info := range map[string]*debug.BuildInfo{
		"unknown":                        used(&debug.Module{Path: path + "/other", Version: "v1.0.0"}),
		"v1.2.0 h1:abc= go1.26":          used(&debug.Module{Path: "example.com/a"}, &debug.Module{Path: path, Version: "v1.2.0", Sum: "h1:abc="}),
		"v1.3.0 go1.26":                  used(&debug.Module{Path: path, Version: "v1.2.0", Replace: &debug.Module{Path: "example.com/fork", Version: "v1.3.0"}}),
		"(devel) go1.26":                 alone(),
		"(devel) c0ffee go1.26":          alone(debug.BuildSetting{Key: "vcs", Value: "git"}, debug.BuildSetting{Key: "vcs.revision", Value: "c0ffee"}, debug.BuildSetting{Key: "vcs.modified", Value: "false"}),
		"(devel) c0ffee modified go1.26": alone(debug.BuildSetting{Key: "vcs.revision", Value: "c0ffee"}, debug.BuildSetting{Key: "vcs.modified", Value: "true"}),
	} {
		assert.Equal(t, want, match.ReleaseIn(info))
	}
}
