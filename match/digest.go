package match

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"runtime/debug"
	"slices"
	"sync"
)

// Digest names what the matcher answers from: the documents it was compiled from, in their
// order, the catalog and the options of compiling. It is "sha256:" and 64 hexadecimal digits,
// the same for a matcher that was built and for what [Load] opens of it, whatever the order
// of the additions was and whatever the view. Documents that say one thing more, even in a
// title, have another digest. A matcher that was built makes it when it is first asked for.
func (m *Matcher) Digest() string { return m.digest() }

// digest makes the digest of a matcher that was built.
func (b *built) digest() string {
	d, r := newDocumentsDigest(b.m), new(documentReader)
	for i := range b.docs {
		file, text, err := b.docs[i].text(r)
		if err != nil { // no compiled form can hold it either
			text = []byte(err.Error())
		}
		d.add(file, text)
	}
	return d.String()
}

// A documentsDigest takes in documents one by one, each text behind its length.
type documentsDigest struct {
	sum hash.Hash
	buf []byte
}

func newDocumentsDigest(m *Matcher) *documentsDigest {
	d := &documentsDigest{sum: sha256.New()}
	options := []byte{0}
	if m.infer {
		options[0] = 1
	}
	d.add(m.catalog.Digest(), options)
	return d
}

// add takes in a document in the library's own form, with the file that it is from.
func (d *documentsDigest) add(file string, text []byte) {
	d.buf = binary.AppendUvarint(d.buf[:0], uint64(len(file)))
	d.buf = append(d.buf, file...)
	d.buf = binary.AppendUvarint(d.buf, uint64(len(text)))
	d.sum.Write(d.buf)
	d.sum.Write(text)
}

func (d *documentsDigest) String() string { return "sha256:" + hex.EncodeToString(d.sum.Sum(nil)) }

// modulePath is the import path of the root module.
const modulePath = "github.com/affected-go/affected"

// release names this library as the program was built with it: its version with the checksum
// of the module, "v1.2.0 h1:...=", or the commit where it is built by itself, and the release
// of Go, whose tables of characters it uses.
var release = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return releaseIn(info)
})

func releaseIn(info *debug.BuildInfo) string {
	list := append([]*debug.Module{&info.Main}, info.Deps...)
	i := slices.IndexFunc(list, func(m *debug.Module) bool { return m.Path == modulePath })
	if i < 0 {
		return "unknown"
	}
	mod := list[i]
	if mod.Replace != nil {
		mod = mod.Replace
	}
	commit, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case i > 0: // they are about the program
		case s.Key == "vcs.revision":
			commit = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "modified"
		}
	}
	return joinNonEmpty(" ", cmp.Or(mod.Version, "(devel)"), mod.Sum, commit, changed, info.GoVersion)
}
