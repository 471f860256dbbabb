package vers_test

// modelGeneric knows equality only.
func modelGeneric(a, b string) (int, bool) { return 0, a == b }
