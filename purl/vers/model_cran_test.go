package vers_test

func modelCRAN(a, b string) (int, bool) {
	return compareLists(numbersOf(a, ".-"), numbersOf(b, ".-"), compareBig), true
}
