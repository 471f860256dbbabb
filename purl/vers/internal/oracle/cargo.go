package oracle

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// crateFolders are where the source of the crate semver lies: in the packages of a
// distribution, or where cargo keeps what it has downloaded.
var crateFolders = []string{
	"/usr/share/cargo/registry/semver-1.*",
	"$CARGO_HOME/registry/src/*/semver-1.*",
	"$HOME/.cargo/registry/src/*/semver-1.*",
}

// openCargo builds the program of tools/cargo.rs with the crate that is on the machine.
func openCargo(ctx context.Context, folder string) (Opened, error) {
	crate := ""
	for _, name := range crateFolders {
		found, err := filepath.Glob(os.ExpandEnv(name))
		if err != nil {
			return Opened{}, err
		}
		if len(found) > 0 {
			crate = found[len(found)-1]
			break
		}
	}
	if crate == "" {
		return Opened{}, ErrMissing
	}
	// Cargo itself would look for the optional dependencies of the crate, which are not used.
	built, program := filepath.Join(folder, "libsemver.rlib"), filepath.Join(folder, "compare")
	for _, line := range [][]string{
		{"--crate-type", "rlib", "--crate-name", "semver", "--cfg", `feature="std"`, "-o", built, filepath.Join(crate, "src", "lib.rs")},
		{"--extern", "semver=" + built, "-o", program, filepath.Join("tools", "cargo.rs")},
	} {
		if _, err := run(ctx, "", append([]string{"rustc", "--edition", "2021", "--cap-lints", "allow"}, line...)); err != nil {
			return Opened{}, fmt.Errorf("%w: %w", ErrMissing, err)
		}
	}
	return Opened{
		Version: filepath.Base(crate)[len("semver-"):],
		Compare: func(ctx context.Context, pairs []Pair) ([]Answer, error) { return ask(ctx, []string{program}, pairs) },
	}, nil
}
