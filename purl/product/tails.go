package product

// A platform is an operating system that a name is for. The zero value is none.
type platform uint8

const (
	noPlatform platform = iota
	windows
	apple
	linux
	ios
	android
)

// systemOf returns the operating system of a word.
func systemOf(word string) (platform, bool) {
	switch word {
	case "windows", "win":
		return windows, true
	case "mac", "macos", "osx":
		return apple, true
	case "linux":
		return linux, true
	case "ios", "ipados", "iphone", "ipad":
		return ios, true
	case "android":
		return android, true
	}
	return noPlatform, false
}

// softWord tells whether a word at the end of a product's name tells nothing about which one it
// is. Words that tell kinds apart (server, client, agent, plugin, helper, service, cloud) are none.
func softWord(word string) bool {
	switch word {
	case "software", "firmware", "application", "app", "series":
		return true
	}
	return false
}

// versionWord tells whether a word announces a version.
func versionWord(word string) bool {
	switch word {
	case "version", "versions", "ver", "v", "release":
		return true
	}
	return false
}

// levelWord tells whether a word names a level of updates, which tells versions of one release
// apart and not releases.
func levelWord(word string) bool {
	switch word {
	case "cumulative", "update", "service", "pack", "sp", "cu", "hotfix", "patch", "build":
		return true
	}
	return false
}

// shortLevel tells whether a word is a cumulative update with its number: cu14. Service packs are none:
// those of SUSE are products of their own, with statements about each.
func shortLevel(word string) bool { return len(word) > 2 && word[:2] == "cu" && isDigit(word[2]) }

// isLanguage tells whether a word is the code of a language that software is published in.
func isLanguage(word []byte) bool {
	switch string(word) {
	case "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hr", "hu", "id", "it", "ja", "ko",
		"lt", "lv", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh":
		return true
	}
	return false
}

// languageName tells whether a word is the name of a language in English or in itself.
func languageName(word string) bool {
	switch word {
	case "english", "german", "deutsch", "french", "francais", "spanish", "espanol", "italian", "italiano", "japanese",
		"korean", "dutch", "nederlands", "portuguese", "portugues", "russian", "polish", "polski", "chinese", "turkish",
		"swedish", "svenska", "danish", "dansk", "finnish", "norwegian", "norsk", "czech", "hungarian", "greek", "multilingual":
		return true
	}
	return false
}
