package house_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A conditionCase is one line of conditions/cases.jsonl.
type conditionCase struct {
	ID, Data     string
	Installation struct {
		Vendor, Product, Version, Model, Serial string
		Facts, Features                         map[string]string
		Components                              []neutralProduct
		InstalledOn                             []neutralProduct `json:"installed_on"`
		Contains                                []neutralProduct
		ComponentOf                             []neutralProduct `json:"component_of"`
		Complete                                []string
	}
	Expect   string
	Missing  []string
	Possible []string
	Accept   []string
}

// A conditionAdvisory is the advisory of a data file.
type conditionAdvisory struct {
	Advisory struct {
		Vulnerability, Default string
		Statements             []struct {
			ID, Status string
			Product    neutralProduct
			Versions   []neutralVersions
			When       *conditionForm
		}
	}
}

// A conditionForm is one node of an expression.
type conditionForm struct {
	All, Any       *[]conditionForm
	Not            *conditionForm
	Fact           string
	In             []string
	FactLE         string `json:"fact_le"`
	Value          string
	Feature, State string
	Component      *neutralProduct
	Relation       string
	Model          string
	Serial         *struct {
		Chars         int
		Order, Le, Ge string
	}
}

func (f *conditionForm) condition(t *testing.T, a *advisory.Advisory) advisory.Condition {
	several := func(op advisory.Op, list []conditionForm) advisory.Condition {
		c := advisory.Condition{Op: op}
		for i := range list {
			c.Of = append(c.Of, list[i].condition(t, a))
		}
		return c
	}
	fact := advisory.Condition{Op: advisory.OpFact}
	switch {
	case f.All != nil:
		return several(advisory.OpAll, *f.All)
	case f.Any != nil:
		return several(advisory.OpAny, *f.Any)
	case f.Not != nil:
		return several(advisory.OpNot, []conditionForm{*f.Not})
	case f.Fact != "":
		fact.Fact, fact.Values = f.Fact, f.In
	case f.FactLE != "":
		fact.Fact, fact.Spans = f.FactLE, []advisory.Span{{Through: f.Value, Bounded: true, Status: advisory.Affected}}
	case f.Feature != "":
		fact.Fact, fact.Values = "feature:"+f.Feature, []string{f.State}
	case f.Model != "":
		fact.Fact, fact.Patterns = "model", []string{f.Model}
	case f.Serial != nil:
		fact.Fact = "serial"
		fact.Serials = []advisory.SerialRange{{Chars: f.Serial.Chars, Order: f.Serial.Order, From: f.Serial.Ge, Through: f.Serial.Le}}
	case f.Component != nil:
		relations := map[string]advisory.Relation{"on_host": advisory.OnHost, "installed_on": advisory.InstalledOn,
			"contains": advisory.Contains, "component_of": advisory.PartOf}
		require.Contains(t, relations, f.Relation)
		a.Products = append(a.Products, advisory.Product{Vendor: f.Component.Vendor, Name: f.Component.Name})
		return advisory.Condition{Op: advisory.OpProduct, Product: len(a.Products) - 1, Relation: relations[f.Relation],
			Spans: neutralSpans(f.Component.Versions, advisory.Affected)}
	default:
		require.Fail(t, "an expression that the test does not know")
	}
	return fact
}

func (d *conditionAdvisory) advisory(t *testing.T) *advisory.Advisory {
	a := &advisory.Advisory{ID: "A", Publisher: advisory.Publisher{Name: "P", Rank: advisory.RankVendor},
		Vulnerabilities: []advisory.Vulnerability{{ID: d.Advisory.Vulnerability}}}
	for _, s := range d.Advisory.Statements {
		a.Products = append(a.Products, advisory.Product{Vendor: s.Product.Vendor, Name: s.Product.Name})
		said := advisory.Statement{Products: []int{len(a.Products) - 1}, Spans: neutralSpans(s.Versions, statusOf(t, s.Status)),
			Default: defaultOf(t, d.Advisory.Default)}
		if s.When != nil {
			said.Where = s.When.condition(t, a)
		}
		a.Statements = append(a.Statements, said)
	}
	return a
}

func (c *conditionCase) installation() *match.Installation {
	i := &c.Installation
	in := &match.Installation{Vendor: i.Vendor, Product: i.Product, Version: i.Version, Model: i.Model, Serial: i.Serial,
		Facts: match.Facts{}, Parts: installations(i.Contains), PartsComplete: slices.Contains(i.Complete, "contains"),
		PartOf: installations(i.ComponentOf), PartOfComplete: slices.Contains(i.Complete, "component_of"),
		Host: &match.Host{
			Platforms: installations(i.InstalledOn), PlatformsComplete: slices.Contains(i.Complete, "installed_on"),
			Installations: installations(i.Components), InstallationsComplete: slices.Contains(i.Complete, "components"),
		}}
	maps.Copy(in.Facts, i.Facts)
	for name, state := range i.Features {
		in.Facts["feature:"+name] = state
	}
	return in
}

// failure returns why a case fails, "" when it passes.
func (c *conditionCase) failure(t *testing.T, dir string) (why string, unsafe bool) {
	data := readData[conditionAdvisory](t, dir, c.Data)
	m, err := match.Compile(data.advisory(t))
	require.NoError(t, err)
	m = reloaded(t, m, match.Options{})
	e := m.Explain(c.installation(), data.Advisory.Vulnerability)
	got := e.Status.String()
	accept := c.Accept
	if c.Expect == "not_affected" { // above the bound of an affected range
		accept = append(accept, "fixed")
	}
	possible := map[string]bool{}
	for s := range e.Possible.All() {
		possible[strings.Replace(s.String(), "fixed", "not_affected", 1)] = true
	}
	want := map[string]bool{}
	for _, word := range c.Possible {
		want[strings.Replace(word, "fixed", "not_affected", 1)] = true
	}
	switch {
	case !accepted(got, c.Expect, accept):
		why = fmt.Sprintf("%s instead of %s, missing %q", e.Verdict, c.Expect, e.Missing)
	case got != "unknown":
	case !slices.Equal(e.Missing, c.Missing):
		why = fmt.Sprintf("missing %q instead of %q", e.Missing, c.Missing)
	case sortedWords(possible) != sortedWords(want):
		why = fmt.Sprintf("possible %s instead of %s", sortedWords(possible), sortedWords(want))
	}
	return why, isUnsafe(c.Expect, e.Status) && !accepted(got, c.Expect, accept)
}

// TestConformanceConditions runs the pack of statements that hold under a condition.
func TestConformanceConditions(t *testing.T) {
	dir := filepath.Join(conformanceDir(t), "conditions")
	c := tally{name: "conditions/cases.jsonl"}
	unsafe := 0
	for _, line := range readLines[conditionCase](t, filepath.Join(dir, "cases.jsonl")) {
		why, bad := line.failure(t, dir)
		if bad {
			unsafe++
		}
		if why != "" {
			why = line.ID + " " + line.Data + " " + why
		}
		c.count(t, why)
	}
	c.printUnsafe(unsafe)
	assert.Zero(t, unsafe)
}
