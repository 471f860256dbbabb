package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/inventory"
)

var errUnread = errors.New("none of its rows could be read")

// readInventory reads an inventory of any format that the library knows. What is wrong with
// a part of it is reported; the error returned is about the inventory as a whole.
func (c *check) readInventory(m *meter, r io.Reader, name string) ([]*match.Host, error) {
	var hosts []*match.Host
	var last *inventory.Error
	text, err := unpack(m.count(r))
	if err != nil {
		return nil, fmt.Errorf("inventory: %s: %w", name, err)
	}
	opt := inventory.Options{File: name, Distro: c.distro}
	for host, err := range inventory.Read(text, opt) {
		if err := m.ctx.Err(); err != nil {
			return nil, err
		}
		e := (*inventory.Error)(nil)
		switch {
		case err == nil:
			hosts = append(hosts, host)
			for range everything(host.Installations) {
				c.summary.rows++
			}
			c.messages.progress("reading the inventory", c.summary.rows, m.done, m.total)
		case !errors.As(err, &e):
			return nil, err
		case e.Warning:
			c.messages.note("inventory: " + e.Error())
		case errors.Is(e, inventory.ErrFormat) && e.Pointer == "", errors.Is(e, inventory.ErrEmpty):
			return nil, fmt.Errorf("inventory: %w", e)
		default:
			c.messages.report("inventory", e)
			if last == nil || last.Line != e.Line {
				c.summary.unreadRows++
			}
			last = e
		}
	}
	if c.summary.rows == 0 {
		return nil, fmt.Errorf("inventory: %s: %w", name, errUnread)
	}
	return hosts, nil
}
