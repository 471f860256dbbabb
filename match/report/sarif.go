package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"iter"
	"net/url"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
)

// What the reports say about the tool that wrote them.
const (
	toolName = "affected"
	toolURL  = "https://github.com/affected-go/affected"
)

// SARIF writes SARIF 2.1.0: a rule for each vulnerability and a result for each finding.
//
//	affected                        kind fail, level error
//	unknown, under investigation    kind fail, level warning, while it may be affected
//	unknown otherwise               kind open, level none
//	fixed, not affected             kind pass, level none
//
// The format has the kind "open" for all that cannot be told, but viewers hide it, and what
// may be affected must not be hidden. An accepted risk is a suppression. Errors of the stream
// are notifications of the run, which then was not successful.
func SARIF(w io.Writer, entries iter.Seq2[Entry, error], opt Options) error {
	var t trouble
	run := sarifRun{
		Tool:       sarifTool{Driver: sarifDriver{Name: toolName, InformationURI: toolURL, Rules: []sarifRule{}}},
		Results:    []sarifResult{},
		Properties: sarifProperties(opt),
	}
	rules := map[string]int{}
	for e, err := range entries {
		if t.take(err) || e.IsSilent() {
			continue
		}
		index, known := rules[e.Finding.Vulnerability]
		if !known {
			index = len(rules)
			rules[e.Finding.Vulnerability] = index
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, e.sarifRule())
		}
		run.Results = append(run.Results, e.sarifResult(index))
	}
	invocation := sarifInvocation{Successful: t.count == 0}
	if !opt.Time.IsZero() {
		invocation.End = opt.Time.UTC().Format(time.RFC3339)
	}
	for _, text := range t.texts {
		invocation.Notifications = append(invocation.Notifications, sarifNotification{"error", sarifText{text}})
	}
	run.Invocations = []sarifInvocation{invocation}
	if err := writeJSON(w, sarifLog{
		Schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	}); err != nil {
		return err
	}
	return t.err()
}

// writeJSON writes a document for tools and for people.
func writeJSON(w io.Writer, document any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(document)
}

func sarifProperties(opt Options) map[string]any {
	if opt.Title == "" {
		return nil
	}
	return map[string]any{"title": opt.Title}
}

// sarifRule returns the rule of the vulnerability of an entry.
func (e *Entry) sarifRule() sarifRule {
	r := sarifRule{ID: e.Finding.Vulnerability, Short: sarifText{e.Finding.Vulnerability}, Properties: map[string]any{"tags": []string{"security"}}}
	v := e.vulnerability()
	if v == nil {
		return r
	}
	r.Short.Text = cmp.Or(v.Title, r.Short.Text)
	if v.Description != "" {
		r.Full = &sarifText{v.Description}
	}
	for _, ref := range v.References {
		if u, err := url.Parse(ref.URL); err == nil && u.IsAbs() && r.HelpURI == "" {
			r.HelpURI = u.String()
		}
	}
	if s := e.severity(); s.Score > 0 {
		r.Properties["security-severity"] = formatScore(s.Score)
	}
	return r
}

// sarifResult returns the result of an entry.
func (e *Entry) sarifResult(rule int) sarifResult {
	in, v := e.Installation, e.Finding.Verdict
	r := sarifResult{RuleID: e.Finding.Vulnerability, RuleIndex: rule, Kind: "fail", Level: "warning"}
	switch {
	case v.Status == advisory.Affected:
		r.Level = "error"
	case v.Clear():
		r.Kind, r.Level = "pass", "none"
	case !v.MayBeAffected():
		r.Kind, r.Level = "open", "none"
	}
	product := strings.TrimSpace(productName(in) + " " + installedVersion(in))
	host := cmp.Or(hostID(in), "unnamed host")
	r.Message.Text = printable(product + " on " + host + ": " + v.String() + " by " + e.Finding.Vulnerability + ". " + e.Why() + ".")
	if e.Finding.Fix.IsVersion() {
		r.Message.Text += printable(" Fix: " + e.Finding.Fix.String() + ".")
	}
	r.Locations = []sarifLocation{{
		Physical: sarifPhysical{sarifArtifact{"inventory/" + url.PathEscape(host)}},
		Logical:  []sarifLogical{{Name: product, FullName: host + "/" + product, Kind: "resource"}},
	}}
	sum := sha256.Sum256([]byte(strings.Join([]string{
		host, in.Vendor, in.Product, in.PURL.Base().String(), in.CPE.String(), in.Serial, e.Finding.Vulnerability}, "\x00")))
	r.Fingerprints = map[string]string{"productVulnerability/v1": hex.EncodeToString(sum[:])}
	r.Properties = map[string]any{"verdict": v.Status.String()}
	for name, value := range map[string]string{
		"reason": v.Reason.String(), "fix": e.Finding.Fix.String(), "purl": in.PURL.String(), "cpe": in.CPE.String(), "installed": installedVersion(in),
	} {
		if value != "" && value != "-" {
			r.Properties[name] = value
		}
	}
	if c := e.claim(); c != nil {
		r.Properties["document"], r.Properties["place"] = c.Document, c.Place
	}
	if a := e.Finding.Accepted; a != nil {
		r.Suppressions = []sarifSuppression{{Kind: "external", Status: "accepted", Justification: printable(e.Evidence.Accepted)}}
	}
	return r
}

// The parts of a SARIF log that are written (SARIF 2.1.0, section 3).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		Results     []sarifResult     `json:"results"`
		Properties  map[string]any    `json:"properties,omitempty"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID         string         `json:"id"`
		Short      sarifText      `json:"shortDescription"`
		Full       *sarifText     `json:"fullDescription,omitempty"`
		HelpURI    string         `json:"helpUri,omitempty"`
		Properties map[string]any `json:"properties,omitempty"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		End           string              `json:"endTimeUtc,omitempty"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Kind         string             `json:"kind"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
		Properties   map[string]any     `json:"properties"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifLogical struct {
		Name     string `json:"name"`
		FullName string `json:"fullyQualifiedName"`
		Kind     string `json:"kind"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Status        string `json:"status"`
		Justification string `json:"justification,omitempty"`
	}
)
