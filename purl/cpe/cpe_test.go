package cpe_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
)

func TestZero(t *testing.T) {
	var n cpe.Name
	assert.False(t, n.IsValid())
	assert.Empty(t, n.String())
	assert.Empty(t, n.URI())
	assert.Empty(t, n.Text(cpe.Vendor))
	assert.Empty(t, n.AppendKey(nil))
	v := n.Value(cpe.Vendor)
	assert.Equal(t, cpe.Value{}, v)
	assert.False(t, v.IsAny() || v.IsNA() || v.IsPattern())
	assert.Empty(t, v.String()+v.Text())

	all := cpe.MustParse("cpe:/")
	assert.Equal(t, cpe.Undefined, cpe.Relate(n, all))
	assert.Equal(t, cpe.Undefined, cpe.Relate(all, n))
	assert.Equal(t, cpe.Undefined, cpe.Relate(n, n), "the zero Name is not even equal to itself")
	assert.Equal(t, cpe.Undefined, cpe.RelateAttribute(n, n, cpe.Part))
	assert.Equal(t, cpe.Undefined, cpe.Relation(0))
}

func TestValue(t *testing.T) {
	n := cpe.MustParse(`cpe:2.3:a:example:c\+\+_tool-kit:1.0\+rc*:-:*:*:*:*:*:*`)
	for _, c := range []struct {
		attribute        cpe.Attribute
		quoted, text     string
		any, na, pattern bool
	}{
		{cpe.Part, "a", "a", false, false, false},
		{cpe.Product, `c\+\+_tool\-kit`, "c++_tool-kit", false, false, false},
		{cpe.Version, `1\.0\+rc*`, "1.0+rc*", false, false, true},
		{cpe.Update, "-", "", false, true, false},
		{cpe.Edition, "*", "", true, false, false},
	} {
		v := n.Value(c.attribute)
		assert.Equal(t, c.quoted, v.String(), c.attribute)
		assert.Equal(t, c.text, v.Text(), c.attribute)
		assert.Equal(t, c.text, n.Text(c.attribute), c.attribute)
		assert.Equal(t, c.any, v.IsAny(), c.attribute)
		assert.Equal(t, c.na, v.IsNA(), c.attribute)
		assert.Equal(t, c.pattern, v.IsPattern(), c.attribute)
	}
	assert.Equal(t, n.Value(cpe.Part), cpe.MustParse("cpe:/a").Value(cpe.Part), "values are compared with ==")
}

// TestLiteralAndLogical tells the four values apart whose texts look alike.
func TestLiteralAndLogical(t *testing.T) {
	anything, literal := withVersion(t, "*").Value(cpe.Version), withVersion(t, `\*`).Value(cpe.Version)
	assert.NotEqual(t, anything, literal)
	assert.True(t, anything.IsAny())
	assert.False(t, literal.IsAny())
	assert.Equal(t, "*", literal.Text())
	one, mark := withVersion(t, "?").Value(cpe.Version), withVersion(t, `\?`).Value(cpe.Version)
	assert.True(t, one.IsPattern())
	assert.False(t, mark.IsPattern())
	assert.Equal(t, one.Text(), mark.Text(), "the text alone does not tell")
}

func TestAttribute(t *testing.T) {
	var names []string
	for a := cpe.Part; a <= cpe.Other; a++ {
		names = append(names, a.String())
	}
	assert.Equal(t, "part vendor product version update edition language sw_edition target_sw target_hw other",
		strings.Join(names, " "))

	n := cpe.MustParse("cpe:2.3:a:example:app:1:*:*:*:*:*:*:*")
	for _, a := range []cpe.Attribute{cpe.Other + 1, 16, 255} {
		assert.Equal(t, cpe.Value{}, n.Value(a))
		assert.Empty(t, n.Text(a))
		assert.Equal(t, cpe.Undefined, cpe.RelateAttribute(n, n, a))
		assert.Contains(t, a.String(), "attribute(")
	}
}

func TestComparable(t *testing.T) {
	seen := map[cpe.Name]int{}
	for _, text := range []string{
		"cpe:/a:example:app:1.0",
		"CPE:/A:Example:APP:1.0",
		"cpe:2.3:a:example:app:1.0:*:*:*:*:*:*:*",
		`cpe:2.3:a:example:app:1\.0:*:*:*:*:*:*:*`,
	} {
		seen[cpe.MustParse(text)]++
	}
	assert.Len(t, seen, 1, "one name, four spellings")
	upper := cpe.MustParse("cpe:2.3:a:Example:app:1.0:*:*:*:*:*:*:*")
	assert.NotContains(t, seen, upper, "== keeps letter case")
}

func TestAppendKey(t *testing.T) {
	key := func(s string) string { return string(cpe.MustParse(s).AppendKey([]byte("cpe "))) }
	assert.Equal(t, "cpe trendmicro:apex_central", key("cpe:2.3:a:TrendMicro:Apex_Central:2019:*:*:*:*:*:*:*"))
	assert.Equal(t, key("cpe:/a:siemens:wincc:7.5"), key("cpe:/o:Siemens:WinCC"), "part and version are left out")
	assert.Equal(t, `cpe perl:dbd\:\:mysql`, key(`cpe:2.3:a:perl:dbd\:\:mysql:4.050:*:*:*:*:perl:*:*`))
	assert.NotEqual(t, key(`cpe:2.3:a:v\:p:q:1:*:*:*:*:*:*:*`), key(`cpe:2.3:a:v:p\:q:1:*:*:*:*:*:*:*`))
	assert.NotEqual(t, key(`cpe:2.3:a:v:*:1:*:*:*:*:*:*:*`), key(`cpe:2.3:a:v:\*:1:*:*:*:*:*:*:*`))
}

func TestMarshal(t *testing.T) {
	type row struct {
		Name, Absent cpe.Name
		Seen         map[cpe.Name]bool
	}
	n := cpe.MustParse(`cpe:2.3:a:gnu:g\+\+:13.2:*:*:*:*:*:*:*`)
	text, err := json.Marshal(row{Name: n, Seen: map[cpe.Name]bool{n: true}})
	require.NoError(t, err)
	var back row
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, row{Name: n, Seen: map[cpe.Name]bool{n: true}}, back)

	appended, err := n.AppendText([]byte("name="))
	require.NoError(t, err)
	assert.Equal(t, "name="+n.String(), string(appended))

	odd, warnings, err := cpe.ParseLenient("cpe:/a:example:app:1:::english")
	require.NoError(t, err)
	require.Len(t, warnings, 1)
	text, err = odd.MarshalText()
	require.NoError(t, err)
	again := n
	require.NoError(t, again.UnmarshalText(text), "what was marshalled comes back")
	assert.Equal(t, odd, again)

	for _, bad := range []string{"x", "cpe:2.3:a:gnu:g++:13.2:*:*:*:*:*:*:*"} {
		again = n
		var fault *cpe.ParseError
		require.ErrorAs(t, again.UnmarshalText([]byte(bad)), &fault, bad)
		assert.Equal(t, n, again, "an error changes nothing")
	}
	require.NoError(t, again.UnmarshalText(nil))
	assert.Equal(t, cpe.Name{}, again)
}

func TestNoAllocs(t *testing.T) {
	const text = `cpe:2.3:a:trendmicro:apex_central:2019:build_7190:*:*:-:windows:*:*`
	n, pattern := cpe.MustParse(text), cpe.MustParse("cpe:2.3:a:TrendMicro:apex*:*:build_7???:*:*:*:*:*:*")
	buffer := make([]byte, 0, 256)
	for _, c := range []struct {
		name string
		most float64
		do   func() bool
	}{
		{"Parse", 0, func() bool { m, err := cpe.Parse(text); return err == nil && m == n }},
		{"ParseLenient", 0, func() bool { m, _, err := cpe.ParseLenient(text); return err == nil && m == n }},
		{"ParseURI", 1, func() bool {
			m, err := cpe.ParseURI("cpe:/a:gitlab:gitlab:16.3::~~enterprise~~~")
			return err == nil && m.IsValid()
		}},
		{"Parse upper case prefix", 1, func() bool { m, err := cpe.Parse("CPE:2.3:a:v:p:1:*:*:*:*:*:*:*"); return err == nil && m.IsValid() }},
		{"String", 0, func() bool { return n.String() == text }},
		{"URI", 1, func() bool { return n.URI() != "" }},
		{"Text", 0, func() bool { return n.Text(cpe.Product) == "apex_central" }},
		{"Value", 0, func() bool { return n.Value(cpe.Product).String() == "apex_central" }},
		{"Relate equal", 0, func() bool { return cpe.Relate(n, n) == cpe.Equal }},
		{"Relate pattern", 0, func() bool { return cpe.Relate(pattern, n) == cpe.Superset }},
		{"RelateAttribute", 0, func() bool { return cpe.RelateAttribute(pattern, n, cpe.Update) == cpe.Superset }},
		{"AppendKey", 0, func() bool { return len(n.AppendKey(buffer)) > 0 }},
		{"AppendText", 0, func() bool { b, err := n.AppendText(buffer); return err == nil && len(b) == len(text) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.True(t, c.do())
			assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { c.do() }), c.most)
		})
	}
}
