package vers

// vendorScheme is the scheme of products that no catalog line describes. Its words are the
// ones that mean the same wherever they were met in 44,130 CVE records and 2,383 CSAF
// documents; what differs between vendors is left out and so an error: a and b glued to a
// number (alpha, build, board?), M glued to a number, editions. Products that use such
// words need a line in the catalog with a "ladder(...)" of their own.
func vendorScheme() Scheme {
	l := &levels{name: "vendor", words: []levelWord{
		{word: "dev", weight: -12}, {word: "snapshot", weight: -12}, {word: "nightly", weight: -12},
		{word: "alpha", weight: -10}, {word: "beta", weight: -9}, {word: "milestone", weight: -8}, {word: "m", weight: -8, apart: true}, {word: "preview", weight: -7}, {word: "pre", weight: -7},
		{word: "eap", weight: -6}, {word: "rc", weight: -4}, {word: "cr", weight: -4}, {word: "release candidate", weight: -4},

		{word: "ga", weight: 0}, {word: "final", weight: 0}, {word: "lts", weight: 0}, {word: "ltsr", weight: 0}, {word: "release", weight: 0}, {word: "stable", weight: 0},
		{word: "jumbo hotfix", weight: 0}, {word: "with", weight: 0},

		{word: "r", weight: 26}, {word: "refresh", weight: 25},
		{word: "sp", weight: 24}, {word: "service pack", weight: 24},
		{word: "tcu", weight: 22},
		{word: "cumulative update", weight: 20}, {word: "cu", weight: 20}, {word: "ru", weight: 19}, {word: "su", weight: 18}, {word: "mr", weight: 17},
		{word: "update", weight: 16}, {word: "upd", weight: 16}, {word: "u", weight: 16},
		{word: "fix pack", weight: 14}, {word: "fixpack", weight: 14}, {word: "fp", weight: 14}, {word: "take", weight: 13}, {word: "pl", weight: 12}, {word: "pc", weight: 11},
		{word: "patch", weight: 10}, {word: "p", weight: 10},
		{word: "s", weight: 9}, {word: "es", weight: 8}, {word: "et", weight: 7},
		{word: "hotfix", weight: 6}, {word: "hot fix", weight: 6}, {word: "hf", weight: 6}, {word: "h", weight: 6},
		{word: "revision", weight: 5, bare: true}, {word: "rev", weight: 5, bare: true},
		{word: "build", weight: buildWeight},
	}}
	l.sortWords()
	return l
}
