//go:build race

package vers_test

// raceEnabled tells that the race detector runs, under which a sync.Pool forgets at random.
const raceEnabled = true
