package cve

import (
	"strings"

	"github.com/affected-go/affected/advisory"
)

// rankOf returns how an assigner stands to the products it speaks about. Most of the 313
// assigners in 44,130 records make the products; the others are listed.
func rankOf(assigner string) advisory.Rank {
	if rank, ok := ranks[strings.ToLower(strings.TrimSpace(assigner))]; ok {
		return rank
	}
	if strings.TrimSpace(assigner) == "" {
		return advisory.RankThirdParty
	}
	return advisory.RankVendor
}

// ranks holds the assigners that do not make the products, by their short names in lower
// case. The roles are those of the partner list at cve.org.
var ranks = map[string]advisory.Rank{
	// National and industry teams, and platforms where the maker publishes through another.
	"certcc":        advisory.RankCoordinator,
	"certvde":       advisory.RankCoordinator,
	"cert-in":       advisory.RankCoordinator,
	"cert-pl":       advisory.RankCoordinator,
	"cisa-cg":       advisory.RankCoordinator,
	"divd":          advisory.RankCoordinator,
	"enisa":         advisory.RankCoordinator,
	"github_m":      advisory.RankCoordinator,
	"govtech csg":   advisory.RankCoordinator,
	"hackerone":     advisory.RankCoordinator,
	"icscert":       advisory.RankCoordinator,
	"incd":          advisory.RankCoordinator,
	"incibe":        advisory.RankCoordinator,
	"jpcert":        advisory.RankCoordinator,
	"krcert":        advisory.RankCoordinator,
	"ncsc-fi":       advisory.RankCoordinator,
	"ncsc-nl":       advisory.RankCoordinator,
	"ncsc.ch":       advisory.RankCoordinator,
	"sk-cert":       advisory.RankCoordinator,
	"tr-cert":       advisory.RankCoordinator,
	"twcert":        advisory.RankCoordinator,
	"anolis":        advisory.RankDistributor,
	"canonical":     advisory.RankDistributor,
	"debian":        advisory.RankDistributor,
	"fedora":        advisory.RankDistributor,
	"opencloudos":   advisory.RankDistributor,
	"openeuler":     advisory.RankDistributor,
	"redhat":        advisory.RankDistributor,
	"suse":          advisory.RankDistributor,
	"@huntr_ai":     advisory.RankThirdParty,
	"@huntrdev":     advisory.RankThirdParty,
	"aha":           advisory.RankThirdParty,
	"appcheck":      advisory.RankThirdParty,
	"asrg":          advisory.RankThirdParty,
	"cirosec":       advisory.RankThirdParty,
	"cyberdanube":   advisory.RankThirdParty,
	"directcyber":   advisory.RankThirdParty,
	"dragos":        advisory.RankThirdParty,
	"dwf":           advisory.RankThirdParty,
	"fluid attacks": advisory.RankThirdParty,
	"hiddenlayer":   advisory.RankThirdParty,
	"jfrog":         advisory.RankThirdParty,
	"korelogic":     advisory.RankThirdParty,
	"mandiant":      advisory.RankThirdParty,
	"mitre":         advisory.RankThirdParty,
	"nozomi":        advisory.RankThirdParty,
	"onekey":        advisory.RankThirdParty,
	"patchstack":    advisory.RankThirdParty,
	"pentraze":      advisory.RankThirdParty,
	"rapid7":        advisory.RankThirdParty,
	"sba-research":  advisory.RankThirdParty,
	"sec-vlab":      advisory.RankThirdParty,
	"securifera":    advisory.RankThirdParty,
	"securin":       advisory.RankThirdParty,
	"snyk":          advisory.RankThirdParty,
	"star_labs":     advisory.RankThirdParty,
	"talos":         advisory.RankThirdParty,
	"tml":           advisory.RankThirdParty,
	"vulncheck":     advisory.RankThirdParty,
	"vuldb":         advisory.RankThirdParty,
	"wordfence":     advisory.RankThirdParty,
	"wpscan":        advisory.RankThirdParty,
	"xi":            advisory.RankThirdParty,
	"zdi":           advisory.RankThirdParty,
	"zuso art":      advisory.RankThirdParty,
}
