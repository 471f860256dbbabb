package match

import "encoding/binary"

// Stats counts what a matcher holds. The zero Stats is that of an empty matcher.
type Stats struct {
	Documents       int // those that do not count included
	Dropped         int // documents that do not count: drafts, withdrawn, replaced
	Vulnerabilities int // ids that findings have
	Claims          int // statements by product and vulnerability
	Readings        int // of the compiled form: different things said about versions; 0 for a matcher that was built
	MatchingBytes   int // of the compiled form that decisions need
	DocumentBytes   int // of the compiled form that only evidence needs
}

// Stats counts what the matcher holds.
func (m *Matcher) Stats() Stats {
	var s Stats
	if f := m.flat; f != nil {
		s = Stats{Documents: f.sources.len(), Readings: f.readings.len()}
		s.MatchingBytes = int(binary.LittleEndian.Uint64(f.data[32+8*(secDocuments-1):]))
		s.DocumentBytes = len(f.data) - s.MatchingBytes
	} else {
		s.Documents = m.body.documentCount()
	}
	s.Vulnerabilities, s.Claims = m.idCount(), m.body.claimCount()
	for i := range s.Documents {
		if m.body.makeSource(int32(i)).dropped != "" {
			s.Dropped++
		}
	}
	return s
}
