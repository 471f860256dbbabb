package csaf_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// tested is a document with the members given, and two products and a group beside them.
func tested(version, category, tree, vulnerability string) string {
	product := func(name, id string) string {
		return `{"category":"product_version","name":"` + name + `","product":{"product_id":"` + id + `","name":"Gateway ` + name + `"}}`
	}
	gateways := `{"category":"vendor","name":"Acme","branches":[{"category":"product_name","name":"Gateway","branches":[` + product("1", "A") + `,` + product("2", "B") + `]}]}`
	if rest, ok := strings.CutPrefix(tree, `"branches":[`); ok {
		tree = `"branches":[` + gateways + `,` + rest
	} else {
		tree = strings.TrimSuffix(`"branches":[`+gateways+`],`+tree, ",")
	}
	if rest, ok := strings.CutPrefix(tree, `"product_groups":[`); ok {
		tree = `"product_groups":[` + rest
	}
	group := `{"group_id":"G","product_ids":["A","B"]}`
	if strings.Contains(tree, `"product_groups":[`) {
		tree = strings.Replace(tree, `"product_groups":[`, `"product_groups":[`+group+`,`, 1)
	} else {
		tree += `,"product_groups":[` + group + `]`
	}
	return `{"document":{"csaf_version":"` + version + `","category":"` + category + `","title":"x","publisher":{"category":"vendor","name":"Acme","namespace":"https://acme.example"},
		"tracking":{"id":"A-1","version":"1","status":"final","initial_release_date":"2099-01-01T00:00:00Z","current_release_date":"2099-01-01T00:00:00Z"}},
		"product_tree":{` + tree + `},"vulnerabilities":[{` + vulnerability + `}]}`
}

// TestTests: what each document of the table fails, and nothing else.
func TestTests(t *testing.T) {
	text, err := os.ReadFile("testdata/tests.txt")
	require.NoError(t, err)
	for row := range strings.Lines(string(text)) {
		if strings.HasPrefix(row, "#") {
			continue
		}
		cells := strings.Split(strings.TrimSpace(row), "|")
		require.GreaterOrEqual(t, len(cells), 5, row)
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		n := 3
		for strings.Count(strings.Join(cells[3:n+1], "|"), "[") != strings.Count(strings.Join(cells[3:n+1], "|"), "]") {
			n++ // a bar inside of a range
		}
		a := decode(t, tested(cells[1], cells[2], strings.Join(cells[3:n+1], "|"), strings.Join(cells[n+1:], "|")))
		var got []string
		for _, p := range a.Problems {
			got = append(got, p.Code)
			assert.True(t, p.Warning || p.Code == "cycle", row)
			assert.NotEmpty(t, p.Pos.Pointer, row)
		}
		slices.Sort(got)
		want := strings.Fields(cells[0])
		if cells[0] == "-" {
			want = nil
		}
		slices.Sort(want)
		assert.Equal(t, want, got, row)
	}
}

// TestBranchDepth is the test of the levels of branches.
func TestBranchDepth(t *testing.T) {
	deep := func(levels int) string {
		return `"branches":[` + strings.Repeat(`{"category":"product_family","name":"x","branches":[`, levels-1) +
			`{"category":"product_family","name":"x","product":{"product_id":"V","name":"x"}}` + strings.Repeat(`]}`, levels-1) + `]`
	}
	const status = `"product_status":{"fixed":["A","B","V"]}`
	assert.Empty(t, decode(t, tested("2.1", "csaf_base", deep(30), status)).Problems)
	problems := decode(t, tested("2.1", "csaf_base", deep(31), status)).Problems
	require.Len(t, problems, 1)
	assert.Equal(t, "6.1.34", problems[0].Code)
}

// TestManyProblems: a document cannot make the list of its problems long.
func TestManyProblems(t *testing.T) {
	ids := strings.TrimSuffix(strings.Repeat(`"X",`, 10_000), ",")
	a := decode(t, tested("2.1", "csaf_base", "", `"product_status":{"fixed":[`+ids+`]}`))
	assert.Less(t, len(a.Problems), 300)
	assert.Empty(t, a.Statements)
	assert.Equal(t, advisory.Final, a.State)
}
