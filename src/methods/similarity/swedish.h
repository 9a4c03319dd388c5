/* Swedish words cut to their stem: Martin Porter, "The Swedish stemming algorithm" (Snowball,
 * 2001), written from its description. */
#ifndef RADSLAG_METHODS_SIMILARITY_SWEDISH_H
#define RADSLAG_METHODS_SIMILARITY_SWEDISH_H

#include <stdbool.h>
#include <stddef.h>

/* Length in bytes of the stem of a word in lower-case UTF-8: stems are beginnings of their words.
 * "lekplatserna" → "lekplats". */
size_t swedish_stem(const char *word, size_t length);

/* True for words that say nothing about a subject: "och", "att", "den". */
bool swedish_common(const char *word, size_t length);

#endif
