package oracle

import (
	"context"
	_ "embed" // for go.mod
	"strings"

	version "github.com/hashicorp/go-version"
	"golang.org/x/mod/semver"
)

//go:embed go.mod
var requirements string

// openModule opens golang.org/x/mod/semver, which demands a v in front. With bare it gets
// one where there is none: Semantic Versioning itself knows no v.
func openModule(bare bool) func(context.Context, string) (Opened, error) {
	return library(moduleVersion("golang.org/x/mod"), func(a, b string) Answer {
		if bare {
			a, b = withV(a), withV(b)
		}
		if !semver.IsValid(a) || !semver.IsValid(b) {
			return Refused
		}
		return Answer(semver.Compare(a, b))
	})
}

func withV(text string) string {
	if text != "" && text[0] == 'v' {
		return text
	}
	return "v" + text
}

// openHashicorp opens github.com/hashicorp/go-version.
func openHashicorp() func(context.Context, string) (Opened, error) {
	return library(moduleVersion("github.com/hashicorp/go-version"), func(a, b string) Answer {
		v, errA := version.NewVersion(a)
		w, errB := version.NewVersion(b)
		if errA != nil || errB != nil {
			return Refused
		}
		return Answer(v.Compare(w))
	})
}

// moduleVersion returns the version of a module that go.mod requires.
func moduleVersion(path string) string {
	for line := range strings.Lines(requirements) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == path {
			return fields[1]
		}
	}
	return "unknown version"
}
