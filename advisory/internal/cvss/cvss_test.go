package cvss_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory/internal/cvss"
)

// Examples of the specifications and of the test suites of CSAF, and vectors computed by hand.
func TestScores(t *testing.T) {
	for _, c := range []struct {
		vector                        string
		base, temporal, environmental float64
	}{
		{"AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8, 7.8, 7.8},
		{"AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C", 7.8, 6.4, 6.4},                             // CVE-2002-0392
		{"AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H", 7.8, 6.4, 9.2},   // the same
		{"AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:L", 10.0, 8.3, 9.0},  // CVE-2003-0818
		{"AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:M", 6.2, 4.9, 7.5}, // CVE-2003-0062
		{"AV:N/AC:L/Au:S/C:P/I:P/A:N", 5.5, 5.5, 5.5},
		{"CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4, 6.4, 6.4},
		{"CVSS:3.1/AV:L/AC:L/PR:H/UI:R/S:U/C:H/I:H/A:H", 6.5, 6.5, 6.5},
		{"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10, 10, 10},
		{"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0, 0, 0},
		{"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O/RC:C", 9.8, 8.8, 8.8},
		{"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/MAV:L/CR:L", 9.8, 9.8, 8.1},
		{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10, 10, 10},
		{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:P", 9.3, 9.3, 9.3},
		{"CVSS:4.0/AV:L/AC:L/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:L/SI:L/SA:L", 5.4, 5.4, 5.4},
		{"CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N", 5.3, 5.3, 5.3},
		{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0, 0, 0},
		{"CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 8.5, 8.5, 8.5},
		{"CVSS:4.0/AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 5.2, 5.2, 5.2},
		{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:P/MAV:A/MPR:L/MUI:P/MVI:N/MVA:N", 5.4, 5.4, 5.4},
	} {
		v, err := cvss.Parse(c.vector)
		require.NoError(t, err, c.vector)
		assert.Equal(t, cvss.Scores{Base: c.base, Temporal: c.temporal, Environmental: c.environmental}, v.Scores(), c.vector)
	}
}

func TestParse(t *testing.T) {
	for _, text := range []string{
		"", "x", "CVSS:3.1", "CVSS:3.1/", "CVSS:3.2/AV:N", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H",
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/A:H", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:X",
		"CVSS:3.1/AV:/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "AV:N/AC:L/Au:N/C:N/I:N/A:C/", "CVSS:4.0/AV:N",
	} {
		_, err := cvss.Parse(text)
		assert.ErrorIs(t, err, cvss.ErrVector, text)
	}
	v, err := cvss.Parse("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")
	require.NoError(t, err)
	assert.Equal(t, "3.1", v.Version())
	value, ok := v.Metric("E")
	assert.True(t, ok)
	assert.Equal(t, "X", value)
	_, ok = v.Metric("VC")
	assert.False(t, ok)
	for score, want := range map[float64]string{0: "NONE", 0.1: "LOW", 4: "MEDIUM", 7: "HIGH", 9: "CRITICAL"} {
		assert.Equal(t, want, cvss.Severity(score))
	}
}

// Whatever the vector, its score is a number from 0 to 10 with one digit behind the point.
func FuzzScores(f *testing.F) {
	f.Add("CVSS:4.0/AV:L/AC:L/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:L/SI:L/SA:L/MSI:S/CR:L")
	f.Add("CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N/MS:U")
	f.Add("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H")
	f.Fuzz(func(t *testing.T, text string) {
		v, err := cvss.Parse(text)
		if err != nil {
			return
		}
		s := v.Scores()
		for _, score := range []float64{s.Base, s.Temporal, s.Environmental} {
			require.True(t, 0 <= score && score <= 10, "%s: %v", text, s)
			require.InDelta(t, float64(int(score*10+0.5)), score*10, 1e-9)
		}
	})
}
