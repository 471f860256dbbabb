package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/affected-go/affected/match/report"
)

const usage = `check tells which installations are affected, and why.

  check                                        run on the sample data that is built in
  check -advisories PATH... -inventory FILE    check an inventory
  check [-advisories PATH...] 'Trend Micro Apex Central' 8.0.7007
  check [-advisories PATH...] pkg:npm/name@1.2.3
  check [-advisories PATH...] cpe:2.3:a:vendor:product:1.2.3:*:*:*:*:*:*:*
                                               ask about one product; without -advisories
                                               only the sample record is asked

  -advisories PATH...   CVE JSON 5.x records, CSAF, OSV, NVD, MSRC, OpenVEX and
                        CycloneDX VEX documents, or advisories in
                        the library's own JSON form: files, folders (.json, .jsonl,
                        .ndjson, .gz below them), or - for standard input. A file may
                        hold one document, an array, or one document a line; gzip is
                        recognized. All words up to the next flag are paths; put a
                        product in front, or behind --
  -inventory FILE       an inventory, recognized by its content, packed with gzip or not; -
                        for standard input:
                        CycloneDX or SPDX in JSON; /var/lib/dpkg/status; the installed
                        file of apk; rpm -qa in the format of package match/inventory;
                        results of osquery; exported uninstall keys of Windows; exports
                        of Intune, ServiceNow, Configuration Manager, Wazuh, RVTools
                        and NetBox; facts of NAPALM and FortiOS; or any CSV with a
                        header. Columns: host, vendor, product, version, platform,
                        architecture, edition, purl, cpe, and other common names for
                        these. Separated by comma, semicolon or tab
  -distro ID            the distribution of a list of packages that does not tell it, as in
                        its os-release: debian-12, ubuntu-22.04, rhel-9.4
  -cve ID               ask about this vulnerability only; more than once, or ID,ID
  -all                  show installations about which nothing is stated, too. This is so
                        without -inventory, and with -json while the documents name no
                        more than 1000 vulnerabilities; -all=false turns it off
  -explain              print below each line everything that the verdict rests on
  -json                 one line for each host and vulnerability: host, product, installed,
                        vulnerability, status, reason, fix; with -explain also evidence.
                        A pair that has no line has no statement
  -o FORMAT             write a report: html (one page with pictures), markdown, text,
                        jsonl, csv, sarif, openvex, cyclonedx or csaf (VEX)
  -h                    this text

Statuses: affected, fixed, not_affected, under_investigation, unknown, no_statement.

Exit status:
  0   nothing is affected, as far as the documents say
  1   something is affected
  3   nothing is known to be affected, but something is unknown or under investigation, or
      a document or row could not be read
  2   the question could not be asked: bad arguments, no document or no row could be read,
      or output failed
  130 interrupted (Ctrl-C)
Without arguments besides -cve, -all, -explain, -json and -o it is a demonstration and ends with 0.
`

// options are the arguments of the program.
type options struct {
	advisories paths
	inventory  string
	distro     string
	ids        idList
	all        *bool // nil: by the kind of question
	explain    bool
	json       bool
	output     string
	subject    []string // a product given as arguments
}

// demo tells that nothing was given to check.
func (o *options) demo() bool {
	return len(o.advisories) == 0 && o.inventory == "" && len(o.subject) == 0
}

// paths is a flag that keeps each of its values.
type paths []string

func (p *paths) String() string { return strings.Join(*p, " ") }
func (p *paths) Set(value string) error {
	if value == "" {
		return errors.New("empty path")
	}
	*p = append(*p, value)
	return nil
}

// idList is a flag whose values are lists of ids.
type idList []string

func (w *idList) String() string { return strings.Join(*w, ",") }
func (w *idList) Set(value string) error {
	for word := range strings.SplitSeq(value, ",") {
		word = strings.TrimSpace(word)
		if len(word) > 4 && strings.EqualFold(word[:4], "CVE-") {
			word = strings.ToUpper(word)
		}
		if word != "" && !slices.Contains(*w, word) {
			*w = append(*w, word)
		}
	}
	return nil
}

// flags returns the flags of the program, which set the fields of o.
func (o *options) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run reports
	flags.Var(&o.advisories, "advisories", "")
	flags.StringVar(&o.inventory, "inventory", "", "")
	flags.StringVar(&o.distro, "distro", "", "")
	flags.Var(&o.ids, "cve", "")
	flags.BoolFunc("all", "", func(value string) error {
		all, err := strconv.ParseBool(value)
		o.all = &all
		return err
	})
	flags.BoolVar(&o.explain, "explain", false, "")
	flags.BoolVar(&o.json, "json", false, "")
	flags.StringVar(&o.output, "o", "", "")
	return flags
}

// parseArguments reads the command line. Flags may stand before and behind a product.
func parseArguments(args []string) (options, error) {
	var o options
	flags := o.flags()
	named, rest := arrange(flags, args)
	err := flags.Parse(named)
	if errors.Is(err, flag.ErrHelp) {
		return o, err
	}
	if err != nil {
		return o, fmt.Errorf("%w; check -h tells the flags", err)
	}
	o.subject = rest
	return o, o.fit()
}

// arrange takes the words that are no flags out of args, because package flag stops at the
// first of them, and gives each path behind -advisories a flag of its own.
func arrange(flags *flag.FlagSet, args []string) (named, rest []string) {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return named, append(rest, args[i+1:]...)
		}
		if !isFlag(arg) {
			rest = append(rest, arg)
			continue
		}
		name := strings.TrimLeft(arg, "-")
		if name == "advisories" && i+1 < len(args) && !isFlag(args[i+1]) {
			for ; i+1 < len(args) && !isFlag(args[i+1]); i++ {
				named = append(named, arg, args[i+1])
			}
			continue
		}
		named = append(named, arg)
		if f := flags.Lookup(name); f != nil && !isSwitch(f) && i+1 < len(args) && args[i+1] != "--" {
			i++
			named = append(named, args[i])
		}
	}
	return named, rest
}

func isFlag(arg string) bool { return len(arg) > 1 && arg[0] == '-' }

// isSwitch tells whether a flag takes no word.
func isSwitch(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// fit refuses combinations that leave something out.
func (o *options) fit() error {
	switch {
	case o.output != "" && report.Lookup(o.output) == nil:
		return fmt.Errorf("-o %s: known are html, markdown, text, jsonl, csv, sarif, openvex, cyclonedx, csaf", o.output)
	case o.output != "" && (o.json || o.explain || o.all != nil):
		return errors.New("-o has the evidence and the installations without findings where its format has a place: leave -json, -explain and -all out")
	case o.inventory != "" && len(o.subject) > 0:
		return fmt.Errorf("-inventory and a product (%q) are two questions: ask one of them", o.subject[0])
	case o.inventory != "" && len(o.advisories) == 0:
		return errors.New("-inventory needs -advisories PATH... to be checked against")
	case len(o.advisories) > 0 && o.inventory == "" && len(o.subject) == 0:
		return errors.New("-advisories needs -inventory FILE, or a product: " +
			"check -advisories FILE -- 'Trend Micro Apex Central' 8.0.7007")
	case o.inventory == "-" && strings.Contains(" "+strings.Join(o.advisories, " ")+" ", " - "):
		return errors.New("standard input is either the advisories or the inventory")
	}
	return nil
}
