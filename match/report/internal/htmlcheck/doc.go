// Package htmlcheck checks the page that package report writes: html-validate reads it as
// HTML, and Chromium shows it to axe-core and to check.mjs, light, dark, narrow, on paper and
// without its script. It is a module of its own, whose tests need node, npm and Chromium and
// are skipped where one of them is missing.
package htmlcheck
