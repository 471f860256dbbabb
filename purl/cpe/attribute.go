package cpe

import "strconv"

// An Attribute is one of the eleven attributes of a name, in the order of the formatted string
// (NISTIR 7695 section 5.2). The zero Attribute is Part. All of them are visited by
//
//	for a := cpe.Part; a <= cpe.Other; a++
type Attribute uint8

// The attributes of a name.
const (
	Part Attribute = iota
	Vendor
	Product
	Version
	Update
	Edition
	Language
	SWEdition
	TargetSW
	TargetHW
	Other
)

// attributes is how many there are.
const attributes = 11

var attributeNames = [attributes]string{
	Part:      "part",
	Vendor:    "vendor",
	Product:   "product",
	Version:   "version",
	Update:    "update",
	Edition:   "edition",
	Language:  "language",
	SWEdition: "sw_edition",
	TargetSW:  "target_sw",
	TargetHW:  "target_hw",
	Other:     "other",
}

// String returns the name of the attribute as NISTIR 7695 spells it, such as "target_sw".
func (a Attribute) String() string {
	if a > Other {
		return "attribute(" + strconv.Itoa(int(a)) + ")"
	}
	return attributeNames[a]
}

// A set holds attributes, one bit each.
type set uint16

// all is the set of every attribute.
const all set = 1<<attributes - 1

// bitOf returns the set of a alone, or the empty set if a is no attribute.
func bitOf(a Attribute) set { return 1 << a & all }
