package vers

// A Reading is what ReadText understood beside the range.
type Reading struct{ Condition string }

// ReadText reads a range in words. Nothing is understood yet, so every text is an error and
// what hangs on it stays Unknown.
func (s *Schemes) ReadText(scheme Scheme, text string) (Range, Reading, error) {
	return Range{}, Reading{}, ErrSyntax
}
