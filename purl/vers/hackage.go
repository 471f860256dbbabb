package vers

// hackage is the scheme of Haskell packages: Version of Cabal 3
// (https://pvp.haskell.org, https://hackage.haskell.org/package/Cabal-syntax).
//
//   - Numbers with dots between, without leading zeros.
//   - A longer version of equal beginning is greater: 1.0 < 1.0.0.
//
// Deviation: numbers may have any size; Cabal takes nine digits.
type hackage struct{}

func (hackage) Name() string { return "hackage" }

func (h hackage) AppendKey(dst []byte, version string) ([]byte, int, error) {
	e := Encoder(dst).Line("")
	padded := false
	at, rule := eachNumber(version, ".", func(number string) {
		padded = padded || len(number) > 1 && number[0] == '0'
		e = e.Number(number)
	})
	if padded {
		at, rule = 0, "number with a leading zero"
	}
	if rule != "" {
		return dst, 0, syntaxError("hackage", version, at, rule)
	}
	return e.End(), 1, nil
}

func (h hackage) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	return numbersBranch("hackage", lo, hi, text, ".", depth)
}
