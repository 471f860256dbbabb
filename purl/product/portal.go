package product

import (
	"bytes"
	"strings"

	"github.com/affected-go/affected/purl/cpe"
)

// portal is the kind of vendors that publish what others wrote.
const portal = "portal"

// vendorless stands in front of what AppendPortal and AppendVendorless append.
const vendorless = "_project/"

// AppendVendorless appends a key for a CPE name whose vendor is only its product again, as NVD
// names what has no vendor of its own: "online_book_store_project:online_book_store". It appends
// nothing for other names.
func AppendVendorless(dst []byte, name cpe.Name) []byte {
	v, p := name.Value(cpe.Vendor), name.Value(cpe.Product)
	if !isText(v) || !isText(p) {
		return dst
	}
	return appendVendorless(dst, v.Text(), p.Text())
}

// appendVendorless is AppendVendorless for the words of a CPE name.
func appendVendorless(dst []byte, vendor, product string) []byte {
	vendor, ok := strings.CutSuffix(vendor, "_project")
	if !ok {
		return dst
	}
	var r reading
	r.split(vendor)
	own := string(r.text())
	r.split(product)
	if string(r.text()) != own {
		return dst
	}
	r.read(0)
	return r.appendCore(append(dst, vendorless...))
}

// AppendPortal appends the key of [AppendVendorless] for the product of a portal, which publishes
// scripts that others wrote and sets its name where their vendor belongs: SourceCodester. It
// appends nothing for the products of other vendors. The product is given by its key, as Lookup
// returns it. Products of one name from two portals are two products; both may be what NVD names
// without a vendor.
func (c *Catalog) AppendPortal(dst, key []byte) []byte {
	vendor, name, _ := bytes.Cut(key, []byte("/"))
	if owner, ok := c.owners[string(vendor)]; !ok || owner.Kind != portal {
		return dst
	}
	name, _, _ = bytes.Cut(name, []byte("@"))
	return append(append(dst, vendorless...), name...)
}
