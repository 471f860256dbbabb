package vers_test

func modelHackage(a, b string) (int, bool) {
	return compareLists(numbersOf(a, "."), numbersOf(b, "."), compareBig), true
}
