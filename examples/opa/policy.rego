package deploy

# A host may not pass while something on it may be affected. What cannot be told may be.
deny contains reason if {
	some installed in input.installations
	answer := affected.verdict(installed, "CVE-2025-69258")
	answer.mayBeAffected
	reason := sprintf("%s %s is %s, fix: %s", [installed.product, installed.version, answer.verdict, answer.fix])
}
