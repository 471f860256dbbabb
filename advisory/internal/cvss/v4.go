package cvss

import (
	"math"
	"strings"
)

// score4 follows the specification of version 4.0, section 8: the score of the macro vector,
// lowered by how far the vector lies from the highest vectors of it.
func (v Vector) score4() float64 {
	if v.effective("VC")+v.effective("VI")+v.effective("VA")+v.effective("SC")+v.effective("SI")+v.effective("SA") == "NNNNNN" {
		return 0
	}
	m := v.macro()
	value := m.score()
	distances := v.distances(m)
	lower := [...]float64{m.less(0, 1).score(), m.less(1, 1).score(), m.lessImpact(), m.less(3, 1).score(), m.less(4, 1).score()}
	depths := [...]int{[]int{1, 4, 5}[m[0]], []int{1, 2}[m[1]], impactDepth(m), []int{6, 5, 4}[m[3]], 1}
	sum, count := 0.0, 0
	for i, below := range lower {
		if math.IsNaN(below) {
			continue
		}
		count++
		sum += (value - below) * float64(distances[i]) / float64(depths[i])
	}
	if count > 0 {
		value -= sum / float64(count)
	}
	return math.Round(max(0, min(10, value))*10+1e-6) / 10
}

// effective returns the value that a metric has for the score: the modified one where it is
// defined, and the worst where nothing is (tables 12 to 15).
func (v Vector) effective(name string) string {
	if value, ok := v.metrics["M"+name]; ok && value != "X" {
		return value
	}
	value, _ := v.Metric(name)
	if value == "X" {
		switch name {
		case "E":
			return "A"
		case "CR", "IR", "AR":
			return "H"
		}
	}
	return value
}

// A macroVector holds the levels of the six equivalence classes EQ1 to EQ6.
type macroVector [6]int

func (v Vector) macro() macroVector {
	is := func(pairs ...string) bool { // all of them
		for _, p := range pairs {
			name, value, _ := strings.Cut(p, ":")
			if v.effective(name) != value {
				return false
			}
		}
		return true
	}
	any := func(pairs ...string) bool {
		for _, p := range pairs {
			if is(p) {
				return true
			}
		}
		return false
	}
	level := func(zero, one bool) int {
		switch {
		case zero:
			return 0
		case one:
			return 1
		default:
			return 2
		}
	}
	return macroVector{
		level(is("AV:N", "PR:N", "UI:N"), any("AV:N", "PR:N", "UI:N") && !is("AV:P")),
		level(is("AC:L", "AT:N"), true),
		level(is("VC:H", "VI:H"), any("VC:H", "VI:H", "VA:H")),
		level(any("SI:S", "SA:S"), any("SC:H", "SI:H", "SA:H")),
		level(is("E:A"), is("E:P")),
		level(is("CR:H", "VC:H") || is("IR:H", "VI:H") || is("AR:H", "VA:H"), true),
	}
}

// less returns the macro vector that is lower by n in one class.
func (m macroVector) less(class, n int) macroVector {
	m[class] += n
	return m
}

// lessImpact returns the score of the next macro vector below in EQ3 and EQ6, which depend on
// each other.
func (m macroVector) lessImpact() float64 {
	switch {
	case m[2] == 0 && m[5] == 0:
		return math.Max(m.less(5, 1).score(), m.less(2, 1).score())
	case m[2] == 1 && m[5] == 0:
		return m.less(5, 1).score()
	case m[5] == 1:
		return m.less(2, 1).score()
	}
	return math.NaN()
}

// score returns the score of a macro vector, NaN when there is none.
func (m macroVector) score() float64 {
	if m[0] > 2 || m[1] > 1 || m[2] > 2 || m[3] > 2 || m[4] > 2 || m[5] > 1 || m[2] == 2 && m[5] == 0 {
		return math.NaN()
	}
	i := (m[0]*2+m[1])*45 + m[2]*18
	if m[2] == 2 {
		i += m[3]*3 + m[4]
	} else {
		i += m[3]*6 + m[4]*2 + m[5]
	}
	return float64(macroScores[i]) / 10
}

// impactDepth is how many steps the classes EQ3 and EQ6 have together.
func impactDepth(m macroVector) int {
	return map[[2]int]int{{0, 0}: 7, {0, 1}: 6, {1, 0}: 8, {1, 1}: 8, {2, 1}: 10}[[2]int{m[2], m[5]}]
}

// levels are the values of metrics in descending order of severity.
var levels = map[string]string{
	"AV": "NALP", "PR": "NLH", "UI": "NPA", "AC": "LH", "AT": "NP", "VC": "HLN", "VI": "HLN", "VA": "HLN",
	"SC": "SHLN", "SI": "SHLN", "SA": "SHLN", "CR": "HML", "IR": "HML", "AR": "HML",
}

// The metrics of the classes, EQ3 and EQ6 as one.
var classes = [...][]string{{"AV", "PR", "UI"}, {"AC", "AT"}, {"VC", "VI", "VA", "CR", "IR", "AR"}, {"SC", "SI", "SA"}}

// highest are the highest vectors of each class and level, with the values in the order of
// classes (table 24 and following).
var highest = [...]map[int][]string{
	{0: {"NNN"}, 1: {"ANN", "NLN", "NNP"}, 2: {"PNN", "ALP"}},
	{0: {"LN"}, 1: {"HN", "LP"}},
	{0: {"HHHHHH"}, 1: {"HHLMMH", "HHHMMM"}, 10: {"LHHHHH", "HLHHHH"}, 11: {"LHLHMH", "LHHHMM", "HLHMHM", "HLLMHH", "LLHHHM"}, 21: {"LLLHHH"}},
	{0: {"HSS"}, 1: {"HHH"}, 2: {"LLL"}},
}

// distances returns how many steps the vector lies below a highest vector of its macro vector,
// for each class: the first that is nowhere below it.
func (v Vector) distances(m macroVector) (out [5]int) {
	for i, metrics := range classes {
		level := m[i]
		if i == 2 {
			level = m[2]*10 + m[5]
		}
		for _, top := range highest[i][level] {
			sum, ok := 0, true
			for j, name := range metrics {
				order := levels[name]
				d := strings.Index(order, v.effective(name)) - strings.IndexByte(order, top[j])
				sum, ok = sum+d, ok && d >= 0
			}
			if ok {
				out[i] = sum
				break
			}
		}
	}
	return out
}

// macroScores are the scores of the macro vectors in ascending order of EQ1 to EQ6, in tenths
// (FIRST, CVSS v4.0, lookup of macro vectors). With level 2 in EQ3 there is no level 0 in EQ6.
var macroScores = [270]uint8{
	100, 99, 98, 95, 95, 92, 100, 96, 93, 87, 91, 81, 93, 90, 89, 80, 81, 68,
	98, 95, 95, 92, 90, 84, 93, 92, 89, 81, 81, 65, 88, 80, 78, 70, 69, 48,
	92, 82, 72, 79, 69, 50, 69, 55, 27,
	99, 97, 95, 92, 92, 85, 95, 91, 90, 83, 84, 71, 92, 81, 82, 71, 72, 53,
	95, 93, 92, 85, 85, 73, 92, 82, 80, 72, 70, 59, 84, 70, 71, 52, 50, 30,
	86, 75, 52, 71, 52, 29, 63, 29, 17,
	98, 95, 94, 87, 91, 81, 94, 89, 86, 74, 77, 64, 87, 75, 74, 63, 63, 49,
	94, 89, 88, 77, 76, 67, 86, 76, 74, 58, 59, 50, 72, 57, 57, 52, 52, 25,
	83, 70, 54, 65, 58, 26, 53, 21, 13,
	95, 90, 88, 76, 76, 70, 90, 77, 75, 62, 61, 53, 77, 66, 68, 59, 52, 30,
	89, 78, 76, 67, 62, 58, 74, 59, 57, 57, 47, 23, 61, 52, 57, 29, 24, 16,
	71, 59, 30, 58, 26, 15, 23, 13, 6,
	93, 87, 86, 72, 75, 58, 86, 74, 74, 61, 56, 34, 70, 54, 52, 40, 40, 22,
	85, 75, 74, 55, 62, 51, 72, 57, 55, 41, 46, 19, 53, 36, 34, 19, 19, 8,
	64, 51, 20, 47, 21, 11, 24, 9, 4,
	88, 75, 73, 53, 60, 50, 73, 55, 59, 40, 41, 20, 54, 43, 45, 22, 20, 11,
	75, 55, 58, 45, 40, 21, 61, 51, 48, 18, 20, 9, 46, 18, 17, 7, 8, 2,
	53, 24, 14, 24, 12, 5, 10, 3, 1,
}
