package match

import (
	"strings"

	"github.com/affected-go/affected/purl/vers"
)

// platformMatches compares a platform with a wanted one. Inventories and publishers call
// systems by other names (Debian GNU/Linux 12, Microsoft Windows Server 2019), so that words
// in a row are enough, and the name of a family stands for its members. A platform whose
// family is not known leaves the answer open: that it is none of those named is not known.
func platformMatches(have, want string) vers.Truth {
	mine, theirs := platformFamily(have), platformFamily(want)
	switch {
	case mine != "" && theirs != "" && mine != theirs:
		return vers.No
	case containsWords(have, want):
		return vers.Yes
	case containsWords(want, have): // Windows may be Windows Server 2019
		return vers.Unknown
	case mine != theirs:
		return vers.Unknown
	case mine == "":
		return vers.No // two names that nobody put together
	case strings.EqualFold(want, theirs):
		return vers.Yes
	case strings.EqualFold(have, mine):
		return vers.Unknown
	}
	return vers.No
}

// containsWords tells whether words stand in a row in a text, without case.
func containsWords(text, words string) bool {
	n := len(words)
	for i := 0; n > 0 && i+n <= len(text); i++ {
		if strings.EqualFold(text[i:i+n], words) && (i == 0 || !isWordByte(text[i-1])) && (i+n == len(text) || !isWordByte(text[i+n])) {
			return true
		}
	}
	return false
}

func isWordByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c >= 0x80
}

// platformFamily returns the family of a platform, "" when no name of one is in it.
func platformFamily(name string) string {
	for _, f := range platformFamilies {
		for _, member := range f {
			if containsWords(name, member) {
				return f[0]
			}
		}
	}
	return ""
}

// The families of operating systems: first what publishers of CVE records call one, then the
// names of members, as their makers, os-release and uname write them.
var platformFamilies = [...][]string{
	{"windows", "win32", "win64"},
	{"linux", "debian", "ubuntu", "rhel", "red hat", "redhat", "centos", "fedora", "rocky", "almalinux", "suse", "sles", "opensuse",
		"alpine", "arch linux", "gentoo", "amazon linux", "oracle linux", "photon", "mint", "kali", "raspbian", "nixos", "openwrt", "eulerOS", "openEuler"},
	{"macos", "mac os", "os x", "mac os x", "darwin", "osx"},
	{"cisco ios", "ios xe", "ios xr"},
	{"ios", "ipados", "iphone os"},
	{"android"},
	{"freebsd"}, {"openbsd"}, {"netbsd"},
	{"aix"}, {"solaris", "sunos", "illumos"}, {"hp-ux"}, {"z/os"}, {"ibm i", "os/400", "i5/os"},
	{"chromeos", "chrome os"},
}
