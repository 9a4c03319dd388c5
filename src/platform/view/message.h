/* Inside platform/view: the table of words as templates and formats see it. */
#ifndef RADSLAG_VIEW_MESSAGE_H
#define RADSLAG_VIEW_MESSAGE_H

#include "platform/view/words.h"

/* A word in the language that has it: one text, or one for each plural form. */
struct message {
    const char *const *forms;
    size_t count;
    enum language language; /* whose plural rule holds; not the one asked for after a fall-back */
};

/* False when nobody has written it. Counts nothing. */
bool message_find(enum language language, const char *key, size_t length,
                  struct message *ret_message);

/* Which of its forms is for `n`. */
size_t message_form_row(const struct message *message, int64_t n);

/* Notes that `language` lacked a word that was shown. */
void message_fell_back(enum language language);

/* A message piece by piece: text as it stands, and {name} or {name|format}. */
enum message_piece { MESSAGE_END, MESSAGE_TEXT, MESSAGE_FIELD, MESSAGE_BROKEN };

struct message_part {
    const char *at; /* text, or name */
    size_t length;
    const char *format; /* NULL = none given */
    size_t format_length;
};

/* Moves `at` past the piece. MESSAGE_BROKEN for braces that are not {name} or {name|format}. */
enum message_piece message_next(const char **at, struct message_part *ret_part);

/* ---- reading .po files ---- */

/* A plural rule as gettext writes it, "(n != 1)"; form 0 for all when the text is NULL. */
struct plural {
    const char *rule;
    size_t count;
};

/* From a Plural-Forms header; false when it cannot be understood or gives a form it does not have.
 */
bool plural_parse(struct arena *arena, const char *header, struct plural *ret_plural);

/* Which form is for `n`; SIZE_MAX when the rule cannot say. */
size_t plural_form(const struct plural *plural, int64_t n);

/* Calls `each` for every translated message that is not fuzzy. ERR_FAULT with a log line for a file
 * that libgettextpo refuses. `bytes` NULL: reads `path`. */
enum error po_read(struct arena *arena, const char *path, const unsigned char *bytes, size_t length,
                   void (*each)(void *context, const char *key, const char *const *forms,
                                size_t count),
                   void *context, struct plural *ret_plural) MUST_USE;

#endif
