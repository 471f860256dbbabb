package product

import "fmt"

// A Level says how sure it is that two names stand for one product. The zero value is
// None. Levels are ordered.
type Level uint8

// The levels, from no link to identity.
const (
	// None: not the same product, as far as anybody said.
	None Level = iota
	// Possible: never decides a verdict; it only turns silence into "cannot tell".
	Possible
	// Alias: through a curated line of the catalog.
	Alias
	// Name: vendor and product name are equal after folding.
	Name
	// Exact: a purl, serial number or hash, or a CPE that is equal or wider.
	Exact
)

var levelNames = [...]string{"none", "possible", "alias", "name", "exact"}

// String returns the level in lower case.
func (l Level) String() string { return levelNames[min(l, Exact)] }

// MarshalText returns the word of the level.
func (l Level) MarshalText() ([]byte, error) {
	if l > Exact {
		return nil, fmt.Errorf("level %d does not exist", l)
	}
	return []byte(l.String()), nil
}

// UnmarshalText reads the word of a level.
func (l *Level) UnmarshalText(text []byte) error {
	for i, name := range levelNames {
		if name == string(text) {
			*l = Level(i)
			return nil
		}
	}
	return fmt.Errorf("unknown level %q", text)
}
