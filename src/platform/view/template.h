/* Inside the template engine: text → tokens (template_parse.c) → operations bound to shapes
 * (template_bind.c, with the HTML context of template_context.c) → bytes (template_render.c). */
#ifndef RADSLAG_VIEW_TEMPLATE_H
#define RADSLAG_VIEW_TEMPLATE_H

#include "platform/view/format.h"
#include "platform/view/message.h"
#include "platform/view/view.h"

/* ---- tokens ---- */

struct span {
    const char *at;
    size_t length;
};

enum token_kind {
    TOKEN_TEXT,     /* literal */
    TOKEN_VALUE,    /* {{name}} */
    TOKEN_SECTION,  /* {{#name}} */
    TOKEN_INVERTED, /* {{^name}} */
    TOKEN_CLOSE,    /* {{/name}} */
    TOKEN_PARTIAL,  /* {{>name}} */
    TOKEN_COMMENT
};

struct token {
    enum token_kind kind;
    int line;
    struct span text;   /* of TOKEN_TEXT; else the name */
    struct span format; /* after '|' */
    struct span count;  /* after ':' */
    struct span code;   /* after '=' */
    bool presence;      /* '?' behind the name: is there any, without entering it */
    bool alone;         /* has its line to itself */
};

struct tokens {
    struct token *at;
    size_t count;
};

/* Cuts a template into tokens; lines are counted from `line`. On false, `ret_line` and `ret_why`
 * say where and what is wrong. */
bool template_parse(struct arena *arena, const char *text, size_t length, int line,
                    struct tokens *ret_tokens, int *ret_line, const char **ret_why);

/* True when the span reads like `text`. */
bool span_is(struct span span, const char *text);

/* ---- where in a document a tag stands ---- */

enum html_state {
    HTML_TEXT,
    HTML_ESCAPABLE, /* in title and textarea: character references, no elements */
    HTML_RAW,       /* in script, style and their like */
    HTML_COMMENT,
    HTML_DECLARATION,
    HTML_TAG_OPEN, /* behind "<" or "</" */
    HTML_TAG_NAME,
    HTML_GAP,       /* in a tag, where white space must come before anything else */
    HTML_SPACE,     /* in a tag, between attributes */
    HTML_ATTRIBUTE, /* in an attribute's name */
    HTML_EQUALS,    /* behind "name=" */
    HTML_VALUE,     /* in a quoted value */
    HTML_UNQUOTED
};

struct html_context {
    enum html_state state;
    char element[16], attribute[24]; /* lower case, cut */
    bool is_end_tag;
    char quote;
    char begins[2]; /* of the value, "\0" as long as it is empty */
    bool begun;     /* something stands in the value */
};

/* Reads literal text; NULL, or what is wrong with it. */
const char *context_read(struct html_context *html, const char *text, size_t length);

/* A section begins or ends here; NULL, or why it may not. */
const char *context_section(struct html_context *html);

/* True when a section may begin in `a` and end in `b`; `ret_after` is what holds behind it. */
bool context_joins(const struct html_context *a, const struct html_context *b,
                   struct html_context *ret_after);

/* A value of this kind is printed here; NULL, or why it may not be. Words are KIND_text. */
const char *context_value(struct html_context *html, enum kind kind);

/* True where people read a value: text, and attributes such as title. False where programs do. */
bool context_for_people(const struct html_context *html);

/* ---- operations ---- */

enum { PLACE_STEPS = 3, LEVELS_MAX = 16 };

/* Levels of a rendering that are there from the beginning; sections come after them. */
enum { LEVEL_VIEW, LEVEL_FRAME, LEVEL_FORM, LEVEL_FIRST };

/* Where a value lies: a level's struct, through pointers of kind one, to an offset. */
struct place {
    uint8_t level, steps;
    uint32_t through[PLACE_STEPS];
    uint32_t offset;
};

enum op_code {
    OP_END,
    OP_LITERAL,
    OP_TEXT,   /* text, slug, url: escaped */
    OP_PLAIN,  /* the same, not escaped: titles, text mails */
    OP_MARKUP, /* html */
    OP_FORMAT, /* int64_t by a format */
    OP_CODE,   /* choice as its code */
    OP_CHOICE, /* choice as its word */
    OP_WORD,
    OP_TEST,  /* goes to `jump` when the value's truth is `negate` */
    OP_ENTER, /* as OP_TEST for one, and makes it a level */
    OP_EACH,  /* list: makes its first element a level, or goes to `jump` */
    OP_NEXT   /* the level's next element: back to `jump` */
};

struct word_op;
struct choice_op;

struct op {
    uint8_t code, kind, format, level; /* level: that OP_ENTER, OP_EACH, OP_NEXT set */
    bool escape, negate;
    uint32_t jump;
    struct place place;
    union {
        struct span literal;
        const struct word_op *word;
        const struct choice_op *choice; /* OP_CHOICE */
        const struct choices *choices;  /* OP_CODE */
        size_t size;                    /* of an element: OP_EACH, OP_NEXT */
        int wanted;                     /* choice to compare with, -1: no comparison: OP_TEST */
    };
};

struct ops {
    struct op *at;
    size_t count, room;
};

/* One plural form of a word, as operations without sections. */
struct word_form {
    const struct op *ops;
    size_t count;
};

struct word_op {
    struct {
        struct word_form *forms;
        struct message message; /* picks the form */
        bool fell_back;
    } in[LANGUAGE_COUNT];
    bool has_count;
    struct place count;
};

/* Words of a choice's rows: in[language][row]. */
struct choice_op {
    size_t count;
    struct choice_word {
        const char *text;
        bool fell_back;
    } * in[LANGUAGE_COUNT];
};

struct template {
    struct ops title, body;
};

/* ---- binding ---- */

struct level {
    const struct shape *shape;
    uint8_t number;
};

struct binder {
    struct arena *arena;
    struct template_scope scope;
    const char *name; /* of the template, for its own partials */
    const char *file; /* being bound: for messages */
    struct level levels[LEVELS_MAX];
    int depth, floor; /* names are looked up in levels[floor…depth-1] */
    int partials;     /* how deep partials are nested */
    int sections;     /* and sections */
    bool plain;       /* no markup: titles, text mails */
    const struct field
        *n; /* while a word is bound: {n}, the field that picks its form, at n_place */
    struct place n_place;
    bool in_word;
    struct html_context html;
    struct ops *ops;
    const char *reason; /* NULL as long as nothing is refused */
};

/* Notes the refusal "file:line: …"; false. */
bool binder_refuse(struct binder *binder, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A new operation at the end; moves when the next one is added. */
struct op *binder_add(struct binder *binder, enum op_code code);

/* Binds up to the tag that closes `open`, or to the end when that is NULL; moves `at`. */
void binder_tokens(struct binder *binder, const struct tokens *tokens, size_t *at,
                   const struct token *open);

/* Binds the partial that a tag asks for (template_partial.c). */
void binder_partial(struct binder *binder, const struct token *use);

/* The file of "people/login" is people/templates/<folder><file>.html, or .txt when `plain`; NULL
 * when there is none. */
struct embedded;
const struct embedded *template_file(struct arena *arena, const char *name, const char *folder,
                                     struct span file, bool plain, const char **ret_path);

/* Finds a name such as "title", "owner.name", "frame.token"; false and a refusal when it is in no
 * shape (template_name.c). */
bool name_find(struct binder *binder, int line, struct span name, struct place *ret_place,
               const struct field **ret_field);

/* Adds the operation that prints a field (template_value.c). */
bool value_bind(struct binder *binder, int line, struct place place, const struct field *field,
                struct span format);

/* Adds the operation of {{t.key}} or {{t.key:count}}. */
bool word_bind(struct binder *binder, int line, struct span key, struct span count);

#endif
