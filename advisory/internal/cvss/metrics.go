package cvss

// A domain is the values of a metric.
type domain struct {
	values string
	base   bool // it has to be there
}

// versions hold the metrics of each version with their values.
var versions = map[string]map[string]domain{
	"2.0": {
		"AV": {"L A N", true}, "AC": {"H M L", true}, "Au": {"M S N", true},
		"C": {"N P C", true}, "I": {"N P C", true}, "A": {"N P C", true},
		"E": {"U POC F H ND", false}, "RL": {"OF TF W U ND", false}, "RC": {"UC UR C ND", false},
		"CDP": {"N L LM MH H ND", false}, "TD": {"N L M H ND", false},
		"CR": {"L M H ND", false}, "IR": {"L M H ND", false}, "AR": {"L M H ND", false},
	},
	"3.0": metrics3,
	"3.1": metrics3,
	"4.0": {
		"AV": {"N A L P", true}, "AC": {"L H", true}, "AT": {"N P", true}, "PR": {"N L H", true}, "UI": {"N P A", true},
		"VC": {"H L N", true}, "VI": {"H L N", true}, "VA": {"H L N", true},
		"SC": {"H L N", true}, "SI": {"H L N", true}, "SA": {"H L N", true},
		"E": {"X A P U", false}, "CR": {"X H M L", false}, "IR": {"X H M L", false}, "AR": {"X H M L", false},
		"MAV": {"X N A L P", false}, "MAC": {"X L H", false}, "MAT": {"X N P", false}, "MPR": {"X N L H", false}, "MUI": {"X N P A", false},
		"MVC": {"X H L N", false}, "MVI": {"X H L N", false}, "MVA": {"X H L N", false},
		"MSC": {"X H L N", false}, "MSI": {"X S H L N", false}, "MSA": {"X S H L N", false},
		"S": {"X N P", false}, "AU": {"X N Y", false}, "R": {"X A U I", false}, "V": {"X D C", false},
		"RE": {"X L M H", false}, "U": {"X Clear Green Amber Red", false},
	},
}

var metrics3 = map[string]domain{
	"AV": {"N A L P", true}, "AC": {"L H", true}, "PR": {"N L H", true}, "UI": {"N R", true}, "S": {"U C", true},
	"C": {"N L H", true}, "I": {"N L H", true}, "A": {"N L H", true},
	"E": {"X U P F H", false}, "RL": {"X O T W U", false}, "RC": {"X U R C", false},
	"CR": {"X L M H", false}, "IR": {"X L M H", false}, "AR": {"X L M H", false},
	"MAV": {"X N A L P", false}, "MAC": {"X L H", false}, "MPR": {"X N L H", false}, "MUI": {"X N R", false}, "MS": {"X U C", false},
	"MC": {"X N L H", false}, "MI": {"X N L H", false}, "MA": {"X N L H", false},
}

// weights are the numbers of the versions 2 (section 3.2) and 3 (section 7.4).
var weights = map[string]map[string]float64{
	"2": {
		"AV:L": 0.395, "AV:A": 0.646, "AV:N": 1, "AC:H": 0.35, "AC:M": 0.61, "AC:L": 0.71, "Au:M": 0.45, "Au:S": 0.56, "Au:N": 0.704,
		"C:N": 0, "C:P": 0.275, "C:C": 0.66, "I:N": 0, "I:P": 0.275, "I:C": 0.66, "A:N": 0, "A:P": 0.275, "A:C": 0.66,
		"E:U": 0.85, "E:POC": 0.9, "E:F": 0.95, "RL:OF": 0.87, "RL:TF": 0.9, "RL:W": 0.95, "RC:UC": 0.9, "RC:UR": 0.95,
		"CDP:N": 0, "CDP:L": 0.1, "CDP:LM": 0.3, "CDP:MH": 0.4, "CDP:H": 0.5, "TD:N": 0, "TD:L": 0.25, "TD:M": 0.75,
		"CR:L": 0.5, "CR:H": 1.51, "IR:L": 0.5, "IR:H": 1.51, "AR:L": 0.5, "AR:H": 1.51,
	},
	"3": {
		"AV:N": 0.85, "AV:A": 0.62, "AV:L": 0.55, "AV:P": 0.2, "AC:L": 0.77, "AC:H": 0.44, "UI:N": 0.85, "UI:R": 0.62,
		"PR:N": 0.85, "PR:L": 0.62, "PR:H": 0.27, "PR:N:C": 0.85, "PR:L:C": 0.68, "PR:H:C": 0.5,
		"C:H": 0.56, "C:L": 0.22, "C:N": 0, "I:H": 0.56, "I:L": 0.22, "I:N": 0, "A:H": 0.56, "A:L": 0.22, "A:N": 0,
		"E:U": 0.91, "E:P": 0.94, "E:F": 0.97, "RL:O": 0.95, "RL:T": 0.96, "RL:W": 0.97, "RC:U": 0.92, "RC:R": 0.96,
		"CR:L": 0.5, "CR:H": 1.5, "IR:L": 0.5, "IR:H": 1.5, "AR:L": 0.5, "AR:H": 1.5,
	},
}
