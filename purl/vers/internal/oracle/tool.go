package oracle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// A Pair is two versions to compare. Neither holds a tab or an end of line.
type Pair struct{ A, B string }

// An Answer says how the first version of a pair relates to the second one: -1, 0 or +1,
// Refused when either is no version, or Apart when they do not compare.
type Answer int8

// The answers that are no order. No tool says Apart.
const (
	Refused Answer = 2
	Apart   Answer = 3
)

// String returns the answer as the scripts in the folder tools print it.
func (a Answer) String() string {
	switch a {
	case Refused:
		return "!"
	case Apart:
		return "?"
	default:
		return fmt.Sprint(int8(a))
	}
}

// ErrMissing is the error about a tool that is not on the machine.
var ErrMissing = errors.New("not installed")

// A Tool is the program or library that decides what the order of a scheme is. Tools are
// immutable.
type Tool struct {
	Name    string // what is reported: "dpkg"
	Scheme  string // the scheme of package vers that follows it
	Install string // where it comes from: names of packages

	// Open finds the tool. The folder is an empty one that what has to be built can use.
	// The error wraps ErrMissing when the tool is not on the machine.
	Open func(ctx context.Context, folder string) (Opened, error)
}

// An Opened is a tool that was found.
type Opened struct {
	Version string
	Compare func(ctx context.Context, pairs []Pair) ([]Answer, error)
}

// command returns the opener of a script: the first command line that can be run and that
// knows its version is taken. All command lines end with the name of the script. Called
// with an argument a script prints the version of the tool; called without one it reads
// pairs, "a\tb" a line, and prints an answer for each.
func command(lines ...[]string) func(context.Context, string) (Opened, error) {
	return func(ctx context.Context, _ string) (Opened, error) {
		reason := ErrMissing
		for _, line := range lines {
			version, err := run(ctx, "", append(line[:len(line):len(line)], "version"))
			if err != nil {
				reason = fmt.Errorf("%w: %w", ErrMissing, err)
				continue
			}
			return Opened{
				Version: strings.TrimSpace(version),
				Compare: func(ctx context.Context, pairs []Pair) ([]Answer, error) { return ask(ctx, line, pairs) },
			}, nil
		}
		return Opened{}, reason
	}
}

// ask sends all pairs to a script and reads as many answers.
func ask(ctx context.Context, line []string, pairs []Pair) ([]Answer, error) {
	var input strings.Builder
	for _, p := range pairs {
		input.WriteString(p.A + "\t" + p.B + "\n")
	}
	output, err := run(ctx, input.String(), line)
	if err != nil {
		return nil, err
	}
	answers := make([]Answer, 0, len(pairs))
	for text := range strings.Lines(output) {
		a, err := parseAnswer(strings.TrimSuffix(text, "\n"))
		if err != nil {
			return nil, fmt.Errorf("answer %d: %w", len(answers)+1, err)
		}
		answers = append(answers, a)
	}
	if len(answers) != len(pairs) {
		return nil, fmt.Errorf("%d answers about %d pairs", len(answers), len(pairs))
	}
	return answers, nil
}

func parseAnswer(text string) (Answer, error) {
	for _, a := range []Answer{-1, 0, 1, Refused} {
		if a.String() == text {
			return a, nil
		}
	}
	return Refused, fmt.Errorf("unknown answer %q", text)
}

// run runs a command and returns its standard output; what it says on standard error
// becomes part of the error.
func run(ctx context.Context, input string, line []string) (string, error) {
	var output, trouble bytes.Buffer
	cmd := exec.CommandContext(ctx, line[0], line[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &output, &trouble
	if err := cmd.Run(); err != nil {
		lastLine := bytes.TrimSpace(trouble.Bytes())
		lastLine = lastLine[bytes.LastIndexByte(lastLine, '\n')+1:]
		return "", fmt.Errorf("%s: %w: %s", strings.Join(line, " "), err, lastLine)
	}
	return output.String(), nil
}

// library makes an opener of a Go package, which is always there. compare returns Refused
// for what the package refuses.
func library(version string, compare func(a, b string) Answer) func(context.Context, string) (Opened, error) {
	return func(context.Context, string) (Opened, error) {
		return Opened{Version: version, Compare: func(_ context.Context, pairs []Pair) ([]Answer, error) {
			answers := make([]Answer, len(pairs))
			for i, p := range pairs {
				answers[i] = compare(p.A, p.B)
			}
			return answers, nil
		}}, nil
	}
}
