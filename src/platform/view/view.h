/* Views: a page is a struct with a shape; HTML and JSON are two renderings of it.
 *
 * Templates are mustache, a subset, parsed and bound to shapes at start (STYLE 4):
 *   {{name}} {{name|format}} {{one.name}}
 *   {{#list}}…{{/list}}            its elements; {{^list}}…{{/list}} when there are none
 *   {{#one}}…{{/one}}              the struct, when there is one
 *   {{#name?}}…{{/name}}           a list or one that is not empty, without entering it
 *   {{#name}}…{{/name}}            a flag that is set; text, url, html that is not empty; a time
 * that is not none; a number that is not 0. With ^: the opposite
 *   {{#state=draft}}…{{/state}}    a choice that has this code
 *   {{>partial}}                   templates/partials/partial.html of the capability or of frame.
 * It begins with {{! for field_view }}, the shape it may stand in and sees, or {{! for any }}:
 * nothing but frame., form. and t.
 *   {{t.key}} {{t.key:count}}      words (view/words.h); {n} in them is the count
 *   {{frame.name}}                 what the frame knows: token, language, visitor's name
 *   {{form.field}}                 the route's form (view/form.h)
 *   {{! comment }}
 * Names are looked up in the innermost section first, at bind time. In text, and in attributes that
 * people read (title, alt, aria-label, placeholder …), numbers and times have the format of their
 * kind; in other attributes the form that programs read (digits, RFC 3339, a choice's code).
 * A page begins with a line <title>…</title>: plain text, no markup. A name that ends in .txt is a
 * text without markup (mails): nothing is escaped. */
#ifndef RADSLAG_VIEW_H
#define RADSLAG_VIEW_H

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/shape.h"
#include "platform/base/text.h"
#include "platform/view/words.h"

/* ---- templates ---- */

struct template;

/* What a template is bound to. `form` may be NULL. */
struct template_scope {
    const struct shape *view;
    const struct shape *frame;
    const struct shape *form;
};

/* Parses and binds "people/login" (a file templates/login.html of people). On ERR_FAULT
 * `ret_reason` says file:line and what is wrong, in arena. */
enum error template_bind(struct arena *arena, const char *name, struct template_scope scope,
                         const struct template **ret_template, const char **ret_reason) MUST_USE;

/* Binds from text instead of an embedded file, for tests and fuzzing; partials are embedded ones.
 */
enum error template_bind_text(struct arena *arena, const char *name, const char *text,
                              struct template_scope scope, const struct template **ret_template,
                              const char **ret_reason) MUST_USE;

/* Renders the title (plain text, not escaped: the frame shows it as kind text) or the body. */
struct template_data {
    const void *view;
    const void *frame;
    const void *form;
    enum language language;
};
void template_title(const struct template *template, const struct template_data *data,
                    struct buffer *into);
void template_body(const struct template *template, const struct template_data *data,
                   struct buffer *into);

/* ---- JSON ---- */

/* The view as a JSON object: ids and ints as numbers, money in öre as integer, times RFC 3339,
 * none as null. */
void json_write(struct buffer *into, const struct shape *shape, const void *view);

/* "…" with escapes. */
void json_write_text(struct buffer *into, const char *text);

/* JSON Schema (2020-12, as OpenAPI 3.1 has it) of a shape and of a form. Element shapes are
 * referred to as "#/components/schemas/<shape's name>": the caller writes each of them there. */
struct form;
void json_schema_of_shape(struct buffer *into, const struct shape *shape);
void json_schema_of_form(struct buffer *into, const struct form *form);

/* ---- markup by people ---- */

/* Markdown (CommonMark) to markup, safe: no raw HTML, no images, links by url_checked with
 * rel="nofollow noopener"; the highest heading becomes one of `heading_level`, whichever it was. */
struct html html_from_markdown(struct arena *arena, const char *markdown, int heading_level);

/* Escapes &<>"' into the buffer. */
void html_escape(struct buffer *into, const char *text);

/* ---- charts ---- */

/* A chart for the partials bars (an SVG with numbers in attributes) and bars_table (the same
 * numbers). */
#define BAR_VIEW(F, T)                                                                             \
    F(T, text, label, , "what the bar stands for")                                                 \
    F(T, text, value, , "its number as people read it")                                            \
    F(T, int, width, , "0–1000, of the longest bar")                                               \
    F(T, flag, out, , "pale: beyond the line")                                                     \
    F(T, text, cut, , "words on a line drawn before this bar")
SHAPE(bar_view, BAR_VIEW);

#define CHART_VIEW(F, T)                                                                           \
    F(T, text, caption, , "what the chart shows")                                                  \
    F(T, text, label_heading, , "of the table's first column")                                     \
    F(T, text, value_heading, , "of its second")                                                   \
    F(T, list, bars, bar_view, "longest first")
SHAPE(chart_view, CHART_VIEW);

#endif
