// Package jsonpos reads JSON into values that know where they stand.
//
// A verdict is only worth something when it can be checked by hand, so every value keeps its byte offset in the
// stream and can name its JSON pointer (RFC 6901). A decoder walks the values and collects what does not fit instead
// of giving up:
//
//	var errs jsonpos.Errors
//	for v, err := range jsonpos.Documents(r, jsonpos.Limits{}) {
//		if err != nil { ... } // this document is lost, the stream goes on if it can
//		title := v.At("/document/title").Text(&errs)
//		for product := range v.Get("products").Elements(&errs) { ... }
//	}
//
// [Parse] takes one document held in memory. [Documents] takes a stream: one document, a top-level array whose elements
// are the documents, JSON lines, or values one after the other, all recognized without being told.
//
// The grammar is RFC 8259, strictly, with a leading byte order mark allowed (section 8.1). Where RFC 8259 leaves a
// choice, this package decides as follows:
//
//	text that is not UTF-8        the document is refused, with the offset
//	a name that occurs twice      the last one counts; reading it, or anything in it, reports ErrDuplicate
//	an unpaired \ud800..\udfff    becomes U+FFFD; reading it reports ErrSurrogate
//	numbers of any size           kept as text; Int and Float report what does not fit
//	null                          reads as the zero value, like a member that is not there
//
// Input may be hostile: nothing here recurses, memory is bounded by [Limits], time is linear in the input.
package jsonpos
