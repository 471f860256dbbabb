package vers

import (
	"bytes"
	"sync"
)

// A keyPair holds the buffers for the keys of two versions.
type keyPair struct{ a, b []byte }

// A pool keeps key pairs between calls; a set and those that are made of it share one.
type pool interface {
	Get() any
	Put(any)
}

func newPool() pool { return &sync.Pool{New: func() any { return new(keyPair) }} }

// CompareStrings compares two versions that are not kept: -1, 0 or +1, as Parse and
// [Version.Compare] would, without allocating. It is not comparable when the versions lie on
// different lines. The common schemes walk over both texts side by side; for the others
// keys are made in buffers that the set keeps for it.
//
// Both texts are read to their ends: what is no version is an error even where the first
// characters would decide. Versions that are compared more than once are better parsed.
func (s *Schemes) CompareStrings(scheme, a, b string) (c int, comparable bool, err error) {
	if quick := &s.quick[s.quick.place(scheme)]; quick.comparer != nil && quick.name == scheme &&
		max(len(a), len(b)) <= s.maxLength && s.policy == (Policy{}) {
		c, err = quick.comparer.compare(a, b)
		return c, err == nil, err
	}
	sch, err := s.lookup(scheme)
	if err != nil {
		return 0, false, err
	}
	if max(len(a), len(b)) <= s.maxLength {
		if direct, ok := sch.(comparer); ok {
			c, err = direct.compare(s.policy.read(sch, a), s.policy.read(sch, b))
			return c, err == nil, err
		}
	}
	return s.compareKeys(sch, a, b)
}

// compareKeys compares the keys of two versions.
func (s *Schemes) compareKeys(scheme Scheme, a, b string) (c int, comparable bool, err error) {
	room, ok := s.buffers.Get().(*keyPair)
	if !ok {
		room = new(keyPair)
	}
	defer s.buffers.Put(room)
	var n, m int
	if room.a, n, err = s.AppendKey(room.a[:0], scheme, a); err != nil {
		return 0, false, err
	}
	if room.b, m, err = s.AppendKey(room.b[:0], scheme, b); err != nil {
		return 0, false, err
	}
	if n != m || string(room.a[:n]) != string(room.b[:m]) {
		return 0, false, nil
	}
	return bytes.Compare(room.a, room.b), true, nil
}
