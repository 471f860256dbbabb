// Command opa asks the matcher from Rego: affected.verdict is a builtin that takes an
// installation and a vulnerability and returns what a policy decides by.
//
//	cd examples/opa && go run .
package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/types"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/matchtest"
)

//go:embed policy.rego
var policy string

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "opa:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	m, err := match.Compile(matchtest.Affected("CVE-2025-69258", "Trend Micro | Apex Central", "< Build 7190"))
	if err != nil {
		return err
	}
	for _, version := range []string{"8.0.6955", "8.0.7190", "2019"} {
		reasons, err := deny(ctx, m, map[string]any{"id": "console", "installations": []any{
			map[string]any{"vendor": "Trend Micro", "product": "Apex Central", "version": version},
		}})
		if err != nil {
			return err
		}
		fmt.Println(version, "denied:", reasons)
	}
	return nil
}

// deny evaluates the policy about a host and returns why it may not pass.
func deny(ctx context.Context, m *match.Matcher, host map[string]any) ([]string, error) {
	query, err := rego.New(rego.Query("data.deploy.deny"), rego.Module("policy.rego", policy), builtin(m), rego.Input(host)).Eval(ctx)
	if err != nil {
		return nil, err
	}
	var reasons []string
	for _, result := range query {
		list, _ := result.Expressions[0].Value.([]any)
		for _, reason := range list {
			reasons = append(reasons, fmt.Sprint(reason))
		}
	}
	return reasons, nil
}

// An answer is what the builtin returns: clear and mayBeAffected are the safe questions.
type answer struct {
	Verdict       string `json:"verdict"`
	Clear         bool   `json:"clear"`
	MayBeAffected bool   `json:"mayBeAffected"`
	Fix           string `json:"fix"`
}

// builtin is affected.verdict(installation, vulnerability).
func builtin(m *match.Matcher) func(*rego.Rego) {
	return rego.Function2(&rego.Function{
		Name: "affected.verdict",
		Decl: types.NewFunction(types.Args(types.A, types.S), types.A),
	}, func(_ rego.BuiltinContext, installed, vulnerability *ast.Term) (*ast.Term, error) {
		var in struct{ Vendor, Product, Version string }
		if err := ast.As(installed.Value, &in); err != nil {
			return nil, err
		}
		id, ok := vulnerability.Value.(ast.String)
		if !ok {
			return nil, fmt.Errorf("vulnerability: wanted a string, found %v", vulnerability)
		}
		f := m.Finding(&match.Installation{Vendor: in.Vendor, Product: in.Product, Version: in.Version}, string(id))
		text, err := json.Marshal(answer{f.Verdict.String(), f.Verdict.Clear(), f.Verdict.MayBeAffected(), f.Fix.String()})
		if err != nil {
			return nil, err
		}
		return ast.ParseTerm(string(text))
	})
}
