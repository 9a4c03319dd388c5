/* Files that the build put into the program: templates, statements, migrations, words, style,
 * scripts. tools/embed makes the table. */
#ifndef RADSLAG_BASE_EMBEDDED_H
#define RADSLAG_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *path;           /* from src/ or the build folder: "people/templates/login.html" */
    const unsigned char *bytes; /* followed by a NUL that is not counted */
    size_t length;
};

extern const struct embedded embedded_files[];
extern const size_t embedded_count;

/* NULL when there is none. */
const struct embedded *embedded_find(const char *path);

#endif
