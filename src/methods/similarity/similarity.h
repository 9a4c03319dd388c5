/* Texts about the same thing: for showing somebody who writes a proposal those that are there.
 *
 * A text is a weighted bag of word stems. A word weighs more the fewer texts have it (Karen Spärck
 * Jones, "A statistical interpretation of term specificity and its application in retrieval",
 * Journal of Documentation 28, 1972), and two texts are as alike as the cosine between their
 * weights (Salton and Buckley, "Term-weighting approaches in automatic text retrieval", Information
 * Processing & Management 24, 1988: log frequency, inverse document frequency, cosine). Swedish
 * compounds are met half way: the first five letters of a long stem and the last four of any count
 * by half, so that "skatepark" is near "skateramp", and "parkbänk" near "bänk".
 *
 * It is a hint for people, never a decision; unlike the rules of counting it uses floating point.
 */
#ifndef RADSLAG_METHODS_SIMILARITY_SIMILARITY_H
#define RADSLAG_METHODS_SIMILARITY_SIMILARITY_H

#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"

/* More texts than these are not looked at, nor what is behind so many bytes of one. */
enum { SIMILARITY_TEXTS_MAX = 500, SIMILARITY_TEXT_BYTES = 700 };

struct similar_text {
    int64_t id;
    const char *title, *text; /* UTF-8; NULL = none */
};

struct similar_found {
    int64_t id;
    double score; /* SIMILARITY_LEAST to 1, 1 = the same words */
};

/* Below this, texts share words by accident. */
#define SIMILARITY_LEAST 0.08

/* The at most `most` texts of `texts[count]` that are most like the written one, best first, equal
 * ones by smaller id: into ret_found[most]. Returns how many. Takes at most some 4 MiB of the
 * arena; O(bytes of all texts). */
size_t similarity_find(struct arena *arena, const struct similar_text *written,
                       const struct similar_text *texts, size_t count, size_t most,
                       struct similar_found *ret_found);

#endif
