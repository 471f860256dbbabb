package oracle

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// openDpkg builds the program of tools/dpkg.c with the library of dpkg. The module of Perl,
// which needs no compiler, holds numbers as doubles and is not what dpkg does.
func openDpkg(ctx context.Context, folder string) (Opened, error) {
	version, err := run(ctx, "", []string{"pkg-config", "--modversion", "libdpkg"})
	if err != nil {
		return Opened{}, fmt.Errorf("%w: %w", ErrMissing, err)
	}
	program := filepath.Join(folder, "compare")
	if _, err := run(ctx, "", []string{"cc", "-o", program, filepath.Join("tools", "dpkg.c"), "-ldpkg"}); err != nil {
		return Opened{}, fmt.Errorf("%w: %w", ErrMissing, err)
	}
	return Opened{
		Version: strings.TrimSpace(version),
		Compare: func(ctx context.Context, pairs []Pair) ([]Answer, error) { return ask(ctx, []string{program}, pairs) },
	}, nil
}
