package oracle

import (
	"fmt"
	"io"
	"runtime"
	"text/tabwriter"
	"time"
)

// An Entry is the part of a report about one tool.
type Entry struct {
	Tool    Tool
	Version string // "" when the tool is not on the machine
	Result  Result
}

// Differ counts the differences of a kind, and those among them that nothing explains.
func (r Result) Differ(kind Kind) (all, unexplained int) {
	for _, d := range r.Differences {
		if d.Kind == kind {
			all++
			if d.Exception == nil {
				unexplained++
			}
		}
	}
	return all, unexplained
}

// WriteReport writes a table with a line for each tool, then what explains the differences,
// with one of them as an example.
func WriteReport(w io.Writer, date time.Time, entries []Entry) error {
	fmt.Fprintf(w, "Schemes of package vers against the real tools, %s, %s %s/%s\n\n",
		date.Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "scheme\ttool\tversion\tpairs\tequal\tdiffer\tunexplained\tkeys differ\trefused by both\tby the tool\tby us")
	for _, e := range entries {
		if e.Version == "" {
			continue
		}
		r := e.Result
		differ, unexplained := r.Differ(Order)
		byTool, moreTool := r.Differ(ToolRefuses)
		byUs, moreUs := r.Differ(LibraryRefuses)
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", e.Tool.Scheme, e.Tool.Name, e.Version,
			r.Compared, r.Equal, differ, unexplained+moreTool+moreUs, r.Keys, r.Refused, byTool, byUs)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprint(w, "\npairs: both sides read the two versions, which are not the same text most of the time.\n"+
		"refused: versions, not pairs. keys differ: the library follows the tool beside its keys.\n")
	for _, e := range entries {
		if e.Version == "" {
			fmt.Fprintf(w, "\n%s: %s was not there.\n", e.Tool.Scheme, e.Tool.Name)
			continue
		}
		writeExceptions(w, e)
	}
	return nil
}

// writeExceptions writes what explains the differences of one scheme. The table before it
// has shown whether w can be written to.
func writeExceptions(w io.Writer, e Entry) {
	counts := map[*Exception]int{}
	var order []Difference
	for _, d := range e.Result.Differences {
		if counts[d.Exception]++; counts[d.Exception] == 1 {
			order = append(order, d)
		}
	}
	for _, d := range order {
		if d.Exception == nil {
			fmt.Fprintf(w, "\n%s, %d without explanation: ", e.Tool.Scheme, counts[nil])
		} else {
			fmt.Fprintf(w, "\n%s, %s %s, %d: %s\n  ", e.Tool.Scheme, d.Kind, d.Exception.Rule, counts[d.Exception], d.Exception.Reason)
		}
		switch {
		case d.Exception != nil && d.Exception.tails != nil:
			fmt.Fprintf(w, "%q and %q: the tool says %s, we %s; the cycle goes through %q\n", d.Pair.A, d.Pair.B, d.Tool, d.Ours, d.Witness)
		case d.Kind == Order:
			fmt.Fprintf(w, "%q and %q: the tool says %s, we %s\n", d.Pair.A, d.Pair.B, d.Tool, d.Ours)
		default:
			fmt.Fprintf(w, "%q\n", d.Pair.A)
		}
	}
}
