package vers

// generic is the scheme of software from no known ecosystem. VERS defines no order for it,
// so a version equals itself, byte for byte, and compares with nothing else: each text is
// its own line.
type generic struct{}

func (generic) Name() string { return "generic" }

func (generic) AppendKey(dst []byte, version string) ([]byte, int, error) {
	if at := notPrintable(version); at >= 0 || version == "" {
		return dst, 0, syntaxError("generic", version, max(at, 0), "printable text wanted")
	}
	return Encoder(dst).Line(version).End(), len(version) + 1, nil
}

func (g generic) AppendBranch(lo, hi []byte, text string, _ int) ([]byte, []byte, int, error) {
	return prefixBranch(g, lo, hi, text)
}
