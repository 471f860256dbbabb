//go:build !unix

package main

import "os"

// mapFile reads a file, where this example does not know how to map one.
func mapFile(name string) (data []byte, unmap func(), err error) {
	data, err = os.ReadFile(name)
	return data, func() {}, err
}
