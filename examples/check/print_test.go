package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

func TestClean(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"Gateway", 10, "Gateway"},
		{"  Gateway\t4.1\n", 20, "Gateway 4.1"},
		{"a\x1b[31mred", 20, "a�[31mred"},
		{"a\u202eb\u200bc", 20, "a�b�c"},
		{"a\u00a0b", 20, "a b"},
		{"\xff\xfe", 20, "��"},
		{"1234567890", 10, "1234567890"},
		{"12345678901", 10, "123456789…"},
		{"端末管理", 8, "端末管理"},
		{"端末管理者", 8, "端末管…"},
		{"e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"},
		{strings.Repeat("9", 1<<20), 5, "9999…"},
		{"", 5, ""},
	} {
		got := clean(c.text, c.limit)
		assert.Equal(t, c.want, got)
		assert.LessOrEqual(t, width(got), c.limit)
	}
}

// FuzzClean: nothing that a terminal would obey, and never wider than asked for.
func FuzzClean(f *testing.F) {
	f.Add("a\x1b]0;title\a", 8)
	f.Add("端末\u0301", 3)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		limit = 1 + limit&63
		got := clean(text, limit)
		if width(got) > limit {
			t.Errorf("%q is %d wide", got, width(got))
		}
		for _, r := range got {
			if !unicode.IsPrint(r) {
				t.Errorf("%q in %q", r, got)
			}
		}
	})
}

func TestNatural(t *testing.T) {
	sorted := []string{"", "host", "host-02", "host-2", "host-10", "host-10a", "host-10b2", "host-10b10", "hostx"}
	for i, a := range sorted {
		for j, b := range sorted {
			assert.Equal(t, i < j, natural(a, b) < 0, "%q and %q", a, b)
			assert.Equal(t, i == j, natural(a, b) == 0, "%q and %q", a, b)
		}
	}
}

func TestReporter(t *testing.T) {
	var b bytes.Buffer
	r := newReporter(&b)
	for i := range maxReports + 5 {
		r.report("advisories", fmt.Errorf("file %d\nbroken", i))
	}
	r.report("", errors.New("enough"))
	r.done()
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	require.Len(t, lines, maxReports*2+2)
	assert.Equal(t, "check: advisories: file 0", lines[0])
	assert.Equal(t, "check: advisories: 5 more like these", lines[len(lines)-1])
}

// TestProgress: it is shown on a terminal only, when work is long, and leaves no trace.
func TestProgress(t *testing.T) {
	var b bytes.Buffer
	r := newReporter(&b)
	r.due = time.Now().Add(-time.Second)
	r.progress("reading", 1, 0, 0)
	assert.Empty(t, b.String(), "no terminal")

	r.terminal = true
	r.progress("reading", 2, 0, 0)
	r.progress("reading", 3, 0, 0)
	assert.Equal(t, "\r\x1b[Kreading 2", b.String(), "the next one is not due")
	b.Reset()
	r.note("done")
	assert.Equal(t, "\r\x1b[Kcheck: done\n", b.String())

	assert.False(t, isTerminal(&b))
	file, err := os.Open("testdata/commands.txt")
	require.NoError(t, err)
	defer file.Close()
	assert.False(t, isTerminal(file))
}

// TestStatus: the exit status for each verdict, alone and after others.
func TestStatus(t *testing.T) {
	verdict := func(s match.Status) answer { return answer{verdict: match.Verdict{Status: s}} }
	for status, want := range map[match.Status]int{
		advisory.Affected: exitAffected, advisory.Unknown: exitUnknown, advisory.UnderInvestigation: exitUnknown,
		advisory.Fixed: exitClear, advisory.NotAffected: exitClear, advisory.NoStatement: exitClear,
	} {
		var c check
		one := verdict(status)
		assert.Equal(t, want, c.status([]answer{one}), status)
		assert.Equal(t, exitAffected, c.status([]answer{verdict(advisory.Affected), one}), status)
		assert.Equal(t, want, c.status([]answer{verdict(advisory.Fixed), one}), status)
		assert.Equal(t, want == exitClear, one.verdict.Clear() || status == advisory.NoStatement)
		c.summary.unreadRows = 1
		assert.NotEqual(t, exitClear, c.status([]answer{one}), "a row was not read: %v", status)
	}
}

// TestOrder: the lines do not depend on the order of the inventory.
func TestOrder(t *testing.T) {
	data, err := sample.ReadFile(sampleInventory)
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	var first string
	for range 3 {
		slices.Reverse(lines[1:])
		lines[1], lines[5] = lines[5], lines[1]
		var out, messages bytes.Buffer
		args := []string{"-advisories", "sample", "-inventory", "-", "-all"}
		assert.Equal(t, exitAffected, run(t.Context(), args, strings.NewReader(strings.Join(lines, "\n")), &out, &messages))
		if first == "" {
			first = out.String()
		}
		assert.Equal(t, first, out.String())
	}
}

func TestBar(t *testing.T) {
	for _, c := range []struct {
		done, total int64
		want        string
	}{
		{5, 0, ""}, {0, 8, " [------------------------]   0%"}, {4, 8, " [############------------]  50%"},
		{8, 8, " [########################] 100%"}, {9, 8, " [########################] 100%"},
	} {
		assert.Equal(t, c.want, bar(c.done, c.total))
	}
	assert.Equal(t, ", 9s left", left(1, 4, 3*time.Second))
	assert.Empty(t, left(1, 4, time.Second)+left(0, 4, time.Hour)+left(4, 4, time.Hour)+left(4, 0, time.Hour))
}

// TestInterrupted: Ctrl-C ends the program wherever it is, and a part of the output does not
// look like all of it.
func TestInterrupted(t *testing.T) {
	for _, args := range [][]string{
		nil, {"-advisories", "sample", "-inventory", "sample/inventory.csv"}, {"Trend Micro Apex Central", "8.0.7007", "-o", "html", "-advisories", "sample"},
	} {
		for after := range 40 {
			ctx := &countdown{t.Context(), after}
			var out, messages bytes.Buffer
			status := run(ctx, args, strings.NewReader(""), &out, &messages)
			if ctx.left > 0 {
				break // it was never asked so often
			}
			if status == exitInterrupted {
				assert.Equal(t, out.Len() == 0, strings.HasSuffix(messages.String(), "interrupted: nothing is printed, because a part would look like the whole\n"))
				assert.Equal(t, out.Len() > 0, strings.HasSuffix(messages.String(), "interrupted: what is printed is a part\n"))
			} else {
				assert.NotEmpty(t, out.String(), "interrupted behind the end: %s", messages.String())
			}
		}
	}
}

// A countdown is a context that ends when it was asked so many times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}
