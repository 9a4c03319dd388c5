/* Forms: the fields that a page asks for, declared once.
 *
 *     #define LOGIN_FORM(F, T)                                                                \
 *         F(T, email, email,    , REQUIRED, 254, account, "where the code is sent")           \
 *         F(T, flag,  remember, , OPTIONAL, 0,   session, "stay logged in on this computer")
 *     FORM(login_form, LOGIN_FORM);
 *
 * Columns: kind, name, CHOICES table (choice and picks), need, maximum (characters as people count
 * them; number of picks; largest number; bytes of a file; 0 = the kind's own), record class (row of
 * view/retention.def: purpose and term of the datum, QUA-4; an unknown one does not compile), doc.
 *
 * It makes `struct login_form` (what the handler reads), `login_form_form` (how it is parsed and
 * checked, alike from an HTML form, multipart or JSON), and `login_form_fields_shape`, bound in the
 * route's template under the root `form`: {{#form.email}}{{>field}}{{/form.email}}.
 *
 * Words: `<form>.<field>` label, `<form>.<field>.help` (may be missing), `<choices>.<code>` for
 * options. Error words: `field.required`, `field.too_long`, … (view/form.c), or the handler's own.
 *
 * Kinds and their C types in the struct:
 *   text, lines, email, password, code   const char *   NULL = not given; code: digits, spaces gone
 *   flag                                 bool
 *   number, money                        int64_t        FORM_NONE = not given; money in öre
 *   date                                 int64_t        midnight in Sweden; INSTANT_NONE = not
 * given clock                                int            minutes since midnight; -1 = not given
 *   choice                               int            row of the table; -1 = not given
 *   picks                                uint64_t       bit n = row n of the table
 *   option                               const char *   code among options that the handler gives
 *   id                                   int64_t        0 = not given
 *   ids                                  struct id_list
 *   file                                 struct upload  path NULL = not given
 */
#ifndef RADSLAG_VIEW_FORM_H
#define RADSLAG_VIEW_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/shape.h"
#include "platform/view/retention.h"
#include "platform/view/words.h"

#define FORM_NONE INT64_MIN

enum form_kind {
    FORM_text,
    FORM_lines,
    FORM_email,
    FORM_password,
    FORM_code,
    FORM_flag,
    FORM_number,
    FORM_money,
    FORM_date,
    FORM_clock,
    FORM_choice,
    FORM_picks,
    FORM_option,
    FORM_id,
    FORM_ids,
    FORM_file
};

enum need { OPTIONAL, REQUIRED };

struct id_list {
    int64_t *at;
    size_t count;
};

/* A file that came with a multipart form, in a temporary file that the request's arena removes. */
struct upload {
    const char *path;
    const char *name; /* as given by the browser, last part only */
    const char *type; /* as claimed; not to be trusted */
    size_t size;
};

struct form_field {
    const char *name;
    enum form_kind kind;
    enum need need;
    size_t offset;
    const struct choices *choices;
    int64_t max;
    const char *doc;
    enum retention record_class;
};

struct form {
    const char *name;
    const struct form_field *fields;
    size_t count;
    size_t size;                      /* of the struct */
    const struct shape *fields_shape; /* see FORM_HEAD_, then one `one field_view` per field */
};

/* ---- what came in ---- */

struct input_pair {
    const char *name;
    const char *value; /* valid UTF-8 without NUL; the door sees to it */
    size_t length;
    bool is_number; /* of JSON: money is in öre then, as in views */
    const struct upload *upload;
    struct input_pair *next;
};

/* Pairs in the order they came. Names may repeat (picks, ids). */
struct input {
    struct input_pair *first, *last;
    size_t count;
};

enum { INPUT_PAIRS_MAX = 1000 };

/* A new pair at the end; name and value are borrowed. */
struct input_pair *input_add(struct arena *arena, struct input *input, const char *name,
                             const char *value, size_t length);

/* First value of `name`, or NULL. */
const char *input_value(const struct input *input, const char *name);

/* A JSON object as pairs: strings, numbers, true ("1"), arrays of them (repeated names); false and
 * null are left out, as an unchecked box is. ERR_BAD_REQUEST for anything else, duplicate keys,
 * nesting, text that is not UTF-8 or holds NUL, more than 1,000 pairs. */
enum error input_from_json(struct arena *arena, const char *json, size_t length,
                           struct input *ret_input) MUST_USE;

/* application/x-www-form-urlencoded, also the query of an address. ERR_BAD_REQUEST for broken
 * escapes, text that is not UTF-8 or holds NUL, more than 1,000 pairs. */
enum error input_from_form(struct arena *arena, const char *body, size_t length,
                           struct input *ret_input) MUST_USE;

/* ---- parsing and checking ---- */

struct form_error {
    const struct form_field *field; /* NULL: of the whole form */
    const char *word;               /* key of the message */
    int64_t limit;                  /* {limit} in the message */
    struct form_error *next;
};

struct form_errors {
    struct form_error *first, *last;
    size_t count;
};

/* Fills `ret_form` (zeroed before; must have form->size bytes) from the input and lists what is
 * wrong. Unknown names are ignored. */
void form_read(const struct form *form, struct arena *arena, const struct input *input,
               void *ret_form, struct form_errors *ret_errors);

/* A handler's own finding: `form_refuse(rq->arena, &rq->errors, &login_form_form, "email",
 * "login.unknown")`; `field` NULL for the whole form. */
void form_refuse(struct arena *arena, struct form_errors *errors, const struct form *form,
                 const char *field, const char *word);

/* The message of an error as people read it; in arena. */
const char *form_error_text(struct arena *arena, enum language language,
                            const struct form_error *error);

/* ---- showing ---- */

#define OPTION_VIEW(F, T)                                                                          \
    F(T, slug, id, , "id of the input element")                                                    \
    F(T, text, code, , "what is sent")                                                             \
    F(T, text, label, , "what people read")                                                        \
    F(T, text, help, , "a second line, where there is one")                                        \
    F(T, flag, chosen, , "chosen before or by default")
SHAPE(option_view, OPTION_VIEW);

#define FIELD_VIEW(F, T)                                                                           \
    F(T, slug, name, , "name sent, and id of the element")                                         \
    F(T, text, label, , "word <form>.<field>")                                                     \
    F(T, text, help, , "word <form>.<field>.help, when there is one")                              \
    F(T, text, value, , "what was typed, or the value to begin with")                              \
    F(T, text, error, , "what is wrong and how to mend it")                                        \
    F(T, flag, required, , "must be filled in")                                                    \
    F(T, flag, chosen, , "a flag that is set")                                                     \
    F(T, slug, type, , "type attribute: text, email, password, …")                                 \
    F(T, slug, input_mode, , "inputmode attribute, where it is not the type's own")                \
    F(T, text, autocomplete, , "autocomplete attribute, where it is known")                        \
    F(T, text, described_by, , "ids of help and error, for aria-describedby")                      \
    F(T, int, max, , "most characters; 0 = not said")                                              \
    F(T, flag, is_lines, , "several lines: textarea")                                              \
    F(T, flag, is_flag, , "one checkbox")                                                          \
    F(T, flag, is_radios, , "a choice of at most seven")                                           \
    F(T, flag, is_select, , "a longer choice")                                                     \
    F(T, flag, is_picks, , "several may be chosen")                                                \
    F(T, flag, is_file, , "a file")                                                                \
    F(T, flag, is_hidden, , "sent without being shown: id, ids")                                   \
    F(T, list, options, option_view, "of radios, select and picks")
SHAPE(field_view, FIELD_VIEW);

/* A row of the error summary, {{>errors}}. */
#define ERROR_VIEW(F, T)                                                                           \
    F(T, url, address, , "of the element to mend; none for what concerns the whole form")          \
    F(T, text, label, , "of the field")                                                            \
    F(T, flag, is_question, , "the label ends with a question mark of its own")                    \
    F(T, text, text, , "what is wrong and how to mend it")
SHAPE(error_view, ERROR_VIEW);

/* Options of an `option` field (or of id and ids, to choose among), given while showing. */
struct form_options {
    const char *field;
    const struct option_view *at;
    size_t count;
    const struct form_options *next;
};

/* Fills a `<form>_fields` struct for the template. `input` is what was typed (NULL: take the values
 * of `values`, a filled form struct, or nothing when that is NULL too). */
void form_show(const struct form *form, struct arena *arena, enum language language,
               const struct input *input, const void *values, const struct form_errors *errors,
               const struct form_options *options, void *ret_fields);

/* ---- the macro ---- */

/* What every `<form>_fields` begins with: {{#form.errors}} and {{form.error_count}}. */
struct form_head {
    int64_t error_count;
    struct error_view_list errors;
};
#define FORM_HEAD_ROWS_                                                                            \
    {"error_count", KIND_int, offsetof(struct form_head, error_count),                             \
     NULL,          NULL,     "how many things are wrong"},                                        \
        {"errors",          KIND_list, offsetof(struct form_head, errors),                         \
         &error_view_shape, NULL,      "what is wrong, in the order of the fields"},
enum { FORM_HEAD_FIELDS = 2 };

#define FORM(T, LIST)                                                                              \
    struct T {                                                                                     \
        LIST(FORM_MEMBER_, T)                                                                      \
    };                                                                                             \
    struct T##_fields {                                                                            \
        struct form_head head;                                                                     \
        LIST(FORM_VIEW_MEMBER_, T)                                                                 \
    };                                                                                             \
    __attribute__((unused)) static const struct form_field T##_rows[] = {LIST(FORM_ROW_, T)};      \
    __attribute__((unused)) static const struct field T##_fields_rows[] = {                        \
        FORM_HEAD_ROWS_ LIST(FORM_VIEW_ROW_, T)};                                                  \
    __attribute__((unused)) static const struct shape T##_fields_shape = {                         \
        #T "_fields", T##_fields_rows, sizeof T##_fields_rows / sizeof T##_fields_rows[0],         \
        sizeof(struct T##_fields)};                                                                \
    __attribute__((unused)) static const struct form T##_form = {                                  \
        #T, T##_rows, sizeof T##_rows / sizeof T##_rows[0], sizeof(struct T), &T##_fields_shape}

#define FORM_MEMBER_(T, kind, name, table, need, max, class, doc) FORM_MEMBER_##kind(name)
#define FORM_MEMBER_text(name) const char *name;
#define FORM_MEMBER_lines(name) const char *name;
#define FORM_MEMBER_email(name) const char *name;
#define FORM_MEMBER_password(name) const char *name;
#define FORM_MEMBER_code(name) const char *name;
#define FORM_MEMBER_flag(name) bool name;
#define FORM_MEMBER_number(name) int64_t name;
#define FORM_MEMBER_money(name) int64_t name;
#define FORM_MEMBER_date(name) int64_t name;
#define FORM_MEMBER_clock(name) int name;
#define FORM_MEMBER_choice(name) int name;
#define FORM_MEMBER_picks(name) uint64_t name;
#define FORM_MEMBER_option(name) const char *name;
#define FORM_MEMBER_id(name) int64_t name;
#define FORM_MEMBER_ids(name) struct id_list name;
#define FORM_MEMBER_file(name) struct upload name;

#define FORM_VIEW_MEMBER_(T, kind, name, table, need, max, class, doc) struct field_view *name;
#define FORM_VIEW_ROW_(T, kind, name, table, need, max, class, doc)                                \
    {#name, KIND_one, offsetof(struct T##_fields, name), &field_view_shape, NULL, doc},
#define FORM_ROW_(T, kind, name, table, need, max, class, doc)                                     \
    {#name, FORM_##kind,      need, offsetof(struct T, name), FORM_TABLE_##kind(table), max,       \
     doc,   RETENTION_##class},
#define FORM_TABLE_text(table) NULL
#define FORM_TABLE_lines(table) NULL
#define FORM_TABLE_email(table) NULL
#define FORM_TABLE_password(table) NULL
#define FORM_TABLE_code(table) NULL
#define FORM_TABLE_flag(table) NULL
#define FORM_TABLE_number(table) NULL
#define FORM_TABLE_money(table) NULL
#define FORM_TABLE_date(table) NULL
#define FORM_TABLE_clock(table) NULL
#define FORM_TABLE_choice(table) &table##_choices
#define FORM_TABLE_picks(table) &table##_choices
#define FORM_TABLE_option(table) NULL
#define FORM_TABLE_id(table) NULL
#define FORM_TABLE_ids(table) NULL
#define FORM_TABLE_file(table) NULL

#endif
