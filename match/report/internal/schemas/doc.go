// Package schemas checks what the writers of package report write against the official
// schemas. It is a module of its own, because a validator is more than the library may
// require. The schemas are read from the folder that AFFECTED_SCHEMAS names, or from
// shared/schemas beside the clone; without them the tests are skipped.
package schemas
