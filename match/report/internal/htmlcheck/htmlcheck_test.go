package htmlcheck

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "take the picture of the README anew")

// root is the folder of the library.
const root = "../../../.."

// A tool is a folder with check.mjs and what it imports.
type tool struct{ node, browser, dir string }

// install makes a tool, outside of the tree.
func install(t *testing.T) tool {
	t.Helper()
	find := func(names ...string) string {
		for _, name := range names {
			if at, err := exec.LookPath(name); name != "" && err == nil {
				return at
			}
		}
		t.Skipf("the page is not checked: none of %s is installed", strings.Trim(strings.Join(names, ", "), ", "))
		return ""
	}
	tl := tool{find("node"), find(os.Getenv("AFFECTED_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"), t.TempDir()}
	for _, name := range []string{"check.mjs", "package.json"} {
		text, err := os.ReadFile(name)
		if err == nil {
			err = os.WriteFile(filepath.Join(tl.dir, name), text, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	npm := exec.CommandContext(t.Context(), find("npm"), "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")
	npm.Dir = tl.dir
	if text, err := npm.CombinedOutput(); err != nil {
		t.Skipf("the page is not checked: npm install: %v: %s", err, bytes.TrimSpace(text))
	}
	return tl
}

// check returns what check.mjs says about pages, and whether it has found nothing.
func (tl tool) check(t *testing.T, args ...string) (string, bool) {
	t.Helper()
	c := exec.CommandContext(t.Context(), tl.node, append([]string{filepath.Join(tl.dir, "check.mjs"), tl.browser}, args...)...)
	text, err := c.CombinedOutput()
	return string(text), err == nil
}

// TestPages: the pages of examples/check, with findings and without any, and the expected
// output of package report, which holds errors and an accepted risk, have no errors.
func TestPages(t *testing.T) {
	tl := install(t)
	page := func(name string, args ...string) string {
		c := exec.CommandContext(t.Context(), "go", append([]string{"run", "./examples/check", "-o", "html"}, args...)...)
		c.Dir = root
		var messages bytes.Buffer
		c.Stderr = &messages
		text, err := c.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, messages.String())
		}
		name = filepath.Join(tl.dir, name)
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	args := []string{page("sample.html"), page("none.html", "pkg:npm/unheard-of@1.0.0"), "../../testdata/report.html"}
	if *update {
		args = append([]string{"-screenshot", filepath.Join(root, "testdata", "report", "report.png")}, args...)
	}
	if text, ok := tl.check(t, args...); !ok {
		t.Error(text)
	} else {
		t.Log(text)
	}
}

// TestBadPage: each kind of error is found in a page that has it.
func TestBadPage(t *testing.T) {
	tl := install(t)
	good, err := os.ReadFile("../../testdata/report.html")
	if err != nil {
		t.Fatal(err)
	}
	bad := string(good)
	wants := []struct{ from, to, want string }{
		{"<caption", "<center>x</center><caption", "html-validate element-permitted-content"},
		{"--faint: #5a5a5a", "--faint: #aaaaaa", "axe color-contrast"},
		{"--paper: #161616", "--paper: #777777", "screen, dark, 1280 pixels: axe color-contrast"},
		{"svg .affected { fill: #b3261e }", "svg .affected { fill: #ee8888 }", "is 2.47 to 1, wanted 4.5"},
		{`<label for="text">`, "<label>", "axe label"},
		{"</main>", `<img alt="x" src="missing.png"></main>`, "the page asks for"},
		{"</main>", `<div style="width: 3000px">x</div></main>`, "too wide"},
		{"</main>", `<button type="button">x</button></main>`, "without a script there are controls"},
		{"collator.compare", "-collator.compare", "the table is not ascending"},
		{`"use strict";`, `"use strict"; console.log("x");`, "the browser says: x"},
	}
	for _, c := range wants {
		next := strings.Replace(bad, c.from, c.to, 1)
		if next == bad {
			t.Fatalf("the page has no %s", c.from)
		}
		bad = next
	}
	name := filepath.Join(tl.dir, "bad.html")
	if err := os.WriteFile(name, []byte(bad), 0o644); err != nil {
		t.Fatal(err)
	}
	text, ok := tl.check(t, name)
	if ok {
		t.Error("a bad page passes")
	}
	for _, c := range wants {
		if !strings.Contains(text, c.want) {
			t.Errorf("not found: %s in\n%s", c.want, text)
		}
	}
}
