// Command cel asks the matcher from CEL, the expression language of Kubernetes admission
// policies: affected(vendor, product, version, vulnerability) is a function like any other.
//
//	cd examples/cel && go run .
//	go run . '!mayBeAffected("Acme", "Gateway", "4.1", "INT-2026-7")'
package main

import (
	"fmt"
	"os"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/matchtest"
)

func main() {
	expressions := os.Args[1:]
	if len(expressions) == 0 {
		expressions = []string{
			`clear("Trend Micro", "Apex Central", "8.0.7190", "CVE-2025-69258")`,
			`["8.0.6955", "8.0.7190", "2019"].filter(v, mayBeAffected("Trend Micro", "Apex Central", v, "CVE-2025-69258"))`,
			`verdict("Trend Micro", "Apex Central", "2019", "CVE-2025-69258")`,
		}
	}
	m, err := match.Compile(matchtest.Affected("CVE-2025-69258", "Trend Micro | Apex Central", "< Build 7190"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "cel:", err)
		os.Exit(1)
	}
	for _, text := range expressions {
		v, err := evaluate(m, text)
		if err != nil {
			fmt.Fprintln(os.Stderr, "cel:", err)
			os.Exit(1)
		}
		fmt.Println(text, "=>", v)
	}
}

// evaluate compiles an expression and runs it.
func evaluate(m *match.Matcher, text string) (any, error) {
	env, err := cel.NewEnv(functions(m)...)
	if err != nil {
		return nil, err
	}
	ast, issues := env.Compile(text)
	if issues.Err() != nil {
		return nil, issues.Err()
	}
	program, err := env.Program(ast)
	if err != nil {
		return nil, err
	}
	out, _, err := program.Eval(cel.NoVars())
	if err != nil {
		return nil, err
	}
	return out.ConvertToNative(nativeOf(out))
}

// functions are what an expression can ask. clear and mayBeAffected are the safe questions:
// what cannot be told is not clear, and may be affected.
func functions(m *match.Matcher) []cel.EnvOption {
	ask := func(name string, result *cel.Type, answer func(match.Verdict) ref.Val) cel.EnvOption {
		four := []*cel.Type{cel.StringType, cel.StringType, cel.StringType, cel.StringType}
		return cel.Function(name, cel.Overload(name+"_installation", four, result, cel.FunctionBinding(func(args ...ref.Val) ref.Val {
			text := func(i int) string { return args[i].Value().(string) }
			in := &match.Installation{Vendor: text(0), Product: text(1), Version: text(2)}
			return answer(m.Check(in, text(3)))
		})))
	}
	return []cel.EnvOption{
		ask("clear", cel.BoolType, func(v match.Verdict) ref.Val { return types.Bool(v.Clear()) }),
		ask("mayBeAffected", cel.BoolType, func(v match.Verdict) ref.Val { return types.Bool(v.MayBeAffected()) }),
		ask("verdict", cel.StringType, func(v match.Verdict) ref.Val { return types.String(v.String()) }),
	}
}
