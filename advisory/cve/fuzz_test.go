package cve_test

import (
	"testing"

	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/advisory/internal/jsontest"
)

// FuzzDecode reads anything.
func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, cve.Decoder{},
		`{"cveMetadata":{"state":"REJECTED"}}`,
		record(`[{"vendor":"\ud800","product":"a\u0000b","versions":[{"version":"1","status":"affected"}]}]`))
}
