// Package schemas checks what the writers of package report write with the eyes of others:
// against the official schemas and our own, and through readers independent of this library. It
// is a module of its own, because these are more than the library may require. The schemas
// come with the modules of the readers; that of OpenVEX, which no module ships, is read from
// the folder that AFFECTED_SCHEMAS names, or from shared/schemas beside the clone, and its
// test is skipped without it.
package schemas
