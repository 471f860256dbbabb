package csaf

import "github.com/affected-go/affected/advisory/jsonpos"

// weaknessTests is 6.1.11 as far as it can be told without the list of CWE: an id that is a
// category or a view is no weakness, and the name of one well-known weakness is not that of
// another. Names change between versions of the list, so that another name is no proof.
func (t *tester) weaknessTests(v jsonpos.Value) {
	test := func(cwe jsonpos.Value) {
		id, name := cwe.Get("id").Text(nil), cwe.Get("name").Text(nil)
		if cweGroups[id] {
			t.fail("6.1.11", cwe, "%s is a category or view and no weakness", id)
		}
		if other, known := cweNames[name]; known && other != id {
			t.fail("6.1.11", cwe, "%q is the name of %s and not of %.20q", name, other, id)
		}
	}
	if cwe := v.Get("cwe"); cwe.Kind() == jsonpos.Object {
		test(cwe)
	}
	for cwe := range v.Get("cwes").Elements(nil) {
		test(cwe)
	}
}

// cweGroups are categories and views of the list of CWE that are used in place of weaknesses.
var cweGroups = map[string]bool{
	"CWE-2": true, "CWE-16": true, "CWE-17": true, "CWE-18": true, "CWE-19": true, "CWE-21": true, "CWE-133": true, "CWE-136": true,
	"CWE-137": true, "CWE-171": true, "CWE-189": true, "CWE-199": true, "CWE-227": true, "CWE-254": true, "CWE-255": true, "CWE-264": true,
	"CWE-265": true, "CWE-275": true, "CWE-310": true, "CWE-320": true, "CWE-355": true, "CWE-361": true, "CWE-371": true, "CWE-387": true,
	"CWE-388": true, "CWE-389": true, "CWE-398": true, "CWE-399": true, "CWE-411": true, "CWE-417": true, "CWE-429": true, "CWE-438": true,
	"CWE-452": true, "CWE-465": true, "CWE-635": true, "CWE-699": true, "CWE-1000": true, "CWE-1003": true, "CWE-1026": true, "CWE-1194": true,
	"CWE-1344": true,
}

// cweNames are the names of the most frequent weaknesses.
var cweNames = map[string]string{
	"Improper Input Validation": "CWE-20",
	"Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')":             "CWE-22",
	"Improper Neutralization of Special Elements used in a Command ('Command Injection')":        "CWE-77",
	"Improper Neutralization of Special Elements used in an OS Command ('OS Command Injection')": "CWE-78",
	"Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')":       "CWE-79",
	"Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')":       "CWE-89",
	"Improper Control of Generation of Code ('Code Injection')":                                  "CWE-94",
	"Improper Restriction of Operations within the Bounds of a Memory Buffer":                    "CWE-119",
	"Buffer Copy without Checking Size of Input ('Classic Buffer Overflow')":                     "CWE-120",
	"Stack-based Buffer Overflow":                                "CWE-121",
	"Heap-based Buffer Overflow":                                 "CWE-122",
	"Out-of-bounds Read":                                         "CWE-125",
	"Integer Overflow or Wraparound":                             "CWE-190",
	"Exposure of Sensitive Information to an Unauthorized Actor": "CWE-200",
	"Improper Privilege Management":                              "CWE-269",
	"Incorrect Default Permissions":                              "CWE-276",
	"Improper Access Control":                                    "CWE-284",
	"Improper Authentication":                                    "CWE-287",
	"Improper Certificate Validation":                            "CWE-295",
	"Missing Authentication for Critical Function":               "CWE-306",
	"Improper Restriction of Excessive Authentication Attempts":  "CWE-307",
	"Missing Encryption of Sensitive Data":                       "CWE-311",
	"Cleartext Transmission of Sensitive Information":            "CWE-319",
	"Inadequate Encryption Strength":                             "CWE-326",
	"Use of a Broken or Risky Cryptographic Algorithm":           "CWE-327",
	"Cross-Site Request Forgery (CSRF)":                          "CWE-352",
	"Uncontrolled Resource Consumption":                          "CWE-400",
	"Double Free":                                                "CWE-415",
	"Use After Free":                                             "CWE-416",
	"Uncontrolled Search Path Element":                           "CWE-427",
	"Unrestricted Upload of File with Dangerous Type":            "CWE-434",
	"NULL Pointer Dereference":                                   "CWE-476",
	"Deserialization of Untrusted Data":                          "CWE-502",
	"Insufficiently Protected Credentials":                       "CWE-522",
	"URL Redirection to Untrusted Site ('Open Redirect')":        "CWE-601",
	"Improper Restriction of XML External Entity Reference":      "CWE-611",
	"Reachable Assertion":                                        "CWE-617",
	"Incorrect Permission Assignment for Critical Resource":      "CWE-732",
	"Allocation of Resources Without Limits or Throttling":       "CWE-770",
	"Out-of-bounds Write":                                        "CWE-787",
	"Use of Hard-coded Credentials":                              "CWE-798",
	"Missing Authorization":                                      "CWE-862",
	"Incorrect Authorization":                                    "CWE-863",
	"Server-Side Request Forgery (SSRF)":                         "CWE-918",
}
