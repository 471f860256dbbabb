package vers

import "strings"

// A Policy holds what feeds and tools do with versions apart from their order. The zero
// value is the behaviour of the ecosystem's own tool and of VERS. A Policy is a plain value:
// it is copied, compared with == and safe for concurrent use.
//
// The first group changes how texts are read, versions and bounds alike, so that keys,
// ranges and [Schemes.CompareStrings] agree about it. What was read keeps its text.
//
// The second group changes what a bound means to a version. No key can hold that (a bound
// without an epoch would have to stand at many places), so it holds in [Range.Contains],
// [Range.Highest] and [Range.Lowest], which then ask bound by bound; [Range.ContainsKey],
// the algebra of ranges and the order of versions stay as they are.
//
// Whether a pre-release may be chosen is no property of a version or of a bound but of the
// tool that resolves a request: [Schemes.Satisfies] answers for the tools, and a caller who
// wants no pre-releases anywhere leaves them out of what he asks about. There is no option
// for it here, because an advisory "< 2.0.0" holds 2.0.0-rc.1 whatever a resolver prefers.
type Policy struct {
	// LeadingV drops one v or V in front of a digit: v1.2.3 is 1.2.3 in every scheme.
	LeadingV bool
	// IgnoreLocal drops the local part of a pypi version: 1.2.3+cu118 is 1.2.3.
	IgnoreLocal bool
	// GemPlatform drops the platform behind a gem version: 1.2.3-x86_64-linux and
	// 1.2.3-java are 1.2.3.
	GemPlatform bool
	// JavaSuffix drops the suffix that names the Java of a maven artifact: 31.1-jre,
	// 42.3.8.jre7 and 1.70-jdk15on are 31.1, 42.3.8 and 1.70.
	JavaSuffix bool

	// AnyEpoch takes a missing epoch of deb, rpm and alpm for any one: where only one of
	// version and bound has an epoch, it does not count.
	AnyEpoch bool
	// AnyRelease takes a bound without a release (deb: revision) for all releases of that
	// version: rpm 1.2.3-4 is equal to the bound 1.2.3. alpm does so by itself.
	AnyRelease bool
}

// WithPolicy returns a set that reads versions under the policy. Ranges of one set keep its
// policy.
func (s *Schemes) WithPolicy(p Policy) *Schemes {
	c := *s
	c.policy = p
	return &c
}

// read returns what is left of a version.
func (p Policy) read(scheme Scheme, version string) string {
	if p == (Policy{}) {
		return version
	}
	if p.LeadingV {
		version = trimV(version)
	}
	switch scheme.(type) {
	case pypi:
		if i := strings.IndexByte(version, '+'); p.IgnoreLocal && i > 0 {
			version = version[:i]
		}
	case gem:
		if p.GemPlatform {
			version = trimPlatform(version)
		}
	case maven:
		if p.JavaSuffix {
			version = trimJava(version)
		}
	}
	return version
}

// gemSystems are the names of operating systems that Gem::Platform of RubyGems knows, and
// its platforms without a processor.
var gemSystems = [...]string{
	"aix", "cygwin", "darwin", "dalvik", "dotnet", "freebsd", "java", "jruby", "linux", "macruby", "mingw",
	"mswin", "netbsd", "openbsd", "solaris", "wasi",
}

// trimPlatform drops the platform: what follows a hyphen, when one of its parts begins with
// the name of a system.
func trimPlatform(version string) string {
	i := strings.IndexByte(version, '-')
	if i <= 0 {
		return version
	}
	for part := range strings.SplitSeq(version[i+1:], "-") {
		for _, system := range gemSystems {
			if strings.HasPrefix(part, system) {
				return version[:i]
			}
		}
	}
	return version
}

// trimJava drops jre or jdk behind a dot or hyphen, with digits and one of the words that
// say from which release on.
func trimJava(version string) string {
	i := strings.LastIndexAny(version, ".-")
	if i <= 0 || i+4 > len(version) {
		return version
	}
	if !hasWord(version, i+1, "jre") && !hasWord(version, i+1, "jdk") {
		return version
	}
	rest := version[i+4:]
	switch rest[digits(rest):] {
	case "", "on", "to18":
		return version[:i]
	default:
		return version
	}
}

// aligned compares under the part of a policy that says what a bound means.
type aligned struct {
	comparer
	policy Policy
}

func (a aligned) order(version, bound string) int {
	version, bound = a.policy.align(version, bound)
	c, _ := a.compare(version, bound)
	return c
}

// align drops what does not count between a version and a bound.
func (p Policy) align(version, bound string) (string, string) {
	v, b := epochLength(version), epochLength(bound)
	if p.AnyRelease && strings.IndexByte(bound[b:], '-') < 0 {
		if i := strings.LastIndexByte(version[v:], '-'); i > 0 {
			version = version[:v+i]
		}
	}
	if p.AnyEpoch && (v == 0) != (b == 0) {
		version, bound = version[v:], bound[b:]
	}
	return version, bound
}
