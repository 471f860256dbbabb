package csaf

import (
	"math"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory/internal/cvss"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// scoreTests tests the scores of a vulnerability (6.1.7 to 6.1.10).
func (t *tester) scoreTests(v jsonpos.Value) {
	type scored struct{ product, version, source string }
	seen := map[scored]bool{}
	test := func(e, content jsonpos.Value, source string) {
		for member, score := range content.Members(nil) {
			if !strings.HasPrefix(member, "cvss_v") {
				continue
			}
			t.cvssTests(member, score)
			version := score.Get("version").Text(nil)
			twice := false
			for id := range e.Get("products").Elements(nil) {
				key := scored{id.Text(nil), version, source}
				twice = twice || seen[key]
				seen[key] = true
			}
			if twice {
				t.fail("6.1.7", score, "a product has several scores of CVSS %.10s", version)
			}
		}
	}
	for e := range v.Get("scores").Elements(nil) {
		test(e, e, "")
	}
	for e := range v.Get("metrics").Elements(nil) {
		test(e, e.Get("content"), e.Get("source").Text(nil))
	}
}

// cvssTests tests one score: its form (6.1.8), its numbers (6.1.9), and its metrics against the
// vector (6.1.10).
func (t *tester) cvssTests(member string, v jsonpos.Value) {
	text := v.Get("vectorString").Text(nil)
	vector, err := cvss.Parse(text)
	version := v.Get("version").Text(nil)
	switch {
	case err != nil:
		t.fail("6.1.8", v, "%v", err)
		return
	case vector.Version() != version || !strings.HasPrefix(version, strings.TrimPrefix(member, "cvss_v")):
		t.fail("6.1.8", v, "a vector of CVSS %s under %s with the version %.10q", vector.Version(), member, version)
		return
	}
	required := []string{"baseScore", "baseSeverity"}
	if version == "2.0" {
		required = required[:1]
	}
	for _, name := range required {
		if v.Get(name).Kind() == jsonpos.Absent {
			t.fail("6.1.8", v, "no %s", name)
		}
	}
	scores := vector.Scores()
	for _, claim := range [...]struct {
		name  string
		score float64
	}{{"base", scores.Base}, {"temporal", scores.Temporal}, {"environmental", scores.Environmental}, {"threat", 0}} {
		score, severity := v.Get(claim.name+"Score"), v.Get(claim.name+"Severity")
		if version == "4.0" && claim.name != "base" || version != "4.0" && claim.name == "threat" {
			if score.Kind() != jsonpos.Absent || severity.Kind() != jsonpos.Absent {
				t.fail("6.1.8", v, "CVSS %s has no %s score of its own", version, claim.name)
			}
			continue
		}
		if score.Kind() == jsonpos.Number && math.Abs(score.Float(nil)-claim.score) > 0.01 {
			t.fail("6.1.9", score, "the %s score is %.1f, the vector makes %.1f", claim.name, score.Float(nil), claim.score)
		}
		if rating := severity.Text(nil); rating != "" && version != "2.0" && rating != cvss.Severity(claim.score) {
			t.fail("6.1.9", severity, "the %s severity is %.20q, the vector makes %s", claim.name, rating, cvss.Severity(claim.score))
		}
	}
	for name, value := range v.Members(nil) {
		t.metricTest(vector, name, value)
	}
}

// metricTest is 6.1.10: a metric that is written out is that of the vector.
func (t *tester) metricTest(vector cvss.Vector, name string, v jsonpos.Value) {
	short, known := metricNames[vector.Version()[:1]][name]
	if !known {
		return
	}
	word := v.Text(nil)
	if want, ok := vector.Metric(short); ok && !slices.Contains(wordsOf(short, want, vector.Version()), word) {
		t.fail("6.1.10", v, "%s is %.40q, the vector says %s:%s", name, word, short, want)
	}
}

// wordsOf returns how the schemas of FIRST write a value of a metric.
func wordsOf(metric, value, version string) []string {
	metric = strings.TrimPrefix(metric, "M")
	switch value {
	case "X", "ND":
		return []string{"NOT_DEFINED"}
	}
	if words, ok := metricWords[metric+":"+value+" "+version[:1]]; ok {
		return words
	}
	if words, ok := metricWords[metric+":"+value]; ok {
		return words
	}
	return metricWords[value]
}

// metricWords are the words of values, with the metric (and version) in front where one letter
// means several things.
var metricWords = map[string][]string{
	"N": {"NONE"}, "L": {"LOW"}, "M": {"MEDIUM"}, "H": {"HIGH"}, "P": {"PRESENT", "PARTIAL", "PASSIVE"},
	"A": {"ACTIVE"}, "R": {"REQUIRED"}, "U": {"UNCHANGED"}, "C": {"CHANGED"}, "S": {"SAFETY"},
	"AV:N": {"NETWORK"}, "AV:A": {"ADJACENT_NETWORK", "ADJACENT"}, "AV:L": {"LOCAL"}, "AV:P": {"PHYSICAL"},
	"AC:M": {"MEDIUM"}, "Au:M": {"MULTIPLE"}, "Au:S": {"SINGLE"}, "C:P": {"PARTIAL"}, "C:C": {"COMPLETE"}, "I:P": {"PARTIAL"}, "I:C": {"COMPLETE"}, "A:P": {"PARTIAL"}, "A:C": {"COMPLETE"},
	"SC:N": {"NONE", "NEGLIGIBLE"}, "SI:N": {"NONE", "NEGLIGIBLE"}, "SA:N": {"NONE", "NEGLIGIBLE"},
	"E:U": {"UNPROVEN", "UNREPORTED"}, "E:POC": {"PROOF_OF_CONCEPT"}, "E:P": {"PROOF_OF_CONCEPT"}, "E:F": {"FUNCTIONAL"}, "E:A": {"ATTACKED"},
	"RL:OF": {"OFFICIAL_FIX"}, "RL:O": {"OFFICIAL_FIX"}, "RL:TF": {"TEMPORARY_FIX"}, "RL:T": {"TEMPORARY_FIX"}, "RL:W": {"WORKAROUND"}, "RL:U": {"UNAVAILABLE"},
	"RC:UC": {"UNCONFIRMED"}, "RC:UR": {"UNCORROBORATED"}, "RC:U": {"UNKNOWN"}, "RC:R": {"REASONABLE"}, "RC:C": {"CONFIRMED"},
	"CDP:LM": {"LOW_MEDIUM"}, "CDP:MH": {"MEDIUM_HIGH"},
	"S:N": {"NEGLIGIBLE"}, "S:P": {"PRESENT"}, "AU:N": {"NO"}, "AU:Y": {"YES"},
	"R:A": {"AUTOMATIC"}, "R:U": {"USER"}, "R:I": {"IRRECOVERABLE"}, "V:D": {"DIFFUSE"}, "V:C": {"CONCENTRATED"}, "RE:M": {"MODERATE"},
	"U:Clear": {"CLEAR"}, "U:Green": {"GREEN"}, "U:Amber": {"AMBER"}, "U:Red": {"RED"},
}

// metricNames are the names of metrics in the schemas of FIRST, by version.
var metricNames = map[string]map[string]string{
	"2": {
		"accessVector": "AV", "accessComplexity": "AC", "authentication": "Au",
		"confidentialityImpact": "C", "integrityImpact": "I", "availabilityImpact": "A",
		"exploitability": "E", "remediationLevel": "RL", "reportConfidence": "RC", "collateralDamagePotential": "CDP", "targetDistribution": "TD",
		"confidentialityRequirement": "CR", "integrityRequirement": "IR", "availabilityRequirement": "AR",
	},
	"3": {
		"attackVector": "AV", "attackComplexity": "AC", "privilegesRequired": "PR", "userInteraction": "UI", "scope": "S",
		"confidentialityImpact": "C", "integrityImpact": "I", "availabilityImpact": "A",
		"exploitCodeMaturity": "E", "remediationLevel": "RL", "reportConfidence": "RC",
		"confidentialityRequirement": "CR", "integrityRequirement": "IR", "availabilityRequirement": "AR",
		"modifiedAttackVector": "MAV", "modifiedAttackComplexity": "MAC", "modifiedPrivilegesRequired": "MPR", "modifiedUserInteraction": "MUI",
		"modifiedScope": "MS", "modifiedConfidentialityImpact": "MC", "modifiedIntegrityImpact": "MI", "modifiedAvailabilityImpact": "MA",
	},
	"4": {
		"attackVector": "AV", "attackComplexity": "AC", "attackRequirements": "AT", "privilegesRequired": "PR", "userInteraction": "UI",
		"vulnConfidentialityImpact": "VC", "vulnIntegrityImpact": "VI", "vulnAvailabilityImpact": "VA",
		"subConfidentialityImpact": "SC", "subIntegrityImpact": "SI", "subAvailabilityImpact": "SA", "exploitMaturity": "E",
		"confidentialityRequirement": "CR", "integrityRequirement": "IR", "availabilityRequirement": "AR",
		"modifiedAttackVector": "MAV", "modifiedAttackComplexity": "MAC", "modifiedAttackRequirements": "MAT", "modifiedPrivilegesRequired": "MPR", "modifiedUserInteraction": "MUI",
		"modifiedVulnConfidentialityImpact": "MVC", "modifiedVulnIntegrityImpact": "MVI", "modifiedVulnAvailabilityImpact": "MVA",
		"modifiedSubConfidentialityImpact": "MSC", "modifiedSubIntegrityImpact": "MSI", "modifiedSubAvailabilityImpact": "MSA",
		"Safety": "S", "Automatable": "AU", "Recovery": "R", "valueDensity": "V", "vulnerabilityResponseEffort": "RE", "providerUrgency": "U",
	},
}
