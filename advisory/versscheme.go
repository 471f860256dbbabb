package advisory

import "strings"

// versScheme returns the scheme that the ranges of the statement name themselves, "" when
// they name none or several. "generic" and "all" name none, nor does a type that nobody knows.
func (r *resolver) versScheme() string {
	name := ""
	for i := range r.spans {
		typed, ok := strings.CutPrefix(clean(r.spans[i].Version), "vers:")
		if !ok {
			continue
		}
		kind, _, _ := strings.Cut(typed, "/")
		scheme, known := r.schemes.Lookup(kind)
		switch {
		case !known || kind == "generic" || kind == "all" || kind == "none":
		case name != "" && name != scheme.Name():
			return ""
		default:
			name = scheme.Name()
		}
	}
	return name
}
