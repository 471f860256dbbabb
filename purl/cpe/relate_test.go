package cpe_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
)

// converse gives the relation seen from the other side. Undefined has none: a wildcard counts on
// the side of the target only.
var converse = map[cpe.Relation]cpe.Relation{
	cpe.Disjoint: cpe.Disjoint,
	cpe.Equal:    cpe.Equal,
	cpe.Subset:   cpe.Superset,
	cpe.Superset: cpe.Subset,
}

func TestRelateAttribute(t *testing.T) {
	for _, f := range facts(t, "attributes.txt", " ", 3) {
		source, target := withVersion(t, f.fields[0]), withVersion(t, f.fields[2])
		got := cpe.RelateAttribute(source, target, cpe.Version)
		assert.Equal(t, f.fields[1], got.String(), "line %d: %v", f.line, f.fields)
		assert.Equal(t, got, cpe.Relate(source, target), "line %d: all else is equal", f.line)
		assert.Equal(t, cpe.Equal, cpe.RelateAttribute(source, target, cpe.Product), "line %d", f.line)
		if !source.Value(cpe.Version).IsPattern() && !target.Value(cpe.Version).IsPattern() {
			assert.Equal(t, converse[got], cpe.RelateAttribute(target, source, cpe.Version), "line %d", f.line)
		}
	}
}

func TestRelate(t *testing.T) {
	for _, f := range facts(t, "relations.txt", "\t", 3) {
		source, err := cpe.Parse(f.fields[0])
		require.NoError(t, err, "line %d", f.line)
		target, err := cpe.Parse(f.fields[2])
		require.NoError(t, err, "line %d", f.line)
		assert.Equal(t, f.fields[1], cpe.Relate(source, target).String(), "line %d", f.line)
	}
	assert.Equal(t, "relation(9)", cpe.Relation(9).String())
}

// TestRelateEachAttribute puts one difference into each attribute in turn.
func TestRelateEachAttribute(t *testing.T) {
	texts := func(a cpe.Attribute, value string) cpe.Name {
		text := "cpe:2.3"
		for i := cpe.Part; i <= cpe.Other; i++ {
			if i == a {
				text += ":" + value
			} else {
				text += ":-"
			}
		}
		return cpe.MustParse(text)
	}
	for a := cpe.Part; a <= cpe.Other; a++ {
		first, second := "a", "o"
		if a == cpe.Language {
			first, second = "en", "de"
		}
		one, two := texts(a, first), texts(a, second)
		for _, c := range []struct {
			source, target cpe.Name
			want           cpe.Relation
		}{
			{one, one, cpe.Equal},
			{one, two, cpe.Disjoint},
			{one, texts(a, "-"), cpe.Disjoint},
			{one, texts(a, "*"), cpe.Subset},
			{texts(a, "*"), texts(a, "-"), cpe.Superset},
			{texts(a, "*"), one, cpe.Superset},
		} {
			assert.Equal(t, c.want, cpe.Relate(c.source, c.target), "%v: %v ? %v", a, c.source, c.target)
			assert.Equal(t, converse[c.want], cpe.Relate(c.target, c.source), "%v: %v ? %v", a, c.target, c.source)
			assert.Equal(t, c.want, cpe.RelateAttribute(c.source, c.target, a), "%v", a)
		}
	}
}
