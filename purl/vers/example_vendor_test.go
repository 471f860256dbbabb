package vers_test

import (
	"errors"
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

// show prints how two versions compare under a scheme.
func show(scheme, first, second string) {
	a, err := vers.Builtin().Parse(scheme, first)
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := vers.Builtin().Parse(scheme, second)
	if err != nil {
		fmt.Println(err)
		return
	}
	c, comparable := a.Compare(b)
	if !comparable {
		fmt.Printf("%s and %s lie on the lines %q and %q\n", a, b, a.Line(), b.Line())
		return
	}
	fmt.Println(a, []string{"<", "=", ">"}[c+1], b)
}

// The levels of a vendor are parameters of the scheme, the weightier first.
func ExampleSchemes_Lookup_ladder() {
	show("ladder(SP,Update,HF)", "V7.5 SP1 Update 3", "V7.5 SP2")
	show("ladder(<M,<RC)", "9.0.0.M11", "9.0.0")
	show("ladder(MR=3,-GA)", "20.0 MR3", "20.0.3")
	show("ladder(CU@LTSR,@LTSR)", "2203 LTSR CU5", "2305")
	show("ladder(line=3:4000)", "15.0.2116.2", "15.0.4382.1")
	// Output:
	// V7.5 SP1 Update 3 < V7.5 SP2
	// 9.0.0.M11 < 9.0.0
	// 20.0 MR3 = 20.0.3
	// 2203 LTSR CU5 and 2305 lie on the lines "ltsr" and ""
	// 15.0.2116.2 and 15.0.4382.1 lie on the lines "" and "4000"
}

func ExampleSchemes_Parse_junos() {
	show("junos", "21.4R3-S7.9", "21.4R3-S8")
	show("junos", "22.4R2", "22.4R2-EVO")
	_, err := vers.Builtin().Parse("junos", "22.4")
	fmt.Println(errors.Is(err, vers.ErrImprecise))
	// Output:
	// 21.4R3-S7.9 < 21.4R3-S8
	// 22.4R2 and 22.4R2-EVO lie on the lines "" and "evo"
	// true
}

func ExampleSchemes_Parse_cisco() {
	show("cisco-ios", "12.0(24)S2", "12.0(24)S2a")
	show("cisco-ios", "15.2(7)E4", "15.2(4)M11")
	show("cisco-iosxe", "17.9.4a", "17.9.5")
	show("cisco-nxos", "7.0(3)I7(5)", "7.0(3)I7(5a)")
	show("cisco", "7.0(3)F3(5)", "7.0(3)I7(10)")
	// Output:
	// 12.0(24)S2 < 12.0(24)S2a
	// 15.2(7)E4 and 15.2(4)M11 lie on the lines "15.2.e" and "15.2.m"
	// 17.9.4a < 17.9.5
	// 7.0(3)I7(5) < 7.0(3)I7(5a)
	// 7.0(3)F3(5) and 7.0(3)I7(10) lie on the lines "f" and "i"
}

// NetScaler states a bound relative to its release; the scheme joins the two.
func ExampleJoiner() {
	netscaler, _ := vers.Builtin().Lookup("netscaler")
	bound, _ := netscaler.(vers.Joiner).Join("13.1", "49.15")
	fmt.Println(bound)
	show("netscaler", "NS13.1: Build 48.47.nc", bound)
	// Output:
	// 13.1 49.15
	// NS13.1: Build 48.47.nc < 13.1 49.15
}

func ExampleSchemes_Parse_esxi() {
	show("esxi", "ESXi80U2b-23305546", "8.0.2-0.30.23305546")
	show("esxi", "ESXi80U1d-23299997", "8.0.2-0.0.22380479")
	// Output:
	// ESXi80U2b-23305546 = 8.0.2-0.30.23305546
	// ESXi80U1d-23299997 < 8.0.2-0.0.22380479
}

func ExampleSchemes_Parse_jdk() {
	show("jdk", "1.8.0_391-b13", "8u391")
	show("jdk", "8u411", "8u421")
	show("jdk", "8u421", "8u421-perf")
	// Output:
	// 1.8.0_391-b13 = 8u391
	// 8u411 < 8u421
	// 8u421 and 8u421-perf lie on the lines "" and "perf"
}

func ExampleSchemes_Parse_firmware() {
	show("zyxel", "V5.21(AAZF.9)C0", "V5.21(AAZF.17)C0")
	show("zyxel", "V5.21(AAZF.17)C0", "V5.21(ABAG.17)C0")
	show("bios", "EQCN38WW", "EQCN39WW")
	show("aix", "7200-05-04-2220", "7200-05-05")
	// Output:
	// V5.21(AAZF.9)C0 < V5.21(AAZF.17)C0
	// V5.21(AAZF.17)C0 and V5.21(ABAG.17)C0 lie on the lines "aazf" and "abag"
	// EQCN38WW < EQCN39WW
	// 7200-05-04-2220 < 7200-05-05
}

func ExampleSchemes_Parse_date() {
	show("date", "5 June 2024", "2024-06-10")
	show("smr", "SMR Aug-2023 Release 1", "SMR Jan-2024 Release 1")
	// Output:
	// 5 June 2024 < 2024-06-10
	// SMR Aug-2023 Release 1 < SMR Jan-2024 Release 1
}

func ExampleSchemes_Parse_set() {
	show("set", "SAP_BASIS 758", "sap_basis 758")
	show("set", "SAP_BASIS 757", "SAP_BASIS 758")
	// Output:
	// SAP_BASIS 758 = sap_basis 758
	// SAP_BASIS 757 and SAP_BASIS 758 lie on the lines "sap_basis_757" and "sap_basis_758"
}
