/*
 * dpkg itself: parseversion and dpkg_version_compare of libdpkg. What dpkg warns about and
 * compares all the same, such as a version that begins with a letter, is no refusal.
 */
#define LIBDPKG_VOLATILE_API 1
#include <stdio.h>
#include <stdbool.h>
#include <string.h>

#include <dpkg/dpkg.h>
#include <dpkg/dpkg-db.h>
#include <dpkg/error.h>
#include <dpkg/parsedump.h>
#include <dpkg/version.h>

static bool
read_version(struct dpkg_version *v, const char *text)
{
	struct dpkg_error err = DPKG_ERROR_INIT;
	bool fine = parseversion(v, text, &err) == 0 || err.type == DPKG_MSG_WARN;

	dpkg_error_destroy(&err);
	return fine;
}

int
main(void)
{
	static char line[1 << 16];

	while (fgets(line, sizeof line, stdin)) {
		struct dpkg_version v, w;
		char *tab = strchr(line, '\t');

		if (tab == NULL)
			return 1;
		*tab = '\0';
		tab[1 + strcspn(tab + 1, "\n")] = '\0';
		if (read_version(&v, line) && read_version(&w, tab + 1)) {
			int c = dpkg_version_compare(&v, &w);
			printf("%d\n", (c > 0) - (c < 0));
		} else {
			puts("!");
		}
	}
	return 0;
}
