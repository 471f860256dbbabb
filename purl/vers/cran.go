package vers

// cran is the scheme of R packages: compareVersion of R 4.2
// (https://stat.ethz.ch/R-manual/R-devel/library/utils/html/compareVersion.html).
//
//   - Numbers with a dot or a hyphen between, which are one: 1.0-2 = 1.0.2.
//   - A longer version of equal beginning is greater: 1.0 < 1.0.0. (package_version of R 4.2
//     takes these two for equal, so no package has both.)
//
// Deviation: one number alone is a version, as in numeric_version, and numbers may have any
// size; R takes 32 bits.
type cran struct{}

func (cran) Name() string { return "cran" }

func (c cran) AppendKey(dst []byte, version string) ([]byte, int, error) {
	e := Encoder(dst).Line("")
	if at, rule := eachNumber(version, ".-", func(number string) { e = e.Number(number) }); rule != "" {
		return dst, 0, syntaxError("cran", version, at, rule)
	}
	return e.End(), 1, nil
}

func (c cran) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	return numbersBranch("cran", lo, hi, text, ".-", depth)
}
