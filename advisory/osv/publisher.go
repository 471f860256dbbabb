package osv

import (
	"strings"

	"github.com/affected-go/affected/advisory"
)

// publisherOf returns who keeps the database that an id comes from, by the longest prefix
// that the table knows. A database that nobody knows is a third party by its prefix.
func publisherOf(id string) advisory.Publisher {
	for end := len(id); end > 0; end = strings.LastIndexByte(id[:end], '-') {
		if p, ok := publishers[strings.ToUpper(id[:end])]; ok {
			return p
		}
	}
	prefix, _, _ := strings.Cut(id, "-")
	return advisory.Publisher{Name: prefix}
}

// publishers are the home databases of the schema ("id, modified fields"). A distribution
// speaks for its own builds; a project that makes what it speaks about is the vendor; the
// databases of language ecosystems collect what others found.
var publishers = map[string]advisory.Publisher{
	"ALBA":        {Name: "AlmaLinux", Rank: advisory.RankDistributor},
	"ALEA":        {Name: "AlmaLinux", Rank: advisory.RankDistributor},
	"ALPINE":      {Name: "Alpine", Rank: advisory.RankDistributor},
	"ALSA":        {Name: "AlmaLinux", Rank: advisory.RankDistributor},
	"ASB-A":       {Name: "Android", Rank: advisory.RankVendor},
	"AZL":         {Name: "Azure Linux", Rank: advisory.RankDistributor},
	"BELL":        {Name: "BellSoft", Rank: advisory.RankDistributor},
	"BIT":         {Name: "Bitnami", Rank: advisory.RankDistributor},
	"CGA":         {Name: "Chainguard", Rank: advisory.RankDistributor},
	"CLEANSTART":  {Name: "CleanStart", Rank: advisory.RankDistributor},
	"CLSA":        {Name: "TuxCare", Rank: advisory.RankDistributor},
	"CURL":        {Name: "curl", Rank: advisory.RankVendor},
	"CVE":         {Name: "OSV", Rank: advisory.RankAggregator}, // converted at osv.dev
	"DEBIAN":      {Name: "Debian", Rank: advisory.RankDistributor},
	"DHI":         {Name: "Docker", Rank: advisory.RankDistributor},
	"DLA":         {Name: "Debian", Rank: advisory.RankDistributor},
	"DRUPAL":      {Name: "Drupal", Rank: advisory.RankVendor},
	"DSA":         {Name: "Debian", Rank: advisory.RankDistributor},
	"DTSA":        {Name: "Debian", Rank: advisory.RankDistributor},
	"ECHO":        {Name: "Echo", Rank: advisory.RankDistributor},
	"EEF":         {Name: "Erlang Ecosystem Foundation", Rank: advisory.RankCoordinator},
	"ELA":         {Name: "Freexian", Rank: advisory.RankDistributor},
	"FREEBSD":     {Name: "FreeBSD", Rank: advisory.RankDistributor},
	"GHSA":        {Name: "GitHub", Rank: advisory.RankAggregator},
	"GO":          {Name: "Go", Rank: advisory.RankAggregator},
	"GSD":         {Name: "Global Security Database", Rank: advisory.RankAggregator},
	"HSEC":        {Name: "Haskell", Rank: advisory.RankAggregator},
	"JLSEC":       {Name: "Julia", Rank: advisory.RankAggregator},
	"KUBE":        {Name: "Kubernetes", Rank: advisory.RankVendor},
	"LBSEC":       {Name: "LoopBack", Rank: advisory.RankVendor},
	"LSN":         {Name: "Ubuntu", Rank: advisory.RankDistributor},
	"MAL":         {Name: "OpenSSF Malicious Packages", Rank: advisory.RankAggregator},
	"MGASA":       {Name: "Mageia", Rank: advisory.RankDistributor},
	"MINI":        {Name: "MinimOS", Rank: advisory.RankDistributor},
	"OESA":        {Name: "openEuler", Rank: advisory.RankDistributor},
	"OPENSUSE-SU": {Name: "SUSE", Rank: advisory.RankDistributor},
	"OSEC":        {Name: "OCaml", Rank: advisory.RankAggregator},
	"OSV":         {Name: "OSS-Fuzz", Rank: advisory.RankAggregator},
	"PHSA":        {Name: "Photon OS", Rank: advisory.RankDistributor},
	"PSF":         {Name: "Python Software Foundation", Rank: advisory.RankVendor},
	"PUB-A":       {Name: "Android", Rank: advisory.RankVendor},
	"PYSEC":       {Name: "PyPA", Rank: advisory.RankAggregator},
	"RHBA":        {Name: "Red Hat", Rank: advisory.RankDistributor},
	"RHEA":        {Name: "Red Hat", Rank: advisory.RankDistributor},
	"RHSA":        {Name: "Red Hat", Rank: advisory.RankDistributor},
	"RLSA":        {Name: "Rocky Linux", Rank: advisory.RankDistributor},
	"ROOT":        {Name: "Root", Rank: advisory.RankDistributor},
	"RSEC":        {Name: "R Consortium", Rank: advisory.RankAggregator},
	"RUBYSEC":     {Name: "RubySec", Rank: advisory.RankAggregator},
	"RUSTSEC":     {Name: "RustSec", Rank: advisory.RankAggregator},
	"RXSA":        {Name: "Rocky Linux", Rank: advisory.RankDistributor},
	"SUSE-FU":     {Name: "SUSE", Rank: advisory.RankDistributor},
	"SUSE-OU":     {Name: "SUSE", Rank: advisory.RankDistributor},
	"SUSE-RU":     {Name: "SUSE", Rank: advisory.RankDistributor},
	"SUSE-SU":     {Name: "SUSE", Rank: advisory.RankDistributor},
	"UBUNTU":      {Name: "Ubuntu", Rank: advisory.RankDistributor},
	"USN":         {Name: "Ubuntu", Rank: advisory.RankDistributor},
	"V8":          {Name: "V8", Rank: advisory.RankVendor},
}
