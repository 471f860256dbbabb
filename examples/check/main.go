// Command check tells which installations are affected. It is the library's main job as a
// program: advisories and an inventory in, a verdict with its reason for each installation
// out. Without arguments it runs on sample data that is built in. See check -h.
//
// It is also meant to be read: advisories.go compiles documents into a matcher, answers.go
// asks it, why.go turns evidence into a phrase. The rest reads and prints text.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"os/signal"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// What the exit status says.
const (
	exitClear    = 0 // nothing is affected, as far as the documents say
	exitAffected = 1
	exitError    = 2 // the question could not be asked
	exitUnknown  = 3 // nothing is known to be affected, but not everything is known

	exitInterrupted = 130 // as shells have it: 128 and the number of the signal
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // the second interrupt ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program with its surroundings as arguments. It returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	messages := newReporter(stderr)
	opt, err := parseArguments(args)
	if errors.Is(err, flag.ErrHelp) {
		if _, err := io.WriteString(stdout, usage); err != nil {
			return exitError
		}
		return exitClear
	}
	if err != nil {
		messages.report("", err)
		return exitError
	}
	c := check{options: opt, messages: messages, stdin: stdin}
	printed := &interruptible{ctx: ctx, w: stdout}
	out := bufio.NewWriter(printed)
	status, err := c.run(ctx, out)
	messages.done()
	// What was found before an error is still printed.
	if err := errors.Join(err, out.Flush()); err != nil {
		if ctx.Err() != nil {
			messages.note(printed.String())
			return exitInterrupted
		}
		messages.report("", err)
		return exitError
	}
	if opt.demo() {
		return exitClear
	}
	return status
}

// A check is one run of the program.
type check struct {
	options
	messages *reporter
	stdin    io.Reader
	matcher  *match.Matcher
	summary  summary
}

// run reads what the options name, asks, and prints. An error means that the question
// could not be asked.
func (c *check) run(ctx context.Context, out *bufio.Writer) (status int, err error) {
	hosts, err := c.readSubjects(ctx)
	if err != nil {
		return exitError, err
	}
	if err := c.readAdvisories(ctx); err != nil {
		return exitError, err
	}
	answers, err := c.ask(ctx, hosts)
	if err != nil {
		return exitError, err
	}
	c.messages.clear()
	switch {
	case c.output != "":
		err = c.printReport(ctx, out, hosts, answers)
		c.messages.note(c.summary.String())
	case c.json:
		err = c.printJSON(out, answers)
		c.messages.note(c.summary.String())
	default:
		err = c.printTable(ctx, out, answers)
	}
	return c.status(answers), err
}

// status gates on Clear: whatever is not known to be clear is not 0, and neither is input
// that could not be read. Affected only tells 1 from 3.
func (c *check) status(answers []answer) int {
	status := exitClear
	if !c.summary.whole() {
		status = exitUnknown
	}
	for i := range answers {
		v := answers[i].verdict
		switch {
		case v.Clear(), v.Status == advisory.NoStatement:
		case v.Status == advisory.Affected:
			return exitAffected
		default:
			status = exitUnknown
		}
	}
	return status
}
