package cpe_test

import (
	"testing"

	"github.com/affected-go/affected/purl/cpe"
)

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"formatted", "cpe:2.3:a:trendmicro:apex_central:2019:build_7190:*:*:*:windows:*:*"},
		{"quoted", `cpe:2.3:o:cisco:ios:15.2\(7\)e4:*:*:*:*:*:*:*`},
		{"uri", "cpe:/a:redhat:openshift:4.14::el9"},
		{"packed", "cpe:/a:gitlab:gitlab:16.3.0::~~enterprise~~~"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := cpe.Parse(c.text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRelate(b *testing.B) {
	source := cpe.MustParse("cpe:2.3:a:trendmicro:apex_central:*:*:*:*:*:*:*:*")
	for _, c := range []struct {
		name, source, target string
		want                 cpe.Relation
	}{
		{"equal", "cpe:2.3:a:trendmicro:apex_central:2019:build_7190:*:*:*:windows:*:*",
			"cpe:2.3:a:trendmicro:apex_central:2019:build_7190:*:*:*:windows:*:*", cpe.Equal},
		{"folded", "cpe:2.3:o:microsoft:windows_server_2012:R2:*:*:*:*:*:x64:*",
			"cpe:2.3:o:microsoft:windows_server_2012:r2:*:*:*:*:*:x64:*", cpe.Equal},
		{"superset", source.String(),
			"cpe:2.3:a:trendmicro:apex_central:2019:build_7190:*:*:*:windows:*:*", cpe.Superset},
		{"disjoint", source.String(), "cpe:2.3:a:trendmicro:apex_one:2019:*:*:*:*:*:*:*", cpe.Disjoint},
		{"pattern", "cpe:2.3:a:trendmicro:apex_central:2019:build_71*:*:*:*:*:*:*",
			"cpe:2.3:a:trendmicro:apex_central:2019:build_7141:*:*:*:*:*:*", cpe.Superset},
	} {
		b.Run(c.name, func(b *testing.B) {
			source, target := cpe.MustParse(c.source), cpe.MustParse(c.target)
			b.ReportAllocs()
			for b.Loop() {
				if got := cpe.Relate(source, target); got != c.want {
					b.Fatal(got)
				}
			}
		})
	}
}
