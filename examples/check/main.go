// Command check tells which installations are affected. It is the library's main job as a
// program: advisories and an inventory in, a verdict with its reason for each installation
// out. Without arguments it runs on sample data that is built in. See check -h.
//
// It is also meant to be read: advisories.go compiles documents into a matcher, answers.go
// asks it, why.go turns evidence into a phrase. The rest reads and prints text.
package main

import (
	"bufio"
	"errors"
	"flag"
	"io"
	"os"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// What the exit status says.
const (
	exitClear    = 0 // nothing is affected, as far as the documents say
	exitAffected = 1
	exitError    = 2 // the question could not be asked
	exitUnknown  = 3 // nothing is known to be affected, but not everything is known
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program with its surroundings as arguments. It returns the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
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
	out := bufio.NewWriter(stdout)
	status, err := c.run(out)
	messages.done()
	// What was found before an error is still printed.
	if err := errors.Join(err, out.Flush()); err != nil {
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
func (c *check) run(out *bufio.Writer) (status int, err error) {
	hosts, err := c.readSubjects()
	if err != nil {
		return exitError, err
	}
	if err := c.readAdvisories(); err != nil {
		return exitError, err
	}
	answers := c.ask(hosts)
	c.messages.clear()
	switch {
	case c.output != "":
		err = c.printReport(out, hosts, answers)
		c.messages.note(c.summary.String())
	case c.json:
		err = c.printJSON(out, answers)
		c.messages.note(c.summary.String())
	default:
		c.printTable(out, answers)
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
