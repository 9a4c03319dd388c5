/* Drafts: a form in several pages that saves itself. Each page is saved when it is left, forwards
 * or backwards; it is taken up again another day or on another machine (for an account), shows all
 * answers before it is handed in, and hands them in through the same field list.
 *
 *     static const struct draft_step steps[] = {
 *         {"title", (const char *const[]){"title", "lead", NULL}},
 *         {"text", (const char *const[]){"body", NULL}}};
 *     static const struct draft_kind kind = {
 *         "new_page", &new_page_form, steps, 2, "/pages/new"};
 *
 * Its pages are ADDRESS (begin), ADDRESS/:draft/:step (each step, and "check" the last). Words:
 * <form>.step.<name> and those of the fields. A draft belongs to the account, or to the browser's
 * cookie `draft` for people without one (also after they have logged in there), and is gone after
 * DRAFT_DAYS. */
#ifndef RADSLAG_DRAFTS_H
#define RADSLAG_DRAFTS_H

#include "platform/http/http.h"

enum { DRAFT_DAYS = 30, DRAFT_STEPS_MAX = 12, DRAFT_COOKIE_BYTES = 18 };
#define DRAFT_COOKIE "draft"
#define DRAFT_CHECK "check"

struct draft_step {
    const char *name;          /* in the address and in words */
    const char *const *fields; /* ended by NULL */
};

struct draft_kind {
    const char *name;
    const struct form *form;
    const struct draft_step *steps;
    size_t step_count; /* without the check page */
    const char *address;
};

/* ---- rules: pure ---- */

/* Number of a step by its name; step_count for "check", -1 when there is none. */
int draft_step_find(const struct draft_kind *kind, const char *name);

/* What was typed on one page laid over what was kept of the others: the step's fields from `typed`
 * (one left out there is empty now), all others from `kept`. In arena. */
struct input draft_merge(struct arena *arena, const struct draft_kind *kind, int step,
                         const struct input *typed, const struct input *kept);

/* The fields of the form as a JSON object; names that are no fields are left out. In arena. */
const char *draft_to_json(struct arena *arena, const struct form *form, const struct input *input);

/* Only the errors of one step's fields. */
struct form_errors draft_errors_of(struct arena *arena, const struct draft_kind *kind, int step,
                                   const struct form_errors *errors);

/* First step with an error, or -1: where somebody is sent who wants to hand in too early. */
int draft_first_wrong(const struct draft_kind *kind, const struct form_errors *errors);

/* ---- store ---- */

#define DRAFT_ROW(F, T)                                                                            \
    F(T, id, id, , "draft")                                                                        \
    F(T, int, step, , "the page that was saved last, from 0")                                      \
    F(T, id, subject, , "what it is about, as the form says")                                      \
    F(T, text, fields, , "JSON object")                                                            \
    F(T, time, updated_at, , "last time a page of it was saved")                                   \
    F(T, time, ends_at, , "when it is thrown away")
SHAPE(draft, DRAFT_ROW);

/* The visitor's own draft of this form; ERR_NOT_FOUND for anybody else's, and when its time is
 * over. */
enum error draft_find(struct db *db, struct request *rq, const struct draft_kind *kind, int64_t id,
                      struct draft *ret_draft) MUST_USE;

/* The visitor's drafts of a form, newest first, at most 20. */
enum error draft_list_own(struct db *db, struct request *rq, const struct draft_kind *kind,
                          struct draft_list *ret_drafts) MUST_USE;

/* Makes an empty draft or saves a page of one; inside an act. A new one without an account belongs
 * to `cookie` (a value that draft_cookie made). */
enum error draft_add(struct db *db, struct request *rq, const struct draft_kind *kind,
                     int64_t subject, int step, const char *fields, const char *cookie,
                     int64_t *ret_id) MUST_USE;
enum error draft_put(struct db *db, struct request *rq, const struct draft_kind *kind, int64_t id,
                     int step, const char *fields) MUST_USE;
enum error draft_remove(struct db *db, struct request *rq, const struct draft_kind *kind,
                        int64_t id) MUST_USE;

/* The cookie that a visitor without an account gets with the first draft: drawn from rq->seed, the
 * same when the act is run again. In arena. */
const char *draft_cookie(struct request *rq);

/* ---- pages ---- */

#define DRAFT_STEP_STATE(C, T)                                                                     \
    C(T, done, "filled in")                                                                        \
    C(T, current, "shown now")                                                                     \
    C(T, next, "comes later")
CHOICES(draft_step_state, DRAFT_STEP_STATE);

#define DRAFT_STEP_VIEW(F, T)                                                                      \
    F(T, slug, name, , "in the address")                                                           \
    F(T, text, title, , "word <form>.step.<name>")                                                 \
    F(T, url, address, , "where it is filled in")                                                  \
    F(T, choice, state, draft_step_state, "see there")
SHAPE(draft_step_view, DRAFT_STEP_VIEW);

/* The line of steps above the form, and what leads on. */
#define DRAFT_VIEW(F, T)                                                                           \
    F(T, id, id, , "draft")                                                                        \
    F(T, int, number, , "of this step, from 1")                                                    \
    F(T, int, of, , "steps with the last page")                                                    \
    F(T, text, title, , "of this step")                                                            \
    F(T, list, steps, draft_step_view, "in order, the check page last")                            \
    F(T, time, saved_at, , "last time a page of it was saved")                                     \
    F(T, time, ends_at, , "when it is thrown away")
SHAPE(draft_view, DRAFT_VIEW);

/* `step` is the one shown. Texts in the request's arena. */
void draft_view_fill(struct request *rq, const struct draft_kind *kind, const struct draft *draft,
                     int step, struct draft_view *ret_view);

/* One answer on the check page. */
#define DRAFT_ANSWER_VIEW(F, T)                                                                    \
    F(T, slug, name, , "of the field")                                                             \
    F(T, text, label, , "as the form asks")                                                        \
    F(T, text, value, , "as it was answered; none = not answered")                                 \
    F(T, url, address, , "where it is changed")
SHAPE(draft_answer_view, DRAFT_ANSWER_VIEW);

/* All answers in the order of the steps. `options` as for the form's pages. */
void draft_answers(struct request *rq, const struct draft_kind *kind, const struct draft *draft,
                   const struct form_options *options, struct draft_answer_view_list *ret_answers);

#endif
