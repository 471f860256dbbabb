package main

import (
	"os"
	"path/filepath"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/match"
)

// build compiles records into a database file. It runs when the program is made, not when it
// is used.
func build(to string, records []string) error {
	b := match.NewBuilder(match.Options{})
	for _, name := range records {
		if err := add(b, name); err != nil {
			return err
		}
	}
	m, err := b.Build()
	if err != nil {
		return err
	}
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := m.WriteTo(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func add(b *match.Builder, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	opt := advisory.DecodeOptions{File: filepath.Base(name)}
	for a, err := range advisory.Decode(f, opt, cve.Decoder{}) {
		if err != nil {
			return err
		}
		if err := b.Add(a); err != nil {
			return err
		}
	}
	return nil
}
