package vers_test

import (
	"cmp"
	"regexp"
	"strings"
)

var condaRuns = regexp.MustCompile(`[0-9]+|[*]+|[^0-9*]+`)

// condaParse returns the components of the epoch and version, and those of the local
// version.
func condaParse(version string) (main, local [][]string) {
	s := strings.ToLower(strings.TrimSpace(version))
	if !strings.Contains(s, "_") {
		s = strings.ReplaceAll(s, "-", "_")
	}
	epoch, rest, ok := strings.Cut(s, "!")
	if !ok {
		epoch, rest = "0", s
	}
	rest, localText, hasLocal := strings.Cut(rest, "+")
	last := ""
	if strings.HasSuffix(rest, "_") {
		rest, last = rest[:len(rest)-1], "_"
	}
	split := func(s string) []string { return strings.Split(strings.ReplaceAll(s, "_", "."), ".") }
	parts := append([]string{epoch}, split(rest)...)
	parts[len(parts)-1] += last
	runs := func(parts []string) (list [][]string) {
		for _, part := range parts {
			run := condaRuns.FindAllString(part, -1)
			if !isNumber(run[0]) {
				run = append([]string{"0"}, run...)
			}
			list = append(list, run)
		}
		return list
	}
	if hasLocal {
		local = runs(split(localText))
	}
	return runs(parts), local
}

// modelConda compares component by component and run by run; what is missing is 0.
func modelConda(a, b string) (int, bool) {
	ma, la := condaParse(a)
	mb, lb := condaParse(b)
	return cmp.Or(compareConda(ma, mb), compareConda(la, lb)), true
}

func compareConda(a, b [][]string) int {
	at := func(list [][]string, i, j int) string {
		if i < len(list) && j < len(list[i]) {
			return list[i][j]
		}
		return "0"
	}
	class := func(s string) int {
		switch {
		case isNumber(s):
			return 1
		case s == "post":
			return 2
		default:
			return 0
		}
	}
	text := func(s string) string {
		if s == "dev" {
			return "DEV"
		}
		return s
	}
	count := func(list [][]string, i int) int {
		if i < len(list) {
			return len(list[i])
		}
		return 0
	}
	for i := range max(len(a), len(b)) {
		for j := range max(count(a, i), count(b, i)) {
			x, y := at(a, i, j), at(b, i, j)
			c := cmp.Compare(class(x), class(y))
			if c == 0 && class(x) == 1 {
				c = bigNumber(x).Cmp(bigNumber(y))
			} else if c == 0 {
				c = cmp.Compare(text(x), text(y))
			}
			if c != 0 {
				return c
			}
		}
	}
	return 0
}
