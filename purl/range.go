package purl

import "github.com/affected-go/affected/purl/vers"

// inRange reads ranges by the schemes that package vers ships.
func inRange(text, version string) bool { return within(text, version) == vers.Yes }
