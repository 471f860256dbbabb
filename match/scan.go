package match

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"slices"
	"sync"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
)

// ScanOptions say how a stream is worked on. The zero value is right.
type ScanOptions struct {
	// Workers is how many goroutines decide; 0 means as many as Go runs at once.
	Workers int
	// Unordered yields each result as soon as it is there, and not in the order of the
	// stream. The results are the same.
	Unordered bool
	// Vulnerabilities limits the findings to these, given by id or alias. Empty means all.
	Vulnerabilities []string
	// Progress, when set, is called by the goroutine that ranges over the results, as often
	// as some were yielded, and once at the end.
	Progress func(Progress)
}

// A Progress counts what a scan has yielded so far.
type Progress struct {
	Hosts, Installations, Findings, Errors int
}

// A Result is what a scan found about one installation. Results are values; the strings of
// the findings belong to the matcher.
type Result struct {
	// Installation is what was asked about, with its host where it was part of one.
	Installation *Installation
	Coverage     Coverage
	Findings     []Finding
}

// Scan asks about everything on each host of a stream and yields a result for each
// installation: those of Host.Installations, what Host.Platforms has besides, and the parts
// of all of these. The answers are those of [Matcher.Append] for an installation that points
// to its host. Where an installation names no host, or a part not what it is a part of, Scan
// asks about a copy that does; it changes nothing that it was given, and hosts may be used
// again when their results were yielded.
//
// An error of the stream is yielded in its place and the scan goes on. When the context is
// canceled the scan ends within the time of one answer, and its error is the last thing
// yielded; a stream that blocks has to watch the context by itself. The stream is run by the
// goroutine that ranges over the results, and no other one is left when that ends.
func (m *Matcher) Scan(ctx context.Context, hosts iter.Seq2[*Host, error], opt ScanOptions) iter.Seq2[Result, error] {
	return m.scan(ctx, opt, true, func(yield func([]*Installation, error) bool) {
		for h, err := range hosts {
			if h == nil && err == nil {
				err = errNoHost
			}
			if h != nil && !yield(h.everything(), nil) || err != nil && !yield(nil, err) {
				return
			}
		}
	})
}

// ScanInstallations does the same for a stream of installations, each of which is asked
// about as it is: with the host it points to, and without its parts.
func (m *Matcher) ScanInstallations(ctx context.Context, installations iter.Seq2[*Installation, error], opt ScanOptions) iter.Seq2[Result, error] {
	return m.scan(ctx, opt, false, func(yield func([]*Installation, error) bool) {
		for in, err := range installations {
			if in == nil && err == nil {
				err = errNoInstallation
			}
			if in != nil && !yield([]*Installation{in}, nil) || err != nil && !yield(nil, err) {
				return
			}
		}
	})
}

var (
	errNoHost         = errors.New("the stream holds a nil host")
	errNoInstallation = errors.New("the stream holds a nil installation")
)

// everything returns the products of a host that are to be asked about, each with its host.
func (h *Host) everything() []*Installation {
	list := make([]*Installation, 0, len(h.Installations)+len(h.Platforms))
	list = h.appendAll(list, h.Installations, nil, 0)
	for i := range h.Platforms {
		p := &h.Platforms[i]
		if !slices.ContainsFunc(h.Installations, p.isSame) {
			list = h.appendAll(list, h.Platforms[i:i+1], nil, 0)
		}
	}
	return list
}

// maxParts bounds parts inside each other, which a slice that holds itself would have
// without end.
const maxParts = 32

func (h *Host) appendAll(list []*Installation, installed []Installation, whole *Installation, depth int) []*Installation {
	for i := range installed {
		in := &installed[i]
		if in.Host == nil || whole != nil && len(in.PartOf) == 0 {
			in = new(Installation)
			if *in = installed[i]; in.Host == nil {
				in.Host = h
			}
			if whole != nil && len(in.PartOf) == 0 {
				in.PartOf = []Installation{*whole}
			}
		}
		list = append(list, in)
		if len(in.Parts) > 0 && depth < maxParts {
			list = h.appendAll(list, in.Parts, in, depth+1)
		}
	}
	return list
}

// isSame tells whether two installations are stated in the same words.
func (in *Installation) isSame(o Installation) bool {
	return in.Vendor == o.Vendor && in.Product == o.Product && in.Version == o.Version &&
		in.PURL == o.PURL && in.CPE == o.CPE && in.Model == o.Model && in.Serial == o.Serial && in.SKU == o.SKU
}

// chunkSize is how many installations a worker takes at once.
const chunkSize = 64

// A chunk is what a worker does in one go: installations that stand together in the stream,
// or an error that stands between them.
type chunk struct {
	asked   []*Installation
	results []Result
	err     error
	hosts   int // that begin here
	done    bool
}

// A scanner is the side of the goroutine that ranges over the results.
type scanner struct {
	m       *Matcher
	ctx     context.Context
	opt     ScanOptions
	hosts   bool    // the stream is one of hosts
	only    []int32 // vulnerabilities, sorted
	yield   func(Result, error) bool
	work    chan *chunk
	ready   chan *chunk
	open    *chunk   // that still grows
	pending []*chunk // given out and not yielded, in the order of the stream
	workers sync.WaitGroup
	total   Progress
}

func (m *Matcher) scan(ctx context.Context, opt ScanOptions, hosts bool, stream iter.Seq2[[]*Installation, error]) iter.Seq2[Result, error] {
	return func(yield func(Result, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		s := &scanner{m: m, ctx: ctx, opt: opt, hosts: hosts, only: m.vulnerabilitiesOf(opt.Vulnerabilities), yield: yield}
		n := opt.Workers
		if n <= 0 {
			n = runtime.GOMAXPROCS(0)
		}
		// What was given out fits into both channels, so that no side ever waits to send.
		s.work, s.ready = make(chan *chunk, 2*n), make(chan *chunk, 2*n)
		for range n {
			s.workers.Go(s.worker)
		}
		defer s.workers.Wait()
		defer close(s.work)
		defer cancel()
		s.run(stream)
	}
}

// vulnerabilitiesOf returns the sorted numbers of ids, nil for none.
func (m *Matcher) vulnerabilitiesOf(ids []string) []int32 {
	if len(ids) == 0 {
		return nil
	}
	only := []int32{}
	for _, id := range ids {
		only = m.appendIDs(only, new(scratch), id)
	}
	slices.Sort(only)
	return slices.Compact(only)
}

// run gives out the stream, and yields.
func (s *scanner) run(stream iter.Seq2[[]*Installation, error]) {
	for list, err := range stream {
		if s.ctx.Err() != nil {
			break
		}
		if !s.ask(list, err) {
			return
		}
	}
	if !s.give() {
		return
	}
	for len(s.pending) > 0 {
		if !s.take() {
			return
		}
	}
	if err := s.ctx.Err(); err != nil {
		s.yield(Result{}, err)
	}
	if s.opt.Progress != nil {
		s.opt.Progress(s.total)
	}
}

// ask takes the next of the stream. It returns false when no more results are wanted.
func (s *scanner) ask(list []*Installation, err error) bool {
	if s.open == nil {
		s.open = &chunk{}
	}
	if s.hosts && err == nil {
		s.open.hosts++
	}
	for _, in := range list {
		if s.open == nil {
			s.open = &chunk{}
		}
		s.open.asked = append(s.open.asked, in)
		if len(s.open.asked) == chunkSize && !s.give() {
			return false
		}
	}
	s.collect()
	switch {
	case err != nil:
		if !s.give() {
			return false
		}
		s.open = &chunk{err: err}
		return s.give()
	case s.hosts || len(s.pending) == 0: // whole hosts, or nobody has anything to do
		return s.give()
	}
	return s.flush()
}

// give gives the open chunk out and yields what is ready.
func (s *scanner) give() bool {
	c := s.open
	s.open = nil
	if c == nil {
		return true
	}
	for len(s.pending) == cap(s.work) {
		if !s.take() {
			return false
		}
	}
	s.pending = append(s.pending, c)
	if c.done = len(c.asked) == 0; !c.done {
		s.work <- c
	}
	s.collect()
	return s.flush()
}

// collect notes which chunks are done.
func (s *scanner) collect() {
	for {
		select {
		case c := <-s.ready:
			c.done = true
		default:
			return
		}
	}
}

// take waits for a chunk and yields what is ready.
func (s *scanner) take() bool {
	done := func(c *chunk) bool { return c.done }
	if s.opt.Unordered && !slices.ContainsFunc(s.pending, done) || !s.opt.Unordered && !s.pending[0].done {
		c := <-s.ready
		c.done = true
	}
	return s.flush()
}

// flush yields the chunks that are done, as far as their order allows.
func (s *scanner) flush() bool {
	for i := 0; i < len(s.pending); {
		c := s.pending[i]
		if !c.done {
			if !s.opt.Unordered {
				return true
			}
			i++
			continue
		}
		s.pending = slices.Delete(s.pending, i, i+1)
		if !s.emit(c) {
			return false
		}
	}
	return true
}

func (s *scanner) emit(c *chunk) bool {
	if c.err != nil {
		s.total.Errors++
		return s.yield(Result{}, c.err)
	}
	s.total.Hosts += c.hosts
	for i := range c.results {
		if s.ctx.Err() != nil {
			return true // the error of the context is what is left to say
		}
		s.total.Installations++
		s.total.Findings += len(c.results[i].Findings)
		if !s.yield(c.results[i], nil) {
			return false
		}
	}
	if s.opt.Progress != nil {
		s.opt.Progress(s.total)
	}
	return true
}

// worker decides until there is no more work, or the context ends.
func (s *scanner) worker() {
	var findings []Finding
	for c := range s.work {
		findings = s.answer(c, findings)
		s.ready <- c
	}
}

// answer decides for a chunk, as long as the context has not ended. findings is room.
func (s *scanner) answer(c *chunk, findings []Finding) []Finding {
	on := s.m.pool.Get().(*scratch)
	defer s.m.pool.Put(on)
	on.scanning, on.host = true, nil
	defer func() { on.scanning, on.host = false, nil }()
	c.results = make([]Result, 0, len(c.asked))
	for _, in := range c.asked {
		r, ok := s.m.result(s.ctx, on, &findings, in, s.only)
		if !ok {
			break
		}
		c.results = append(c.results, r)
	}
	return findings
}

// result answers for one installation; it is not ok when the context ended on the way.
func (m *Matcher) result(ctx context.Context, s *scratch, room *[]Finding, in *Installation, only []int32) (r Result, ok bool) {
	*room, ok = m.find(s, (*room)[:0], in, only, true, ctx.Done())
	if !ok {
		return r, false
	}
	return Result{Installation: in, Findings: slices.Clone(*room), Coverage: m.coverage(s, in)}, true
}

// find appends the findings for an installation to dst: about all vulnerabilities, or only
// about some, on request with their remedies. It is not ok when done was closed on the way.
func (m *Matcher) find(s *scratch, dst []Finding, in *Installation, only []int32, remedies bool, done <-chan struct{}) (_ []Finding, ok bool) {
	if only == nil && m.ask.isUsual() && in.isSimple() {
		if dst, ok := m.findMerged(s, dst, in, remedies, done); ok {
			return dst, true
		}
	}
	m.identify(s, in, m.ask.Uncertain)
	if len(in.PartOf) > 0 {
		m.lookWholes(s, in, false)
	}
	for from := 0; from < len(s.hits); {
		select {
		case <-done:
			return dst, false
		default:
		}
		to := m.group(s.hits, from)
		vulnerability := s.hits[from].about
		if _, wanted := slices.BinarySearch(only, vulnerability); wanted || only == nil {
			d := m.decide(s, in, vulnerability, s.hits[from:to])
			if m.reports(&d) {
				f := m.finding(&d)
				m.complement(s, in, &f, d.by(), remedies)
				dst = append(dst, f)
			}
		}
		from = to
	}
	return dst, true
}

// reports tells whether a decision is among the findings: its status is wanted, and rests on a link
// that decides, unless others are asked for.
func (m *Matcher) reports(d *decision) bool {
	return m.ask.Want.Has(d.verdict.Status) && d.verdict.Status != advisory.NoStatement && (d.level > product.Possible || m.ask.Uncertain)
}
