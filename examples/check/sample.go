package main

import (
	"embed"
	"fmt"
	"io"
	"os"
)

// sample is one CVE record, written from the facts of CVE-2025-69258, and an inventory of
// ten hosts.
//
//go:embed sample
var sample embed.FS

const sampleInventory = "sample/inventory.csv"

// openInventory opens the inventory that was asked for, or that of the sample, and returns
// its name for messages.
func (c *check) openInventory() (io.ReadCloser, string, error) {
	switch c.inventory {
	case "":
		r, err := sample.Open(sampleInventory)
		return r, sampleInventory, err
	case "-":
		return io.NopCloser(c.stdin), "standard input", nil
	default:
		if info, err := os.Stat(c.inventory); err == nil && info.IsDir() {
			return nil, "", fmt.Errorf("%s is a folder: -inventory takes one file", c.inventory)
		}
		r, err := os.Open(c.inventory)
		return r, c.inventory, err
	}
}
