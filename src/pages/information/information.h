/* Information pages: what their files share, and what the other folders of pages use of them. */
#ifndef RADSLAG_INFORMATION_H
#define RADSLAG_INFORMATION_H

#include "pages/information/views.h"

enum { HEADING_LEVEL = 2 }; /* of the text: the title is the first */

/* The page at :id with its words, for who may do with it what `wants` says; ERR_NOT_FOUND, or what
 * `require` answers. */
enum wants { WANTS_EDIT, WANTS_STATE };
enum error information_find(struct db *db, struct request *rq, enum wants wants,
                            struct information_row *ret_row) MUST_USE;

/* The parts of a joined row. */
struct page information_page(const struct information_row *row);
struct page_text information_text(const struct information_row *row);

/* Options of the fields page_owner, substitute and language; three lists in one. */
enum error information_options(struct db *db, struct request *rq,
                               const struct form_options **ret_options) MUST_USE;

/* True when the code is among the options of a field. */
bool option_offered(const struct form_options *options, const char *field, const char *code);

#endif
