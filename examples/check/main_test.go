package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata/*.golden anew")

// TestGolden compares what the demonstration prints with the files of testdata.
func TestGolden(t *testing.T) {
	for name, args := range map[string][]string{
		"demo": nil, "explain": {"-explain"}, "json": {"-json"},
	} {
		var stdout, stderr bytes.Buffer
		assert.Equal(t, exitClear, run(t.Context(), args, strings.NewReader(""), &stdout, &stderr), name)
		golden := filepath.Join("testdata", name+".golden")
		if *update {
			require.NoError(t, os.WriteFile(golden, stdout.Bytes(), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err, "run with -update")
		assert.Equal(t, string(want), stdout.String(), "%s: run with -update if the change is wanted", name)
	}
}

// TestCommands runs the command lines of testdata/commands.txt twice: in this process, and
// as the program that go build makes, because only that one has an exit status.
func TestCommands(t *testing.T) {
	program := buildProgram(t)
	made := makeFiles(t)
	for line, c := range commands(t) {
		args := places(c.args, made)
		var stdout, stderr bytes.Buffer
		status := run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
		assert.Equal(t, c.status, status, "line %d: %q\n%s", line, c.args, stderr.String())
		output := strings.ReplaceAll(stdout.String()+stderr.String(), filepath.Join("testdata", "advisories")+string(filepath.Separator), "A/")
		assert.Contains(t, output, c.text, "line %d: %q", line, c.args)
		if program == "" {
			continue
		}
		command := exec.Command(program, args...)
		var out, messages bytes.Buffer
		command.Stdout, command.Stderr = &out, &messages
		assert.Equal(t, c.status, exitStatus(t, command.Run()), "line %d: status of the program", line)
		assert.Equal(t, clock.ReplaceAllString(stdout.String(), "T"), clock.ReplaceAllString(out.String(), "T"), "line %d: output of the program", line)
		assert.Equal(t, stderr.String(), messages.String(), "line %d: messages of the program", line)
	}
}

// clock is what reports say about their time, and ids made from it.
var clock = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\dZ| UTC)|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// buildProgram returns the path of the built program, "" where there is no go command.
func buildProgram(t *testing.T) string {
	if _, err := exec.LookPath("go"); err != nil {
		t.Log("the program is not built: ", err)
		return ""
	}
	program := filepath.Join(t.TempDir(), "check.exe")
	output, err := exec.Command("go", "build", "-buildvcs=false", "-o", program, ".").CombinedOutput()
	require.NoError(t, err, string(output))
	return program
}

func exitStatus(t *testing.T, err error) int {
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return exit.ExitCode()
	}
	require.NoError(t, err)
	return 0
}

type command struct {
	status int
	args   []string
	text   string
}

// commands reads testdata/commands.txt.
func commands(t *testing.T) iter.Seq2[int, command] {
	data, err := os.ReadFile(filepath.Join("testdata", "commands.txt"))
	require.NoError(t, err)
	return func(yield func(int, command) bool) {
		for n, line := range strings.Split(string(data), "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			parts := strings.SplitN(line, " | ", 3)
			require.Len(t, parts, 3, "line %d", n+1)
			status, err := strconv.Atoi(parts[0])
			require.NoError(t, err, "line %d", n+1)
			if !yield(n+1, command{status, splitWords(t, parts[1]), parts[2]}) {
				return
			}
		}
	}
}

// splitWords takes a line apart at blanks that stand outside of quotation marks.
func splitWords(t *testing.T, line string) (list []string) {
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		if line[0] != '"' {
			word, rest, _ := strings.Cut(line, " ")
			list, line = append(list, word), rest
			continue
		}
		word, rest, ok := strings.Cut(line[1:], `"`)
		require.True(t, ok, line)
		list, line = append(list, word), rest
	}
	return list
}

// places puts the folders in the place of their letters.
func places(args []string, made string) []string {
	folders := map[string]string{"A": "testdata/advisories", "I": "testdata/inventories", "M": made}
	var list []string
	for _, arg := range args {
		letter, name, below := strings.Cut(arg, "/")
		if folder, ok := folders[letter]; ok {
			arg = folder
			if below {
				arg = filepath.Join(folder, name)
			}
		}
		list = append(list, arg)
	}
	return list
}

// makeFiles writes the files that are too large or too odd for testdata.
func makeFiles(t *testing.T) string {
	dir := t.TempDir()
	write := func(name string, data []byte) {
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, data, 0o644))
	}
	read := func(name ...string) []byte {
		data, err := os.ReadFile(filepath.Join(name...))
		require.NoError(t, err)
		return data
	}
	gateway := read("testdata", "advisories", "gateway.json")
	printer, _, _ := bytes.Cut(read("testdata", "advisories", "lines.jsonl"), []byte("\n"))
	packed := pack(t, gateway)
	long := strings.Repeat("9", 1<<20)

	write("printer.json", printer)
	write("gateway.json.gz", packed)
	write("cut.json.gz", packed[:len(packed)/2])
	write("bad.gz", []byte("\x1f\x8b\x00\x00 this is no gzip"))
	write("folder/below/gateway.jsonl.gz", packed)
	write("folder/printer.json", printer)
	write("folder/notes.txt", []byte("not read"))
	write("deep.json", []byte(strings.Repeat(`{"a":[`, 50_000)+strings.Repeat(`]}`, 50_000)))
	write("long.csv", []byte("vendor,product,version\nTrend Micro,Apex Central,"+long+"x\n"))
	record := string(read("sample", "CVE-2025-69258.json"))
	write("longbound.json", []byte(strings.Replace(record, "Build 7190", "Build "+long, 1)))
	write("wrong.json", []byte(strings.Replace(record, `"Build 7190"`, `["Build 7190"]`, 1)))

	text := string(read("sample", "inventory.csv"))
	units := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(strings.ReplaceAll(text, "\n", "\r\n"))) {
		units = append(units, byte(u), byte(u>>8))
	}
	write("utf16.csv", units)
	write("inventory.csv.gz", pack(t, []byte(text)))
	write("sheet.xlsx", []byte("PK\x03\x04\x14\x00 this is no sheet"))
	write("latin1.csv", []byte(strings.Replace(text, "console-01", "Z\xfcrich", 1)))
	return dir
}

func pack(t *testing.T, data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(data)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

// TestStandardInput reads the advisories or the inventory from standard input.
func TestStandardInput(t *testing.T) {
	record, err := sample.ReadFile("sample/CVE-2025-69258.json")
	require.NoError(t, err)
	list, err := sample.ReadFile(sampleInventory)
	require.NoError(t, err)
	var fromRecord, fromList bytes.Buffer
	args := []string{"-advisories", "-", "-inventory", "sample/inventory.csv"}
	assert.Equal(t, exitAffected, run(t.Context(), args, bytes.NewReader(pack(t, record)), &fromRecord, os.Stderr))
	args = []string{"-advisories", "sample", "-inventory", "-"}
	assert.Equal(t, exitAffected, run(t.Context(), args, bytes.NewReader(list), &fromList, os.Stderr))
	assert.Equal(t, fromRecord.String(), fromList.String())
	assert.Contains(t, fromRecord.String(), "findings: 4 affected, 1 unknown, 3 fixed")
}

// TestOutputFails: what was not printed must not end with the status of an answer.
func TestOutputFails(t *testing.T) {
	for _, args := range [][]string{nil, {"-json"}, {"-h"}} {
		var stderr bytes.Buffer
		assert.Equal(t, exitError, run(t.Context(), args, strings.NewReader(""), brokenPipe{}, &stderr), args)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("nobody reads") }

// TestUsage: the help names every flag.
func TestUsage(t *testing.T) {
	new(options).flags().VisitAll(func(f *flag.Flag) {
		assert.Contains(t, usage, "\n  -"+f.Name)
	})
	for line := range strings.Lines(usage) {
		assert.LessOrEqual(t, width(strings.TrimSuffix(line, "\n")), 100, line)
	}
}
