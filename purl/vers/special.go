package vers

// specialSchemes are the two types of VERS that have a star only: vers:all/* holds every
// version of everything, vers:none/* none.
func specialSchemes() []Scheme { return []Scheme{special("all"), special("none")} }

// special is the scheme of the types all and none. They stand for versions of any scheme,
// so that a version has a place of its own and compares with itself only.
type special string

func (s special) Name() string { return string(s) }

func (s special) AppendKey(dst []byte, version string) ([]byte, int, error) {
	return generic{}.AppendKey(dst, version)
}

func (s special) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	return generic{}.AppendBranch(lo, hi, text, depth)
}
