package cve

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/purl/product"
)

// platforms reads what an entry is limited to, and whether it is. The list means "only
// relevant on these" (the description of `platforms` in the schema). Where all of it are
// architectures, as Microsoft writes 24,000 times, it says nothing about the platform; beside
// platforms an architecture limits nothing more.
func (r *reader) platforms(list jsonpos.Value) (where advisory.Condition, limited bool) {
	before := r.errs.Count()
	var platforms, machines []string
	free := false
	for _, name := range list.Texts(&r.errs) {
		name = strings.TrimSpace(name)
		if isAnyPlatform(name) {
			free = true
		} else if names, ok := architectures[strings.ToLower(name)]; ok {
			machines = append(machines, name)
			machines = append(machines, names...)
		} else {
			platforms = append(platforms, name)
		}
	}
	if free || r.errs.Count() > before {
		return where, false // the errors make the entry Unknown
	}
	where = advisory.Condition{Op: advisory.OpFact, Fact: "platform", Values: platforms, Presumed: true, Pointer: list.Pointer()}
	if len(platforms) == 0 {
		where.Fact, where.Values = "architecture", unique(machines)
	}
	return where, len(where.Values) > 0
}

// isAnyPlatform tells whether a word limits an entry to nothing.
func isAnyPlatform(name string) bool {
	switch strings.ToLower(name) {
	case "all", "any", "all platforms", "any platform", "other", "others", "custom", "proprietary", "*":
		return true
	}
	return product.IsPlaceholder(name)
}

// architectures are the words for architectures in lower case, with what inventories call
// them. The form for entering records offers "x86", "ARM", "32 bit" and "64 bit", which hold
// more than one.
var architectures = map[string][]string{
	"x64-based systems":   {"x64", "x86_64", "amd64"},
	"32-bit systems":      {"x86", "i386", "i686"},
	"arm64-based systems": {"arm64", "aarch64"},
	"ia64-based systems":  {"ia64"},
	"x86":                 {"x86", "i386", "i686", "x64", "x86_64", "amd64"},
	"arm":                 {"arm", "armhf", "armv7l", "arm64", "aarch64"},
	"64 bit":              {"x64", "x86_64", "amd64", "arm64", "aarch64", "ia64", "ppc64", "ppc64le", "s390x", "riscv64"},
	"32 bit":              {"x86", "i386", "i686", "arm", "armhf", "armv7l"},
	"64-bit":              {"x64", "x86_64", "amd64", "arm64", "aarch64", "ia64", "ppc64", "ppc64le", "s390x", "riscv64"},
	"32-bit":              {"x86", "i386", "i686", "arm", "armhf", "armv7l"},
	"x64":                 {"x86_64", "amd64"},
	"x86_64":              {"x64", "amd64"},
	"amd64":               {"x64", "x86_64"},
	"arm64":               {"aarch64"},
}

// both joins conditions that have to hold together.
func both(list []advisory.Condition) advisory.Condition {
	switch len(list) {
	case 0:
		return advisory.Condition{}
	case 1:
		return list[0]
	default:
		return advisory.Condition{Op: advisory.OpAll, Of: list, Pointer: list[0].Pointer}
	}
}
