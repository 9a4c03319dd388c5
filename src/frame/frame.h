/* The page frame: what stands around every page, and parts that pages are composed of.
 *
 * templates/page.html is the whole document; the page's own template renders what lies between
 * header and footer, {{>crumbs}} and <main id="innehall" tabindex="-1">, and begins with a line
 * <title>…</title>. Partials of general use, each bound to the shape it names: any          crumbs,
 * errors_title (in <title>, where there is a form), errors (first in main), form_token (first in
 * each form that is posted) field_view   field (a field of a form, whatever its kind) here
 * pagination, facts, tag, process, list_row, empty view.h       bars, bars_table */
#ifndef RADSLAG_FRAME_H
#define RADSLAG_FRAME_H

#include "platform/base/error.h"
#include "platform/base/shape.h"
#include "platform/http/http.h"

/* ---- the frame ---- */

#define MENU_LINK(F, T)                                                                            \
    F(T, text, label, , "what people read")                                                        \
    F(T, url, address, , "where it leads")                                                         \
    F(T, flag, current, , "the page, or the part of the site, that is shown")
SHAPE(menu_link, MENU_LINK);

#define LANGUAGE_LINK(F, T)                                                                        \
    F(T, slug, code, , "of the language")                                                          \
    F(T, text, name, , "its own name")                                                             \
    F(T, url, address, , "this page in that language")
SHAPE(language_link, LANGUAGE_LINK);

#define FRAME_VIEW(F, T)                                                                           \
    F(T, slug, language, , "code of the page's language")                                          \
    F(T, flag, right_to_left, , "that language is written so")                                     \
    F(T, text, title, , "of the page; filled in by platform/http")                                 \
    F(T, html, body, , "of the page; filled in by platform/http")                                  \
    F(T, text, site_name, , "the organisation, as it calls itself")                                \
    F(T, text, mark_colour, , "ground of its mark, \"#0E5A50\"")                                   \
    F(T, url, icon, , "mark of the place, for the window")                                         \
    F(T, url, style_base, , "the design system's style sheet")                                     \
    F(T, url, style_theme, , "the organisation's colours; none = those of the base")               \
    F(T, url, style_own, , "our own style sheet")                                                  \
    F(T, url, script, , "module that makes pages smoother; none needs it")                         \
    F(T, flag, is_nobody, , "no organisation answers on this host name")                           \
    F(T, flag, reads_only, , "the visitor may see the page, but not send its forms")               \
    F(T, flag, has_dead_form, , "and there is a form on it: that is said above it")                \
    F(T, url, home, , "start page")                                                                \
    F(T, list, menu, menu_link, "main menu")                                                       \
    F(T, url, login, , "log-in page, when not logged in")                                          \
    F(T, url, account, , "own pages, when logged in")                                              \
    F(T, text, visitor_name, , "who is logged in")                                                 \
    F(T, text, form_token, , "hidden field `form` of each form")                                   \
    F(T, text, flash, , "what the last act led to, shown once")                                    \
    F(T, one, crumb_back, menu_link, "the last of crumbs; none: no crumbs are shown")              \
    F(T, list, crumbs, menu_link, "the way here; this page itself follows by its title")           \
    F(T, url, here, , "address of this page")                                                      \
    F(T, text, contact_email, , "function mailbox")                                                \
    F(T, url, contact_mailto, , "the same as an address")                                          \
    F(T, text, contact_phone, , "none = not shown")                                                \
    F(T, list, footer, menu_link, "accessibility statement, personal data, open data …")           \
    F(T, list, languages, language_link, "others than the present one")                            \
    F(T, time, updated_at, , "when the page last changed; none = not shown")                       \
    F(T, flag, practice, , "practice mode: nothing here is real (ADM-2)")
SHAPE(frame_view, FRAME_VIEW);

/* Fills the frame for a page: the frame hook of platform/http. */
enum error frame_fill(struct request *rq, void *ret_frame) MUST_USE;

/* GET /language/:code. */
extern const struct route frame_routes[];

/* ---- parts of pages ---- */

/* {{>tag}}: a state in words and colour. */
#define TAG_COLOUR(C, T)                                                                           \
    C(T, success, "done")                                                                          \
    C(T, info, "under way")                                                                        \
    C(T, gold, "waiting, time")                                                                    \
    C(T, warning, "partly")                                                                        \
    C(T, danger, "broken, late")                                                                   \
    C(T, accent, "a step of a process")                                                            \
    C(T, neutral, "no, or ended")
CHOICES(tag_colour, TAG_COLOUR);

#define TAG_VIEW(F, T)                                                                             \
    F(T, choice, colour, tag_colour, "never said by colour alone")                                 \
    F(T, text, text, , "the state in words")
SHAPE(tag_view, TAG_VIEW);

/* {{>facts}}: three in a card. */
#define FACT_VIEW(F, T)                                                                            \
    F(T, text, name, , "of the fact")                                                              \
    F(T, text, value, , "as people read it")                                                       \
    F(T, text, known_later, , "instead of the value: not known yet, and when it will be")
SHAPE(fact_view, FACT_VIEW);

#define FACTS_VIEW(F, T) F(T, list, facts, fact_view, "in the order of what is asked most")
SHAPE(facts_view, FACTS_VIEW);

/* {{>pagination}} */
#define PAGINATION_LINK(F, T)                                                                      \
    F(T, int, number, , "of the page, from 1")                                                     \
    F(T, url, address, , "where it is")                                                            \
    F(T, flag, current, , "shown now")
SHAPE(pagination_link, PAGINATION_LINK);

#define PAGINATION_VIEW(F, T)                                                                      \
    F(T, text, label, , "what there is more of")                                                   \
    F(T, url, previous, , "none on the first page")                                                \
    F(T, url, next, , "none on the last page")                                                     \
    F(T, list, pages, pagination_link, "those near, the first and the last")
SHAPE(pagination_view, PAGINATION_VIEW);

/* {{>process}}: the steps as a line, the present one as a tab on the panel with the thing to do
 * now. */
#define STEP_STATE(C, T)                                                                           \
    C(T, done, "behind us")                                                                        \
    C(T, now, "under way")                                                                         \
    C(T, next, "to come")
CHOICES(step_state, STEP_STATE);

#define STEP_VIEW(F, T)                                                                            \
    F(T, text, name, , "of the step")                                                              \
    F(T, text, dates, , "from when to when, as people read it")                                    \
    F(T, choice, state, step_state, "by the clock")
SHAPE(step_view, STEP_VIEW);

/* {{>steps}} is the line alone. */
#define PROCESS_VIEW(F, T)                                                                         \
    F(T, list, steps, step_view, "in their order")                                                 \
    F(T, int, step_number, , "of the present step, from 1; 0 = none")                              \
    F(T, int, step_count, , "of all")                                                              \
    F(T, text, step_name, , "of the present step")                                                 \
    F(T, text, heading, , "the thing to do now")                                                   \
    F(T, text, until, , "until when, and how long that is")                                        \
    F(T, text, button, , "on the one button; none = no button")                                    \
    F(T, url, address, , "where the button leads")
SHAPE(process_view, PROCESS_VIEW);

/* {{>list_row}}: a thing with a date or a state first, in <ul class="rs-list">. */
#define LIST_ROW(F, T)                                                                             \
    F(T, text, date, , "first: a date as people read it")                                          \
    F(T, text, date_note, , "under it: weekday and time")                                          \
    F(T, text, due, , "or first: days left")                                                       \
    F(T, text, due_note, , "under it: the day")                                                    \
    F(T, flag, late, , "what is due is late")                                                      \
    F(T, one, tag, tag_view, "or first: a state")                                                  \
    F(T, text, title, , "of the thing")                                                            \
    F(T, url, address, , "of its page")                                                            \
    F(T, text, text, , "one line")
SHAPE(list_row, LIST_ROW);

/* {{>empty}}: a list with nothing in it says what will come and when. */
#define EMPTY_VIEW(F, T)                                                                           \
    F(T, text, text, , "what will stand here, and when")                                           \
    F(T, text, link, , "what one can do meanwhile; none = nothing")                                \
    F(T, url, address, , "where that is done")
SHAPE(empty_view, EMPTY_VIEW);

#endif
