package vers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/purl/vers"
)

func TestOtherCount(t *testing.T) {
	schemes := vers.Builtin()
	for _, c := range []struct {
		a, b  string
		other bool
	}{
		{"24.3.61.0", "2024", true},     // AutoCAD 2024 of the uninstall keys
		{"231.9161.38", "2023.1", true}, // IntelliJ IDEA 2023.1.3 there
		{"3.8.10150.0", "3.8.20", true}, // Python 3.8.10 there
		{"10.0.2034.0", "1463", true},   // ESET Endpoint Security, and a module in it
		{"20.0.7943", "20.0.1-3180", true},
		{"2023.1", "2024", false},
		{"109.0.5414", "130.0.1", false},
		{"999.1", "1044.2", false},
		{"10.0.17763.1", "10.0.17763", false},
		{"7.0.0", "7.0.1234", false}, // zero fits both
		{"7.1", "7.1.2034", false},
		{"8.0.6570", "8.0.7190", false},
		{"1.2", "1.2", false},
	} {
		for _, scheme := range []string{"vendor", "dotted"} {
			a, _, err := schemes.AppendKey(nil, lookup(t, scheme), c.a)
			b, _, other := schemes.AppendKey(nil, lookup(t, scheme), c.b)
			if err != nil || other != nil {
				continue // words are for the first scheme only
			}
			assert.Equal(t, c.other, vers.OtherCount(a, string(b)), "%s: %s and %s", scheme, c.a, c.b)
			assert.Equal(t, c.other, vers.OtherCount(b, string(a)), "%s: %s and %s", scheme, c.b, c.a)
		}
	}
	assert.False(t, vers.OtherCount(nil, ""))
	assert.False(t, vers.OtherCount([]byte("a\x00\x42"), "b\x00\x44"), "other lines")
}

func TestLonger(t *testing.T) {
	schemes := vers.Builtin()
	for _, c := range []struct {
		a, b   string
		longer bool
	}{
		{"9", "9.0.74", true},
		{"8.0", "8.0.36", true},
		{"2.4", "2.4.57", true},
		{"9", "9", false},
		{"9", "9.0", false}, // the same version
		{"9.0", "9.1", true},
		{"9", "10.0.1", false},
		{"9.0.1", "9.0.1.2", false}, // three numbers are one version
		{"9", "9-rc1", false},
	} {
		a, _, err := schemes.AppendKey(nil, lookup(t, "vendor"), c.a)
		assert.NoError(t, err)
		b, _, err := schemes.AppendKey(nil, lookup(t, "vendor"), c.b)
		assert.NoError(t, err)
		assert.Equal(t, c.longer, vers.Longer(a, string(b)), "%s and %s", c.a, c.b)
	}
	assert.False(t, vers.Longer(nil, ""))
	assert.False(t, vers.Longer([]byte("\x00\x45\x20"), "\x00\x45\x45"), "cut off")
}
