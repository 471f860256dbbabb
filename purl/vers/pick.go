package vers

import (
	"errors"
	"fmt"
)

// Highest returns the highest of versions that is in r, "" when none is. Of equal ones it
// is the first. Versions that cannot be read are passed over; the error tells about each of
// them, and the result holds for the others. Versions in r on several lines have no
// highest among them: the result is "" and the error wraps [ErrIncomparable].
func (r Range) Highest(versions []string) (string, error) {
	return r.pick(versions, func(key, best string) bool { return key > best })
}

// Lowest returns the lowest of versions that is in r, as Highest does the highest.
func (r Range) Lowest(versions []string) (string, error) {
	return r.pick(versions, func(key, best string) bool { return key < best })
}

func (r Range) pick(versions []string, better func(key, best string) bool) (string, error) {
	if !r.IsValid() {
		return "", ErrInvalidRange
	}
	var (
		picked, best string
		line         = -1
		room         [96]byte
		errs         []error
	)
	for _, version := range versions {
		key, n, err := r.set.AppendKey(room[:0], r.scheme, version)
		switch {
		case err != nil:
			errs = append(errs, err)
		case r.contains(version, key, n) != Yes:
		case line < 0:
			picked, best, line = version, string(key), n
		case best[:line] != string(key[:n]):
			errs = append(errs, fmt.Errorf("%s and %s lie on two lines of %s: %w",
				picked, version, r.scheme.Name(), ErrIncomparable))
			return "", errors.Join(errs...)
		case better(string(key), best):
			picked, best = version, string(key)
		}
	}
	return picked, errors.Join(errs...)
}
