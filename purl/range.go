package purl

import "github.com/affected-go/affected/purl/vers"

// inRange reads ranges by the schemes that package vers ships.
func inRange(text, version string) bool {
	r, err := vers.Builtin().ParseVERS(text)
	if err != nil {
		return false
	}
	in, err := r.Contains(version)
	return err == nil && in == vers.Yes
}
