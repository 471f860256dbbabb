package match

import "sync/atomic"

// pageSize is how many records a page of a table holds.
const pageSize = 256

// A table holds what was read of a section of records: pages that are made when the first of
// their records is asked for.
type table[T any] struct {
	pages []atomic.Pointer[[pageSize]atomic.Pointer[T]]
}

// resize makes room for n records. It comes before all else.
func (t *table[T]) resize(n int) {
	t.pages = make([]atomic.Pointer[[pageSize]atomic.Pointer[T]], (n+pageSize-1)/pageSize)
}

// get returns a record that was read before, nil for others.
func (t *table[T]) get(i int) *T {
	if uint(i)/pageSize >= uint(len(t.pages)) {
		return nil
	}
	if page := t.pages[i/pageSize].Load(); page != nil {
		return page[i%pageSize].Load()
	}
	return nil
}

// put keeps a record that was read, and returns it, or the one that another goroutine has
// read meanwhile.
func (t *table[T]) put(i int, v *T) *T {
	if uint(i)/pageSize >= uint(len(t.pages)) {
		return v
	}
	slot := &t.pages[i/pageSize]
	if slot.Load() == nil {
		slot.CompareAndSwap(nil, new([pageSize]atomic.Pointer[T]))
	}
	if page := slot.Load(); !page[i%pageSize].CompareAndSwap(nil, v) {
		return page[i%pageSize].Load()
	}
	return v
}

// replace puts a record in the place of another one, unless somebody else did meanwhile.
func (t *table[T]) replace(i int, old, v *T) {
	if old == nil {
		t.put(i, v)
		return
	}
	if uint(i)/pageSize < uint(len(t.pages)) {
		t.pages[i/pageSize].Load()[i%pageSize].CompareAndSwap(old, v)
	}
}
