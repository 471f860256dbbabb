package vers_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestModelCiscoIOS(t *testing.T) {
	agree(t, "cisco-ios", func(r *rand.Rand) sample {
		major, minor, release := 12, r.IntN(3), 1+r.IntN(12)
		if r.IntN(2) == 0 {
			major = 15
		}
		inner, train := one(r, "", "", "a", "d"), one(r, "", "T", "S", "SXB")
		if major == 15 && train == "" {
			train = "M"
		}
		s := sample{order: []int{release, letterOrder(inner), 0, 0}}
		s.text = fmt.Sprintf("%d.%d(%d%s)%s", major, minor, release, inner, train)
		s.line = fmt.Sprint(major, ".", minor, train)
		if train == "" {
			return s
		}
		if inner != "" {
			s.line += fmt.Sprint(release, inner)
		}
		if r.IntN(3) > 0 {
			s.order[2] = r.IntN(12)
			s.text += fmt.Sprint(s.order[2])
			letter := one(r, "", "", "a", "k")
			s.order[3] = letterOrder(letter)
			s.text += letter
		}
		if r.IntN(4) == 0 {
			s.text = strings.ReplaceAll(strings.ReplaceAll(s.text, "(", `\(`), ")", `\)`)
		}
		return s
	})
}

func TestModelCiscoIOSXE(t *testing.T) {
	agree(t, "cisco-iosxe", func(r *rand.Rand) sample {
		s := sample{order: []int{one(r, 3, 16, 17), r.IntN(13), r.IntN(12), 0, 0}}
		letter := one(r, "", "", "a", "v", "w", "y")
		s.order[3] = letterOrder(letter)
		s.text = fmt.Sprintf(one(r, "%d.%d.%d", "%02d.%02d.%02d"), s.order[0], s.order[1], s.order[2])
		train := ""
		if s.order[0] == 3 {
			train = one(r, "S", "SG", "E")
		}
		s.line = train
		s.text += letter + train
		if letter >= "w" {
			s.line += "/" + letter
			if r.IntN(2) == 0 && train == "" {
				s.order[4] = 1 + r.IntN(3)
				s.text += fmt.Sprint(s.order[4])
			}
		}
		return s
	})
}

func TestModelCiscoNXOS(t *testing.T) {
	agree(t, "cisco-nxos", func(r *rand.Rand) sample {
		s := sample{order: []int{5 + r.IntN(6), r.IntN(4), r.IntN(14), 0, 0, 0, 0, 0}}
		s.text = fmt.Sprintf("%d.%d(%d", s.order[0], s.order[1], s.order[2])
		if s.line = one(r, "", "A", "U", "SV"); s.line == "" {
			letter := one(r, "", "a", "z")
			s.order[3] = letterOrder(letter)
			s.text += letter + ")" + one(r, "", "F", "M")
			return s
		}
		s.order[4], s.order[5] = r.IntN(9), 1+r.IntN(12)
		s.text += fmt.Sprintf(")%s%d(%d", s.line, s.order[4], s.order[5])
		if r.IntN(2) == 0 {
			s.order[6] = r.IntN(12)
			s.text += fmt.Sprint(".", s.order[6])
		}
		letter := one(r, "", "a", "c")
		s.order[7] = letterOrder(letter)
		s.text += letter + ")"
		return s
	})
}
