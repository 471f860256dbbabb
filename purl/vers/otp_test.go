package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var otpGrammar = grammar{
	heads:    []string{"", "", "OTP-"},
	between:  []string{"."},
	parts:    []string{"1", "0"},
	tails:    []string{"", "", ".0", ".0.0", "-rc1", "-rc2", "-rc10"},
	alphabet: ".019-rc",
}

func ExampleSchemes_Parse_otp() {
	a, _ := vers.Builtin().Parse("otp", "OTP-27.0-rc3")
	b, _ := vers.Builtin().Parse("otp", "27.0")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: -1
}
