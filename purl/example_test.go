package purl_test

import (
	"errors"
	"fmt"

	"github.com/package-url/packageurl-go"

	"github.com/affected-go/affected/purl"
)

func ExampleParse() {
	p, err := purl.Parse("pkg:deb/Debian/libssl3@3.0.13-1~deb12u1?distro=debian-12&arch=amd64")
	fmt.Println(p.Type(), p.Namespace(), p.Name(), p.Version(), err)
	fmt.Println(p)

	_, err = purl.Parse("pkg:gem/rails/activerecord@7.1.3")
	fmt.Println(err, errors.Is(err, purl.ErrDefinition))
	// Output:
	// deb debian libssl3 3.0.13-1~deb12u1 <nil>
	// pkg:deb/debian/libssl3@3.0.13-1~deb12u1?arch=amd64&distro=debian-12
	// purl "pkg:gem/rails/activerecord@7.1.3": namespace at 8: prohibited by the type true
}

func ExampleParseLenient() {
	// What a document may hold: no vendor, and an ampersand where the question mark belongs.
	p, warnings, err := purl.ParseLenient("pkg:rpm/openssl@3.0.7-27.el9&arch=x86_64")
	fmt.Println(p, err)
	for _, w := range warnings {
		fmt.Println(w)
	}
	// Output:
	// pkg:rpm/openssl@3.0.7-27.el9?arch=x86_64 <nil>
	// qualifiers at 28: they begin with "?", not with "&"
	// namespace at 8: required by the type
}

func ExampleMustParse() {
	fmt.Println(purl.MustParse("pkg:npm/@types/node@20.12.7"))
	// Output: pkg:npm/%40types/node@20.12.7
}

func ExampleFrom() {
	p, err := purl.From(packageurl.PackageURL{
		Type: "generic", Namespace: "trendmicro", Name: "apex_central", Version: "8.0.7190",
	})
	fmt.Println(p, err)
	// Output: pkg:generic/trendmicro/apex_central@8.0.7190 <nil>
}

func ExamplePURL_PackageURL() {
	u := purl.MustParse("pkg:gem/nokogiri@1.16.5?platform=java").PackageURL()
	fmt.Println(u.Name, u.Qualifiers.Map())
	// Output: nokogiri map[platform:java]
}

func ExamplePURL_Qualifiers() {
	p := purl.MustParse("pkg:oci/nginx@sha256:0d17?tag=1.25&repository_url=docker.io/library/nginx")
	for key, value := range p.Qualifiers() {
		fmt.Println(key, value)
	}
	// Output:
	// repository_url docker.io/library/nginx
	// tag 1.25
}

func ExamplePURL_Base() {
	// Advisories by package: a PURL is the key of a map.
	advisories := map[purl.PURL]string{
		purl.MustParse("pkg:npm/lodash"): "CVE-2021-23337",
	}
	installed := purl.MustParse("pkg:npm/lodash@4.17.20")
	fmt.Println(advisories[installed.Base()])
	// Output: CVE-2021-23337
}

func ExamplePURL_AppendKey() {
	// The key folds what the registry ignores, and looking it up allocates nothing.
	index := map[string]string{
		string(purl.MustParse("pkg:pypi/zope.interface").AppendKey(nil)): "advisory",
	}
	var buf [128]byte
	installed := purl.MustParse("pkg:pypi/Zope_Interface@6.3")
	fmt.Println(index[string(installed.AppendKey(buf[:0]))])
	// Output: advisory
}

func ExamplePURL_Covers() {
	pattern := purl.MustParse("pkg:rpm/redhat/openssl?arch=x86_64")
	fmt.Println(pattern.Covers(purl.MustParse("pkg:rpm/redhat/openssl@3.0.7-27.el9?arch=x86_64&distro=rhel-9.4")))
	fmt.Println(pattern.Covers(purl.MustParse("pkg:rpm/redhat/openssl@3.0.7-27.el9?arch=s390x")))
	fmt.Println(pattern.Covers(purl.MustParse("pkg:rpm/fedora/openssl@3.2.1-2.fc40?arch=x86_64")))
	// Output:
	// true
	// false
	// false
}

func ExamplePURL_Scheme() {
	fmt.Println(purl.MustParse("pkg:apk/alpine/curl").Scheme())
	fmt.Printf("%q\n", purl.MustParse("pkg:docker/library/nginx").Scheme())
	// Output:
	// apk
	// ""
}

func ExamplePURL_FullVersion() {
	fmt.Println(purl.MustParse("pkg:rpm/fedora/centerim@4.22.10-1.el6?epoch=1").FullVersion())
	// Output: 1:4.22.10-1.el6
}

func ExamplePURL_Distro() {
	for _, text := range []string{
		"pkg:deb/debian/curl?distro=bookworm", "pkg:deb/debian/curl?distro=debian-12.5", "pkg:apk/alpine/curl?distro=v3.18",
	} {
		d, _ := purl.MustParse(text).Distro()
		fmt.Println(d.ID, d.Release)
	}
	// Output:
	// debian 12
	// debian 12
	// alpine 3.18
}

func ExamplePURL_Upstream() {
	p := purl.MustParse("pkg:rpm/redhat/glibc-common@2.34-60.el9?distro=rhel-9.0&upstream=glibc-2.34-60.el9.src.rpm")
	source, ok := p.Upstream()
	fmt.Println(source, ok)
	// Output: pkg:rpm/redhat/glibc@2.34-60.el9?arch=src&distro=rhel-9.0 true
}

func ExamplePURL_Relate() {
	pattern := purl.MustParse("pkg:deb/debian/curl?distro=debian-12")
	for _, text := range []string{
		"pkg:deb/debian/curl@7.88.1-10?distro=bookworm",
		"pkg:deb/debian/curl@7.88.1-10?distro=debian-11",
		"pkg:deb/debian/curl@7.88.1-10",
	} {
		fmt.Println(pattern.Relate(purl.MustParse(text)))
	}
	// Output:
	// yes
	// no
	// unknown
}

func ExampleDistro_Relate() {
	nine := purl.Distro{ID: "almalinux", Release: "9"}
	fmt.Println(nine.Relate(purl.Distro{ID: "almalinux", Release: "9.4"}))
	fmt.Println(nine.Relate(purl.Distro{ID: "almalinux", Release: "8"}))
	// Output:
	// yes
	// no
}

func ExampleParseDistro() {
	for _, text := range []string{"bookworm", "rhel:9.4", "plan9"} {
		d, ok := purl.ParseDistro(text)
		fmt.Printf("%q %q %s %t\n", d.ID, d.Release, d.Scheme(), ok)
	}
	// Output:
	// "debian" "12" deb true
	// "rhel" "9.4" rpm true
	// "" ""  false
}
