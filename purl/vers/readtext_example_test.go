package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

func ExampleSchemes_ReadText() {
	set := vers.Builtin()
	vendor, _ := set.Lookup("vendor")
	for _, text := range []string{
		"All versions < V12 SP1 Update 4",
		"7.4.x before 7.4.6",
		"AP9 <= 11.7.1",
		"< 8.1.0.6, < 9.1.1",
		"5.1 6.2",
	} {
		r, reading, err := set.ReadText(vendor, text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		in, _ := r.Contains("11")
		fmt.Println(text, "|", in, reading.Level, reading.Dropped, reading.Branches)
	}
	// Output:
	// All versions < V12 SP1 Update 4 | yes tolerant  []
	// 7.4.x before 7.4.6 | no tolerant  []
	// AP9 <= 11.7.1 | yes tolerant AP9 []
	// < 8.1.0.6, < 9.1.1 | no tolerant  [8.1.0.6 9.1.1]
	// text: "5.1 6.2" at 4: two versions without a separator, or one
}

// A condition is kept as text: who cannot tell whether it holds does not know whether the
// version is affected.
func ExampleReading() {
	set := vers.Builtin()
	vendor, _ := set.Lookup("vendor")
	r, reading, _ := set.ReadText(vendor, "< 5.1 on Windows")
	in, _ := r.Contains("5.0.2")
	fmt.Println(in, "if", reading.Condition)
	// Output: yes if on Windows
}

func ExampleIsPlaceholder() {
	fmt.Println(vers.IsPlaceholder("see references"), vers.IsPlaceholder("5.1"))
	// Output: true false
}

func ExampleIsAll() {
	fmt.Println(vers.IsAll("All versions"), vers.IsAll("All versions < 5"))
	// Output: true false
}
