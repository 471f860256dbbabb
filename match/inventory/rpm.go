package inventory

import (
	"iter"
	"strings"

	"github.com/affected-go/affected/match"
)

// RPMQuery is the format with which rpm prints the lines that the format "rpm" reads, as in
// rpm -qa --queryformat. The columns are separated by tabs; the epoch is "(none)" or a
// number. Plain rpm -qa leaves the epoch out, and without it the order of two versions
// cannot be told: such lines are refused.
const RPMQuery = `%{NAME}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\t%{VENDOR}\t%{SOURCERPM}\n`

// rpm is what rpm -qa prints under RPMQuery. The last two columns may be missing.
type rpm struct{}

func (rpm) Name() string { return "rpm" }

// Sniff looks for a line of five to seven columns of which the second is an epoch, or for
// the plain output of rpm -qa, which is to be refused with a better reason than any table has.
func (rpm) Sniff(t *Text) bool {
	first := t.firstLine()
	f := strings.Split(first, "\t")
	if len(f) >= 5 && len(f) <= 7 && isEpoch(f[1]) {
		return true
	}
	return isPlainRPM(first)
}

func (rpm) Read(t *Text, opt Options) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		g := newGather(opt, yield)
		m, l := g.host(""), newLines(t)
		for !g.done() && l.next() {
			if strings.TrimSpace(l.text) == "" && l.err == nil {
				continue
			}
			if err := readRPM(g, m, l); err != nil {
				g.fail(&Error{Host: m.ID, Line: l.n, Err: err})
			}
		}
		if l.err != nil {
			g.fail(&Error{Host: m.ID, Line: l.n, Err: l.err})
		}
		g.flush()
	}
}

// readRPM reads one line.
func readRPM(g *gather, m *machine, l *lines) error {
	if l.err != nil {
		return l.err
	}
	f := strings.Split(l.text, "\t")
	for i := range f {
		if f[i] = strings.TrimSpace(f[i]); f[i] == "(none)" {
			f[i] = ""
		}
	}
	switch {
	case isPlainRPM(l.text):
		return because(ErrSyntax, "%q does not tell the epoch: run rpm -qa --queryformat '%s'", short(l.text), RPMQuery)
	case len(f) < 5 || len(f) > 7:
		return because(ErrSyntax, "%d columns where %s has 7", len(f), RPMQuery)
	case !l.whole && (len(f) < 7 || !strings.HasSuffix(f[6], ".rpm")):
		return because(ErrTruncated, "the last line has no end: the text may be cut off in it")
	case f[0] == "" || f[2] == "" || f[3] == "":
		return because(ErrValue, "a package without a name, version or release")
	case f[1] != "" && leadingNumber(f[1]) != f[1]:
		return because(ErrValue, "%q is no epoch", short(f[1]))
	case f[0] == "gpg-pubkey":
		return nil // a key that rpm lists among the packages
	}
	p := pkg{typ: "rpm", name: f[0], epoch: f[1], version: f[2] + "-" + f[3], arch: f[4]}
	if p.epoch == "0" {
		p.epoch = ""
	}
	if len(f) == 7 {
		p.upstream = f[6]
	}
	g.row = rowText(l.text)
	g.pack(m, p, spot{line: l.n})
	return nil
}

func isEpoch(text string) bool {
	text = strings.TrimSpace(text)
	return text == "(none)" || text != "" && strings.Trim(text, "0123456789") == ""
}

// isPlainRPM tells whether a line looks like name-version-release.arch and nothing else.
func isPlainRPM(line string) bool {
	line = strings.TrimSpace(line)
	dot := strings.LastIndexByte(line, '.')
	return dot > 0 && strings.Count(line[:dot], "-") >= 2 && !strings.ContainsAny(line, " \t,;|:") &&
		architectures[line[dot+1:]]
}

// architectures are those of rpm (rpmrc), as far as packages are built for them.
var architectures = map[string]bool{
	"noarch": true, "x86_64": true, "i386": true, "i486": true, "i586": true, "i686": true, "aarch64": true, "armv7hl": true,
	"ppc64": true, "ppc64le": true, "s390x": true, "riscv64": true, "src": true, "(none)": true, "loongarch64": true,
}
