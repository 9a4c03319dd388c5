/* Rules of pages: pure decisions about states, what may be published, addresses and variants. */
#ifndef RADSLAG_PAGES_RULES_H
#define RADSLAG_PAGES_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/shape.h"

/* States of any page (JOURNEYS 7). */
#define PAGE_STATE(C, T)                                                                           \
    C(T, draft, "seen by its owner and author alone")                                              \
    C(T, review, "waits for its owner to publish")                                                 \
    C(T, published, "seen by everybody")                                                           \
    C(T, unpublished, "taken away from the public; kept as a record")                              \
    C(T, archived, "closed, kept by the plan")                                                     \
    C(T, disposed, "destroyed by a disposal decision")
CHOICES(page_state, PAGE_STATE);

/* What a page is to the page it was made from (QUA-12). */
#define PAGE_VARIANT(C, T)                                                                         \
    C(T, original, "stands for itself")                                                            \
    C(T, translation, "the same in another language")                                              \
    C(T, easy_read, "the same in easy words")                                                      \
    C(T, sign_language, "the same in sign language, as a film")
CHOICES(page_variant, PAGE_VARIANT);

/* The transitions that are allowed (JOURNEYS 7, any page). */
bool page_may_become(enum page_state from, enum page_state to);

/* True when a change to this state must carry words: unpublishing says why to readers, disposal
 * names its decision. */
bool page_state_wants_reason(enum page_state to);

/* ---- publish checks (MISSION_FACTS 2): what must be mended before readers see it ---- */

#define FINDING_KIND(C, T)                                                                         \
    C(T, no_title, "the title is missing")                                                         \
    C(T, no_lead, "the lead is missing")                                                           \
    C(T, no_text, "the text is missing")                                                           \
    C(T, template_text, "a text that was to be replaced is left")                                  \
    C(T, link_without_text, "a link has no words to press")                                        \
    C(T, empty_heading, "a heading has no words")
CHOICES(finding_kind, FINDING_KIND);

#define FINDING(F, T)                                                                              \
    F(T, choice, kind, finding_kind, "what is wrong")                                              \
    F(T, slug, field, , "title, lead or body")                                                     \
    F(T, int, line, , "of the field, from 1; 0 = the whole field")                                 \
    F(T, text, excerpt, , "the words in question")
SHAPE(finding, FINDING);

struct page_text {
    const char *title, *lead, *body; /* NULL = none; body is Markdown */
};

/* Lists what is wrong, at most 20, in the order a reader meets it. CHK-2, CHK-7. */
void page_findings(struct arena *arena, const struct page_text *text,
                   struct finding_list *ret_findings);

/* ---- addresses ---- */

/* True for last parts of an address that the program itself uses under /pages. */
bool page_slug_reserved(const char *slug);

/* The n-th candidate for a page with this title: "aviks-badplats", "aviks-badplats-2" … A reserved
 * or empty one gets "sida" in front. In arena. */
const char *page_slug_candidate(struct arena *arena, const char *title, int n);

/* ---- variants ---- */

/* True when the variant's text is older than its original's (QUA-12). Either may be INSTANT_NONE:
 * then nothing can be said. */
bool variant_is_old(int64_t variant_text_at, int64_t original_text_at);

#endif
