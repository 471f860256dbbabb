package purl_test

import (
	"testing"

	"github.com/affected-go/affected/purl"
)

func BenchmarkParse(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"npm", "pkg:npm/foobar@12.3.1"},
		{"scope", "pkg:npm/%40angular/animation@12.3.1"},
		{"maven", "pkg:maven/org.apache.xmlgraphics/batik-anim@1.9.1?classifier=dist&type=zip"},
		{"deb", "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie&upstream=curl"},
		{"rpm", "pkg:rpm/fedora/centerim@4.22.10-1.el6?arch=i686&distro=fedora-25&epoch=1&upstream=centerim"},
		{"encoded", "pkg:deb/debian/attr@1:2.4.47-2%2Bb1?distro=debian-12&arch=amd64"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := purl.Parse(bench.text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkString(b *testing.B) {
	p := purl.MustParse("pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie&upstream=curl")
	b.ReportAllocs()
	for b.Loop() {
		_ = p.String()
	}
}

func BenchmarkAppendKey(b *testing.B) {
	for _, text := range []string{
		"pkg:deb/debian/curl@7.50.3-1", "pkg:golang/github.com/Masterminds/semver@v3", "pkg:pypi/zope.interface@5",
	} {
		p := purl.MustParse(text)
		b.Run(p.Type(), func(b *testing.B) {
			b.ReportAllocs()
			key := make([]byte, 0, 128)
			for b.Loop() {
				key = p.AppendKey(key[:0])
			}
		})
	}
}

func BenchmarkCovers(b *testing.B) {
	pattern := purl.MustParse("pkg:golang/github.com/masterminds/semver?goos=linux")
	p := purl.MustParse("pkg:golang/github.com/Masterminds/semver@v1.5.0?goarch=amd64&goos=linux")
	b.ReportAllocs()
	for b.Loop() {
		if !pattern.Covers(p) {
			b.Fatal("not covered")
		}
	}
}

func BenchmarkCoversRange(b *testing.B) {
	pattern := purl.MustParse("pkg:npm/lodash?vers=vers:npm%2F%3C4.17.21")
	p := purl.MustParse("pkg:npm/lodash@4.17.20")
	b.ReportAllocs()
	for b.Loop() {
		if !pattern.Covers(p) {
			b.Fatal("not covered")
		}
	}
}
