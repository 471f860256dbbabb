package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
)

// readAll reads an inventory and keeps what it reports.
func readAll(data []byte) (*inventory, []error, error) {
	var reports []error
	inv := &inventory{name: "x.csv", report: func(err error) { reports = append(reports, err) }}
	err := inv.read(bytes.NewReader(data))
	return inv, reports, err
}

func TestInventory(t *testing.T) {
	inv, reports, err := readAll([]byte(strings.Join([]string{
		"\ufeffHost Name;Software;Publisher;Displayed;Installed-Version;O.S.;Arch;pURL",
		"b; Gate;way ",
		`a;"Gate ""way""; big";Acme;x;1.0;Windows;x64;`,
		`b;;;;;;;pkg:npm/left@1.0.0`,
		`a;Printer;Acme;;;;;`,
		`;Printer;Acme;;2;;;`,
		`;Printer;Acme;;3;;;`,
	}, "\r\n")))
	require.NoError(t, err)
	require.Len(t, reports, 1)
	var where *rowError
	require.ErrorAs(t, reports[0], &where)
	assert.Equal(t, 2, where.Line)
	assert.Equal(t, "x.csv:2: 3 fields where the header has 8", reports[0].Error())
	assert.Equal(t, 5, inv.rows)
	assert.Equal(t, 1, inv.unread)

	require.Len(t, inv.hosts, 4, "a, b, and two rows without a host")
	a, b := inv.hosts[0], inv.hosts[1]
	assert.Equal(t, "a", a.ID)
	require.Len(t, a.Installations, 2)
	gateway := a.Installations[0]
	assert.Equal(t, `Gate "way"; big`, gateway.Product)
	assert.Equal(t, "Acme", gateway.Vendor)
	assert.Equal(t, "1.0", gateway.Version)
	assert.Equal(t, match.Facts{"platform": "Windows", "architecture": "x64"}, gateway.Facts)
	assert.Same(t, a, gateway.Host)
	assert.Same(t, a, a.Installations[1].Host)
	assert.Equal(t, "pkg:npm/left@1.0.0", b.Installations[0].PURL.String())
	assert.Len(t, inv.notes, 1)
	assert.Contains(t, inv.notes[0], "not used: Displayed ")
}

// TestEncodings: the same inventory in the ways in which programs save it.
func TestEncodings(t *testing.T) {
	text := "host,vendor,product,version\nz-1,Müller,Gerät,1.0\n"
	wide := func(low, high int) []byte {
		var b []byte
		for _, r := range text {
			pair := [2]byte{}
			pair[low], pair[high] = byte(r), byte(r>>8)
			b = append(b, pair[:]...)
		}
		return b
	}
	var old []byte
	for _, r := range text {
		old = append(old, byte(r))
	}
	for name, data := range map[string][]byte{
		"UTF-8":                  []byte(text),
		"UTF-8 with a mark":      []byte("\ufeff" + text),
		"UTF-16LE with a mark":   append([]byte{0xff, 0xfe}, wide(0, 1)...),
		"UTF-16BE with a mark":   append([]byte{0xfe, 0xff}, wide(1, 0)...),
		"UTF-16LE":               wide(0, 1),
		"UTF-16BE":               wide(1, 0),
		"Latin-1":                old,
		"semicolons":             []byte(strings.ReplaceAll(text, ",", ";")),
		"tabs":                   []byte(strings.ReplaceAll(text, ",", "\t")),
		"a line that tells them": []byte("sep=;\r\n" + strings.ReplaceAll(text, ",", ";")),
		"blank lines in front":   []byte("\r\n\r\n" + strings.ReplaceAll(text, ",", "|")),
	} {
		inv, reports, err := readAll(data)
		require.NoError(t, err, name)
		assert.Empty(t, reports, name)
		in := inv.hosts[0].Installations[0]
		assert.Equal(t, "Müller Gerät 1.0", in.Vendor+" "+in.Product+" "+in.Version, name)
	}
	for name, data := range map[string]string{
		"binary": "PK\x03\x04\x00\x00\x00\xff", "NUL in it": "product\na\x00b",
	} {
		_, _, err := readAll([]byte(data))
		assert.ErrorIs(t, err, errBinary, name)
	}
}

func TestTooLong(t *testing.T) {
	_, err := (&limited{strings.NewReader("12345"), 4}).Read(make([]byte, 8))
	assert.ErrorIs(t, err, errTooLong)
	n, err := (&limited{strings.NewReader("12345"), 5}).Read(make([]byte, 8))
	assert.Equal(t, 5, n)
	assert.NoError(t, err)
}

// TestHeads: no head means two columns, and each is written as it is folded.
func TestHeads(t *testing.T) {
	seen := map[string]string{}
	for _, c := range columns {
		for head := range strings.FieldsSeq(c.heads) {
			assert.Equal(t, foldHead(head), head)
			assert.Empty(t, seen[head], "%s means %s and %s", head, seen[head], c.name)
			seen[head] = c.name
		}
		assert.Equal(t, c.name == "host", c.set == nil)
	}
	assert.Equal(t, "host", columns[hostColumn].name)
}

// FuzzInventory: whatever the text, each row is an installation that names a product, or is
// counted.
func FuzzInventory(f *testing.F) {
	names, err := filepath.Glob("testdata/inventories/*.csv")
	require.NoError(f, err)
	for _, name := range append(names, "sample/inventory.csv") {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte("\xff\xfep\x00u\x00r\x00l\x00"))
	f.Add([]byte("sep=|\nproduct|version\n\"a\nb\"|1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		inv, reports, err := readAll(data)
		count := 0
		for _, host := range inv.hosts {
			for i := range host.Installations {
				in := &host.Installations[i]
				count++
				if in.Host != host {
					t.Errorf("installation %d does not know its host", i)
				}
				if productText(in) == "" {
					t.Error("an installation names no product")
				}
			}
		}
		if count != inv.rows || inv.unread > len(reports) {
			t.Errorf("%d installations, counted %d; %d reports, %d rows unread", count, inv.rows, len(reports), inv.unread)
		}
		if (err == nil) != (inv.rows > 0) {
			t.Errorf("%d rows and error %v", inv.rows, err)
		}
		for _, report := range reports {
			var where *rowError
			if !errors.As(report, &where) || where.Line < 1 {
				t.Errorf("no line in %v", report)
			}
		}
	})
}
