package osv_test

import (
	"testing"

	"github.com/affected-go/affected/advisory/internal/jsontest"
	"github.com/affected-go/affected/advisory/osv"
)

// FuzzDecode reads anything.
func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, osv.Decoder{},
		full,
		document(`[{"package":{"ecosystem":"SUSE:sp 1 sp-","name":"\ud800"},"ranges":[{"type":"SEMVER","events":[{"limit":"1"},{"introduced":"a\u0000b"}]}]}]`))
}
