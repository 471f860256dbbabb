package purl

import "bytes"

// AppendKey appends the match key of p to dst: type, namespace and name as they are compared,
// without version, qualifiers and subpath. Two PURLs name one package exactly when their keys
// are equal. It allocates nothing when dst has room, so that m[string(p.AppendKey(buf[:0]))]
// looks up a map without garbage. Keys are for one run of a program and are not to be stored:
// they follow the definitions of the types.
//
// Beside the canonical form the key folds what a registry ignores: letter case (golang, hex,
// luarocks, nuget, oci, otp, pub, vscode-extension, the namespace of yocto), runs of dash,
// underscore and period (pypi, PEP 503), and the dash for an underscore (pub).
func (p PURL) AppendKey(dst []byte) []byte {
	if !p.IsValid() {
		return dst
	}
	def := types[p.typ]
	dst = append(dst, p.typ...)
	dst = append(dst, 0) // no component holds it
	if def.key&foldNamespace != 0 {
		dst = appendLower(dst, p.namespace)
	} else {
		dst = append(dst, p.namespace...)
	}
	dst = append(dst, 0)
	switch {
	case def.key&foldName == 0:
		return append(dst, p.name...)
	case p.typ == typePyPI:
		return appendPEP503(dst, p.name)
	case p.typ == typePub:
		return appendPub(dst, p.name)
	default:
		return appendLower(dst, p.name)
	}
}

// appendPEP503 writes a name, lowered already, with one dash for a run of dashes, underscores and periods (PEP 503).
func appendPEP503(dst []byte, name string) []byte {
	run := false
	for i := 0; i < len(name); i++ {
		c := name[i]
		separator := c == '-' || c == '_' || c == '.'
		switch {
		case !separator:
			dst = append(dst, c)
		case !run:
			dst = append(dst, '-')
		}
		run = separator
	}
	return dst
}

// appendPub writes an underscore for a dash: pub knows letters, digits and underscores only.
func appendPub(dst []byte, name string) []byte {
	start := len(dst)
	dst = appendLower(dst, name)
	for i := start; i < len(dst); i++ {
		if dst[i] == '-' {
			dst[i] = '_'
		}
	}
	return dst
}

// sameName tells whether p and q have one key.
func (p PURL) sameName(q PURL) bool {
	if p.typ != q.typ {
		return false
	}
	if p.namespace == q.namespace && p.name == q.name {
		return true
	}
	if types[p.typ].key&foldBoth == 0 {
		return false
	}
	var room1, room2 [256]byte
	return bytes.Equal(p.AppendKey(room1[:0]), q.AppendKey(room2[:0]))
}

// sameFolded tells whether a and b are equal when letter case means nothing.
func sameFolded(a, b string) bool {
	var room1, room2 [128]byte
	return a == b || bytes.Equal(appendLower(room1[:0], a), appendLower(room2[:0], b))
}
