package vers_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// A sample is a version as a vendor writes it, with what orders it: the line, and numbers
// that compare one by one. The models are the rules of the schemes without any of their
// code.
type sample struct {
	text, line string
	order      []int
}

// agree draws pairs of samples and requires that the keys say what the model says, that a
// version lies in all of its branches, and that the branches nest.
func agree(t *testing.T, name string, draw func(r *rand.Rand) sample) {
	t.Helper()
	scheme, ok := vers.Builtin().Lookup(name)
	require.True(t, ok, name)
	r := rand.New(rand.NewPCG(7, 11))
	key := func(s sample) (string, string) {
		key, line, err := scheme.AppendKey(nil, s.text)
		require.NoError(t, err, "%s", name)
		return string(key[:line]), string(key)
	}
	for i := range 20000 {
		a, b := draw(r), draw(r)
		lineA, keyA := key(a)
		lineB, keyB := key(b)
		require.Equal(t, a.line == b.line, lineA == lineB, "%s: lines of %s ? %s", name, a.text, b.text)
		if a.line == b.line {
			require.Equal(t, slices.Compare(a.order, b.order), strings.Compare(keyA, keyB), "%s: %s ? %s", name, a.text, b.text)
		}
		if i%10 > 0 {
			continue
		}
		var low, high []byte
		for depth := 12; depth >= 1; depth-- {
			lo, hi, _, err := scheme.AppendBranch(nil, nil, a.text, depth)
			require.NoError(t, err, a.text)
			require.True(t, string(lo) <= keyA && keyA < string(hi), "%s: %s at depth %d", name, a.text, depth)
			if low != nil {
				require.True(t, bytes.Compare(lo, low) <= 0 && bytes.Compare(high, hi) <= 0, "%s: %s at depth %d", name, a.text, depth)
			}
			low, high = lo, hi
		}
	}
}

// one returns an element of a list.
func one[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// letterOrder gives the place of a letter, 0 for none.
func letterOrder(letter string) int {
	if letter == "" {
		return 0
	}
	return int(letter[0]|0x20-'a') + 1
}

func TestModelJunos(t *testing.T) {
	agree(t, "junos", func(r *rand.Rand) sample {
		year, quarter, n := 9+r.IntN(3), 1+r.IntN(3), 1+r.IntN(12)
		s := sample{line: one(r, "", "x49", "x75", "f"), order: []int{year, quarter, n, 0, 0}}
		s.text = fmt.Sprintf("%d.%d", year, quarter)
		switch s.line {
		case "":
			s.text += one(r, "R", "r")
		case "f":
			s.text += "F"
		default:
			s.text += strings.ToUpper(s.line) + "-D"
		}
		s.text += fmt.Sprint(n)
		if r.IntN(2) == 0 {
			s.order[4] = 1 + r.IntN(12)
			s.text += fmt.Sprint(".", s.order[4])
		} else if r.IntN(2) == 0 {
			s.order[3] = 1 + r.IntN(12)
			s.text += fmt.Sprint("-S", s.order[3])
			if r.IntN(2) == 0 {
				s.order[4] = 1 + r.IntN(12)
				s.text += fmt.Sprint(".", s.order[4])
			}
		}
		if r.IntN(2) == 0 {
			s.text += one(r, "-EVO", "-evo")
			s.line += "/evo"
		}
		return s
	})
}

func TestModelNetScaler(t *testing.T) {
	agree(t, "netscaler", func(r *rand.Rand) sample {
		release, build, part := 12+r.IntN(3), 1+r.IntN(60), 10+r.IntN(90)
		minor := r.IntN(2)
		s := sample{line: one(r, "", "FIPS", "NDcPP"), order: []int{release, minor, build, part}}
		s.text = fmt.Sprintf(one(r, "%d.%d-%d.%d", "NS%d.%d: Build %d.%d.nc", "%d.%d %d.%d"), release, minor, build, part)
		if s.line != "" {
			s.text += one(r, "-", " ") + s.line
		}
		return s
	})
}

func TestModelESXi(t *testing.T) {
	agree(t, "esxi", func(r *rand.Rand) sample {
		major, minor, update, build := 6+r.IntN(3), one(r, 0, 5, 7), r.IntN(4), 1_000_000+r.IntN(40_000_000)
		s := sample{order: []int{major, minor, update, build}}
		switch r.IntN(4) {
		case 0:
			s.text = fmt.Sprintf("%d.%d.%d-0.%d.%d", major, minor, update, r.IntN(90), build)
		case 1:
			s.text = fmt.Sprintf("VMware ESXi %d.%d.%d build-%d", major, minor, update, build)
		case 2:
			s.text = fmt.Sprintf("ESXi%d%dU%d%s-%d", major, minor, update, one(r, "", "a", "sb"), build)
		default:
			s.text = fmt.Sprintf("%d.%d Update %d build %d", major, minor, update, build)
		}
		return s
	})
}

func TestModelZyxel(t *testing.T) {
	agree(t, "zyxel", func(r *rand.Rand) sample {
		major, minor := 4+r.IntN(2), r.IntN(40)
		s := sample{line: one(r, "", "AAZF", "ABVT"), order: []int{major, minor, 0, 0, 0}}
		s.text = fmt.Sprintf(one(r, "V%d.%02d", "%d.%02d"), major, minor)
		if s.line == "" {
			if s.order[2] = r.IntN(12); s.order[2] > 0 {
				s.text += fmt.Sprint(one(r, " Patch ", "_patch"), s.order[2])
			}
			return s
		}
		s.order[2] = r.IntN(20)
		s.text += fmt.Sprintf("(%s.%d)", s.line, s.order[2])
		switch r.IntN(3) {
		case 0:
			s.order[3], s.order[4] = -1, r.IntN(12)
			s.text += fmt.Sprint("b", s.order[4])
		case 1:
			s.order[4] = r.IntN(3)
			s.text += fmt.Sprint("C", s.order[4])
		}
		return s
	})
}

func TestModelJDK(t *testing.T) {
	agree(t, "jdk", func(r *rand.Rand) sample {
		var s sample
		if r.IntN(2) == 0 {
			feature, update := 5+r.IntN(4), 1+r.IntN(500)
			s.order = []int{feature, 0, update, 0}
			s.text = fmt.Sprintf(one(r, "%du%d", "1.%d.0_%02d-b07", "Java SE: %du%d", "jdk%du%d-b08"), feature, update)
			if r.IntN(4) == 0 {
				s.text, s.line = s.text+"-perf", "perf"
			}
			return s
		}
		s.order = []int{9 + r.IntN(12), r.IntN(2), r.IntN(12), r.IntN(3)}
		s.text = fmt.Sprintf("%d.%d.%d.%d", s.order[0], s.order[1], s.order[2], s.order[3])
		for s.order[3] == 0 && strings.HasSuffix(s.text, ".0") && r.IntN(2) == 0 {
			s.text = strings.TrimSuffix(s.text, ".0")
		}
		s.text += one(r, "", "+7", "+11-LTS")
		return s
	})
}

func TestModelAIX(t *testing.T) {
	agree(t, "aix", func(r *rand.Rand) sample {
		s := sample{order: []int{6 + r.IntN(2), 1 + r.IntN(3), r.IntN(12), 1 + r.IntN(12), 0}}
		if r.IntN(2) == 0 {
			s.text = fmt.Sprintf("%d.%d TL%d SP%d", s.order[0], s.order[1], s.order[2], s.order[3])
			return s
		}
		s.text = fmt.Sprintf("%d%d00-%02d-%02d", s.order[0], s.order[1], s.order[2], s.order[3])
		if r.IntN(2) == 0 {
			s.order[4] = 2001 + r.IntN(500)
			s.text += fmt.Sprint("-", s.order[4])
		}
		return s
	})
}

func TestModelDate(t *testing.T) {
	months := []string{"January", "Feb", "March", "Apr", "May", "Jun", "Jul", "August", "Sep", "Oct", "November", "Dec"}
	agree(t, "date", func(r *rand.Rand) sample {
		year, month, day := 2020+r.IntN(4), 1+r.IntN(12), 1+r.IntN(31)
		s := sample{order: []int{year, month, day, -1, 0, 0}}
		switch r.IntN(4) {
		case 0:
			s.text = fmt.Sprintf("%04d%02d%02d", year, month, day)
		case 1:
			s.text = fmt.Sprintf("%d %s %d", day, months[month-1], year)
		case 2:
			s.text = fmt.Sprintf("%s %d, %d", months[month-1], day, year)
		default:
			s.text = fmt.Sprintf("%04d-%02d-%02d", year, month, day)
			if r.IntN(2) == 0 {
				s.order[3], s.order[4], s.order[5] = 1+r.IntN(23), 1+r.IntN(59), 1+r.IntN(59)
				s.text += fmt.Sprintf("T%02d-%02d-%02dZ", s.order[3], s.order[4], s.order[5])
			}
		}
		return s
	})
	agree(t, "smr", func(r *rand.Rand) sample {
		year, month, release := 2020+r.IntN(4), 1+r.IntN(12), 1+r.IntN(3)
		s := sample{order: []int{year, month, release}}
		s.text = fmt.Sprintf("SMR %s-%d Release", months[month-1][:3], year)
		if release > 1 || r.IntN(2) == 0 {
			s.text += fmt.Sprint(" ", release)
		}
		s.text += one(r, "", " in Android 12, 13")
		return s
	})
}

func TestModelBIOS(t *testing.T) {
	agree(t, "bios", func(r *rand.Rand) sample {
		model, tail, n := one(r, "EQCN", "N2WET", "JACN"), one(r, "WW", "W", ""), r.IntN(200)
		return sample{text: fmt.Sprintf("%s%02d%s", model, n, tail), line: model + "/" + tail, order: []int{n}}
	})
	agree(t, "bios", func(r *rand.Rand) sample {
		kind, model, release, patch := one(r, "LW", "lw", "LHS"), one(r, "SB4", "PR2", "tu"), r.IntN(100), r.IntN(300)
		return sample{text: fmt.Sprintf("%s%d.%s.P%03d", kind, release, model, patch), line: strings.ToUpper(kind) + "/" + model, order: []int{release, patch}}
	})
}

// The ladder of levels with pre-releases, as Siemens, Apache and others write it.
func TestModelLadder(t *testing.T) {
	agree(t, "ladder(<M,<RC,SP,Update,HF,-GA)", func(r *rand.Rand) sample {
		s := sample{order: make([]int, 8)}
		n := 1 + r.IntN(4)
		for i := range n {
			s.order[i] = r.IntN(12)
			s.text += one(r, ".", ".0") + fmt.Sprint(s.order[i])
		}
		s.text = one(r, "", "V", "Version ") + s.text[1:]
		for i, words := range [][]string{{" SP", " Service Pack ", "_SP"}, {" Update ", " Upd ", "-Update-"}, {" HF", "_Hotfix_", " hot fix "}} {
			if r.IntN(2) == 0 {
				continue
			}
			s.text += one(r, words...)
			if r.IntN(5) == 0 {
				s.order[4+i] = 1 // without a number
				continue
			}
			number := r.IntN(12)
			s.text += fmt.Sprint(number)
			if number > 0 {
				s.order[4+i] = 1 + number
			}
		}
		switch r.IntN(4) {
		case 0:
			number := 1 + r.IntN(12)
			s.text += fmt.Sprint("-M", number)
			s.order[7] = -200 + number
		case 1:
			number := 1 + r.IntN(12)
			s.text += fmt.Sprint(".RC", number)
			s.order[7] = -100 + number
		case 2:
			s.text += " GA"
		}
		return s
	})
}

// Lines that a number tells, and years.
func TestModelLadderLines(t *testing.T) {
	agree(t, "ladder(2020=20,line=3:10000:14000)", func(r *rand.Rand) sample {
		year, n, build, rest := 15+r.IntN(10), r.IntN(3), 9990+r.IntN(20), r.IntN(30)
		if r.IntN(2) == 0 {
			build += 4000
		}
		s := sample{order: []int{year, n, build, rest}}
		switch {
		case build >= 14000:
			s.line = "14000"
		case build >= 10000:
			s.line = "10000"
		}
		s.text = fmt.Sprintf(one(r, "20%d.%d.%d.%d", "%d.%03d.%d.%05d"), year, n, build, rest)
		return s
	})
	agree(t, "ladder(CU@LTSR,HF,@LTSR)", func(r *rand.Rand) sample {
		s := sample{order: []int{one(r, 1912, 2203, 2402), 0, 0}}
		s.text = fmt.Sprint(s.order[0])
		if r.IntN(2) == 0 {
			s.text, s.line = s.text+" LTSR", "ltsr"
		}
		if r.IntN(2) == 0 {
			s.order[1] = 1 + r.IntN(9)
			s.text, s.line = s.text+fmt.Sprint(" CU", s.order[1]), "ltsr"
		}
		if r.IntN(3) == 0 {
			s.order[2] = 1 + r.IntN(4)
			s.text += fmt.Sprint(" hotfix ", s.order[2])
		}
		return s
	})
}
