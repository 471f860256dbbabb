package vers

// A Scheme is the way in which one ecosystem or vendor writes and orders versions.
// Implementations are immutable and safe for concurrent use.
//
// The contract, checked by the law tests of this package:
//
//   - A key begins with its line part, written with [Encoder.Line]; key[:line] of two
//     versions is equal exactly when they lie on the same line.
//   - Keys with equal line parts order with bytes.Compare as the versions do; versions
//     that the scheme takes for equal have equal keys.
//   - Text that is not a version of the scheme is an error, wrapping [ErrSyntax], or
//     [ErrImprecise] where it names a branch and not one version.
type Scheme interface {
	// Name returns the canonical name, parameters included: "deb", "ladder(SP,HF)".
	Name() string

	// AppendKey appends the key of version to dst. The first line bytes of what is
	// appended are the line part. On error dst is returned as it was.
	AppendKey(dst []byte, version string) (key []byte, line int, err error)

	// AppendBranch appends to lo and hi the bounds of the half-open interval of keys
	// of all versions that begin with the first depth components of text. With depth
	// 0, or more than text has, all components count. The line is as in AppendKey.
	AppendBranch(lo, hi []byte, text string, depth int) (l, h []byte, line int, err error)
}

// A Joiner is a Scheme whose vendors write bounds relative to a branch: NetScaler says
// 13.1 and 49.13 for 13.1-49.13, FreeBSD says 14.1-RELEASE and p4 for 14.1-RELEASE-p4.
type Joiner interface {
	// Join returns the full text of bound on branch, and false when bound is not
	// relative or does not fit the branch.
	Join(branch, bound string) (string, bool)
}

// A Releaser is a Scheme in which several keys can stand for one release: builds of it,
// say. An inclusive upper bound "up to 7.2.6" then holds 7.2.6 build 1575 as well.
type Releaser interface {
	// AppendRelease appends the bounds of the half-open interval of all versions that
	// are the release that text names.
	AppendRelease(lo, hi []byte, text string) (l, h []byte, line int, err error)
}

// A Truth is one of three values: something holds, does not hold, or cannot be told.
// The zero value is Unknown.
type Truth uint8

// The three values.
const (
	Unknown Truth = iota
	No
	Yes
)

// String returns "unknown", "no" or "yes".
func (t Truth) String() string {
	switch t {
	case No:
		return "no"
	case Yes:
		return "yes"
	default:
		return "unknown"
	}
}

// Not returns the opposite; Unknown stays Unknown.
func (t Truth) Not() Truth {
	switch t {
	case No:
		return Yes
	case Yes:
		return No
	default:
		return Unknown
	}
}

// And returns No when either is No, Yes when both are Yes, else Unknown (Kleene).
func (t Truth) And(u Truth) Truth {
	switch {
	case t == No || u == No:
		return No
	case t == Yes && u == Yes:
		return Yes
	default:
		return Unknown
	}
}

// Or returns Yes when either is Yes, No when both are No, else Unknown (Kleene).
func (t Truth) Or(u Truth) Truth {
	return t.Not().And(u.Not()).Not()
}
