/* Shapes: a fact about a page, a row or a form is declared once.
 *
 *     #define PROPOSAL_VIEW(F, T)                                                     \
 *         F(T, id,   id,        ,             "proposal number")                      \
 *         F(T, text, title,     ,             "as its author wrote it")               \
 *         F(T, time, closes_at, ,             "last moment a support counts, UTC")    \
 *         F(T, list, comments,  comment_view, "oldest first, at most 50")
 *     SHAPE(proposal_view, PROPOSAL_VIEW);
 *
 * makes `struct proposal_view` and `proposal_view_shape`, from which rows are mapped (platform/db),
 * templates are bound, JSON is written and the API is described (platform/view). The fourth word
 * is the element shape of `one` and `list`, the table of `choice`, and empty otherwise.
 *
 * Kinds and their C types:
 *   id      int64_t                 identity in the database; 0 = none (JSON null)
 *   int     int64_t                 a count or number
 *   money   int64_t                 öre
 *   flag    bool
 *   time    int64_t                 instant, µs since 1970 UTC; INSTANT_NONE = none (JSON null)
 *   text    const char *            UTF-8 NFC; NULL = none; always escaped
 *   slug    const char *            a–z, 0–9, '-', '_', '.': may stand in addresses
 *   url     struct url              address made by our own code or checked by url_checked
 *   html    struct html             markup that only platform/view's sanitiser can make
 *   choice  int                     a row of a CHOICES table; text code in rows and JSON
 *   one     struct ARG *            NULL = none
 *   list    struct ARG_list         { struct ARG *at; size_t count; }
 */
#ifndef RADSLAG_BASE_SHAPE_H
#define RADSLAG_BASE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kind {
    KIND_id,
    KIND_int,
    KIND_money,
    KIND_flag,
    KIND_time,
    KIND_text,
    KIND_slug,
    KIND_url,
    KIND_html,
    KIND_choice,
    KIND_one,
    KIND_list
};

struct url {
    const char *address;
};

struct html {
    const char *markup;
};

/* Any `struct X_list`, seen by code that walks shapes. */
struct list {
    void *at;
    size_t count;
};

/* A closed set of words in code, rows and JSON: `CHOICES(page_state, PAGE_STATE)` from
 *     #define PAGE_STATE(C, T) C(T, draft, "seen by its editors alone") C(T, published, "…")
 * gives `enum page_state { page_state_draft, … }` and `page_state_choices`.
 * People read the word `<table>.<code>`, for example "page_state.draft". */
struct choice {
    const char *code;
    const char *doc;
};

struct choices {
    const char *name;
    const struct choice *at;
    size_t count;
};

struct shape;

struct field {
    const char *name;
    enum kind kind;
    size_t offset;
    const struct shape *element;   /* of one and list */
    const struct choices *choices; /* of choice */
    const char *doc;
};

struct shape {
    const char *name;
    const struct field *fields;
    size_t count;
    size_t size; /* of the struct */
};

/* The field called `name` of `length` bytes, or NULL. */
const struct field *shape_field(const struct shape *shape, const char *name, size_t length);

/* True when both have the same name and fields (headers make one copy per file). */
bool shape_same(const struct shape *a, const struct shape *b);

/* Number of the choice with this code, or -1. */
int choice_find(const struct choices *choices, const char *code);

/* Code of choice number `value`; asserts that it is in the table. */
const char *choice_code(const struct choices *choices, int value);

/* An address that a person gave: http, https or mailto only; otherwise {NULL}. */
struct url url_checked(const char *address);

/* An address of our own making; asserts that it begins with '/', '#', or a known scheme. */
struct url url_own(const char *address);

/* ---- the macros ---- */

#define SHAPE(T, LIST)                                                                             \
    struct T {                                                                                     \
        LIST(SHAPE_MEMBER_, T)                                                                     \
    };                                                                                             \
    struct T##_list {                                                                              \
        struct T *at;                                                                              \
        size_t count;                                                                              \
    };                                                                                             \
    __attribute__((unused)) static const struct field T##_fields[] = {LIST(SHAPE_FIELD_, T)};      \
    __attribute__((unused)) static const struct shape T##_shape = {                                \
        #T, T##_fields, sizeof T##_fields / sizeof T##_fields[0], sizeof(struct T)}

#define CHOICES(T, LIST)                                                                           \
    enum T { LIST(CHOICE_ENUM_, T) };                                                              \
    __attribute__((unused)) static const struct choice T##_choice_rows[] = {LIST(CHOICE_ROW_, T)}; \
    __attribute__((unused)) static const struct choices T##_choices = {                            \
        #T, T##_choice_rows, sizeof T##_choice_rows / sizeof T##_choice_rows[0]}

#define CHOICE_ENUM_(T, code, doc) T##_##code,
#define CHOICE_ROW_(T, code, doc) {#code, doc},

#define SHAPE_MEMBER_(T, kind, name, arg, doc) SHAPE_MEMBER_##kind(name, arg)
#define SHAPE_MEMBER_id(name, arg) int64_t name;
#define SHAPE_MEMBER_int(name, arg) int64_t name;
#define SHAPE_MEMBER_money(name, arg) int64_t name;
#define SHAPE_MEMBER_flag(name, arg) bool name;
#define SHAPE_MEMBER_time(name, arg) int64_t name;
#define SHAPE_MEMBER_text(name, arg) const char *name;
#define SHAPE_MEMBER_slug(name, arg) const char *name;
#define SHAPE_MEMBER_url(name, arg) struct url name;
#define SHAPE_MEMBER_html(name, arg) struct html name;
#define SHAPE_MEMBER_choice(name, arg) int name;
#define SHAPE_MEMBER_one(name, arg) struct arg *name;
#define SHAPE_MEMBER_list(name, arg) struct arg##_list name;

#define SHAPE_FIELD_(T, kind, name, arg, doc)                                                      \
    {#name,                                                                                        \
     KIND_##kind,                                                                                  \
     offsetof(struct T, name),                                                                     \
     SHAPE_ELEMENT_##kind(arg),                                                                    \
     SHAPE_CHOICES_##kind(arg),                                                                    \
     doc},

#define SHAPE_ELEMENT_id(arg) NULL
#define SHAPE_ELEMENT_int(arg) NULL
#define SHAPE_ELEMENT_money(arg) NULL
#define SHAPE_ELEMENT_flag(arg) NULL
#define SHAPE_ELEMENT_time(arg) NULL
#define SHAPE_ELEMENT_text(arg) NULL
#define SHAPE_ELEMENT_slug(arg) NULL
#define SHAPE_ELEMENT_url(arg) NULL
#define SHAPE_ELEMENT_html(arg) NULL
#define SHAPE_ELEMENT_choice(arg) NULL
#define SHAPE_ELEMENT_one(arg) &arg##_shape
#define SHAPE_ELEMENT_list(arg) &arg##_shape

#define SHAPE_CHOICES_id(arg) NULL
#define SHAPE_CHOICES_int(arg) NULL
#define SHAPE_CHOICES_money(arg) NULL
#define SHAPE_CHOICES_flag(arg) NULL
#define SHAPE_CHOICES_time(arg) NULL
#define SHAPE_CHOICES_text(arg) NULL
#define SHAPE_CHOICES_slug(arg) NULL
#define SHAPE_CHOICES_url(arg) NULL
#define SHAPE_CHOICES_html(arg) NULL
#define SHAPE_CHOICES_choice(arg) &arg##_choices
#define SHAPE_CHOICES_one(arg) NULL
#define SHAPE_CHOICES_list(arg) NULL

#endif
