//go:build unix

package main

import (
	"os"
	"syscall"
)

// mapFile maps a file and returns its bytes, and what unmaps them. The file must not be changed
// where it stands: a new database is written beside it and takes its place by os.Rename, which
// leaves the mapped one what it is.
func mapFile(name string) (data []byte, unmap func(), err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close() // the map stays
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	data, err = syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, &os.PathError{Op: "mmap", Path: name, Err: err}
	}
	return data, func() { _ = syscall.Munmap(data) }, nil
}
