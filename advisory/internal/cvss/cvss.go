// Package cvss reads CVSS vectors of the versions 2.0 to 4.0 and computes their scores, as the
// specifications of FIRST have it. Decoders check with it what documents claim.
package cvss

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// ErrVector marks a text that is no vector.
var ErrVector = errors.New("not a CVSS vector")

// A Vector is a vector that was read. The zero Vector has no metric.
type Vector struct {
	version string // "2.0", "3.0", "3.1", "4.0"
	metrics map[string]string
}

// Scores are the scores of a vector. Those that its version has not, or that no metric of the
// vector asks for, equal the one before.
type Scores struct{ Base, Temporal, Environmental float64 }

// Parse reads a vector: every metric once, those of the base group all.
func Parse(text string) (Vector, error) {
	v := Vector{version: "2.0", metrics: map[string]string{}}
	rest := text
	if prefixed, ok := strings.CutPrefix(text, "CVSS:"); ok {
		v.version, rest, _ = strings.Cut(prefixed, "/")
	}
	domains, ok := versions[v.version]
	if !ok {
		return Vector{}, fmt.Errorf("%w: no version %.10q", ErrVector, v.version)
	}
	for part := range strings.SplitSeq(rest, "/") {
		name, value, _ := strings.Cut(part, ":")
		domain, known := domains[name]
		_, twice := v.metrics[name]
		if !known || twice || !strings.Contains(" "+domain.values+" ", " "+value+" ") || value == "" {
			return Vector{}, fmt.Errorf("%w: %.40q", ErrVector, part)
		}
		v.metrics[name] = value
	}
	for name, domain := range domains {
		if _, has := v.metrics[name]; domain.base && !has {
			return Vector{}, fmt.Errorf("%w: no %s", ErrVector, name)
		}
	}
	return v, nil
}

// Version returns "2.0", "3.0", "3.1" or "4.0".
func (v Vector) Version() string { return v.version }

// Metric returns the value of a metric, the one for "not defined" when the vector leaves it
// out, and false when the version has no such metric.
func (v Vector) Metric(name string) (value string, ok bool) {
	if _, ok = versions[v.version][name]; !ok {
		return "", false
	}
	if value, ok := v.metrics[name]; ok {
		return value, true
	}
	if v.version == "2.0" {
		return "ND", true
	}
	return "X", true
}

// Scores computes the scores.
func (v Vector) Scores() Scores {
	switch v.version {
	case "2.0":
		return v.scores2()
	case "3.0", "3.1":
		return v.scores3()
	case "4.0":
		s := v.score4()
		return Scores{s, s, s}
	}
	return Scores{}
}

// Severity returns the rating of a score in the versions 3 and 4: NONE, LOW, MEDIUM, HIGH or
// CRITICAL.
func Severity(score float64) string {
	switch {
	case score == 0:
		return "NONE"
	case score < 4:
		return "LOW"
	case score < 7:
		return "MEDIUM"
	case score < 9:
		return "HIGH"
	default:
		return "CRITICAL"
	}
}

// weight returns what a metric weighs, 1 when it is not defined.
func (v Vector) weight(name string) float64 {
	value, _ := v.Metric(name)
	if w, ok := weights[v.version[:1]][name+":"+value]; ok {
		return w
	}
	return 1
}

// scores2 follows the guide of version 2, section 3.2.
func (v Vector) scores2() Scores {
	w := v.weight
	round := func(x float64) float64 { return math.Round(x*10) / 10 }
	base := func(impact float64) float64 {
		f := 1.176
		if impact == 0 {
			f = 0
		}
		return round((0.6*impact + 0.4*20*w("AV")*w("AC")*w("Au") - 1.5) * f)
	}
	temporal := func(base float64) float64 { return round(base * w("E") * w("RL") * w("RC")) }
	s := Scores{Base: base(10.41 * (1 - (1-w("C"))*(1-w("I"))*(1-w("A"))))}
	s.Temporal = temporal(s.Base)
	adjusted := temporal(base(min(10, 10.41*(1-(1-w("C")*w("CR"))*(1-w("I")*w("IR"))*(1-w("A")*w("AR"))))))
	damage := 0.0
	if value, _ := v.Metric("CDP"); value != "ND" {
		damage = w("CDP")
	}
	s.Environmental = round((adjusted + (10-adjusted)*damage) * w("TD"))
	return s
}

// scores3 follows the specification of version 3.1, section 7; 3.0 differs in the environmental
// score of a changed scope.
func (v Vector) scores3() Scores {
	w := v.weight
	scope, _ := v.Metric("S")
	privileges := func(name, scope string) float64 {
		value, _ := v.Metric(name)
		if scope == "C" {
			return weights["3"]["PR:"+value+":C"]
		}
		return weights["3"]["PR:"+value]
	}
	iss := 1 - (1-w("C"))*(1-w("I"))*(1-w("A"))
	impact := 6.42 * iss
	if scope == "C" {
		impact = 7.52*(iss-0.029) - 3.25*math.Pow(iss-0.02, 15)
	}
	s := Scores{Base: v.total3(impact, 8.22*w("AV")*w("AC")*privileges("PR", scope)*w("UI"), scope)}
	temporal := w("E") * w("RL") * w("RC")
	s.Temporal = v.roundup(s.Base * temporal)

	modified := func(name string) string { // the modified metric where it is defined
		if value, _ := v.Metric("M" + name); value != "X" {
			return value
		}
		value, _ := v.Metric(name)
		return value
	}
	mw := func(name string) float64 { return weights["3"][name+":"+modified(name)] }
	scope = modified("S")
	miss := min(1-(1-w("CR")*mw("C"))*(1-w("IR")*mw("I"))*(1-w("AR")*mw("A")), 0.915)
	impact = 6.42 * miss
	if scope == "C" {
		impact = 7.52*(miss-0.029) - 3.25*math.Pow(miss*0.9731-0.02, 13)
		if v.version == "3.0" {
			impact = 7.52*(miss-0.029) - 3.25*math.Pow(miss-0.02, 15)
		}
	}
	pr := weights["3"]["PR:"+modified("PR")]
	if scope == "C" {
		pr = weights["3"]["PR:"+modified("PR")+":C"]
	}
	s.Environmental = v.roundup(v.total3(impact, 8.22*mw("AV")*mw("AC")*pr*mw("UI"), scope) * temporal)
	return s
}

func (v Vector) total3(impact, exploitability float64, scope string) float64 {
	switch {
	case impact <= 0:
		return 0
	case scope == "C":
		return v.roundup(min(1.08*(impact+exploitability), 10))
	default:
		return v.roundup(min(impact+exploitability, 10))
	}
}

// roundup is the function of that name: version 3.1 (appendix A) says what 3.0 leaves to the
// arithmetic of the machine.
func (v Vector) roundup(x float64) float64 {
	n := int(math.Round(x * 100_000))
	if n%10_000 == 0 {
		return float64(n) / 100_000
	}
	return float64(n/10_000+1) / 10
}
