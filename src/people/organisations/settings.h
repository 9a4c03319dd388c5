/* Inside organisations: what the pages of settings share. */
#ifndef RADSLAG_ORGANISATIONS_SETTINGS_H
#define RADSLAG_ORGANISATIONS_SETTINGS_H

#include "people/organisations/views.h"
#include "people/people.h"

/* Fills the page that most headings show. */
enum error settings_page_fill(struct request *rq, struct settings_page *ret_page) MUST_USE;

/* Runs a statement that changes one heading, from prepare's binds; `binds` without tenant and
 * revision. A step of the first hour that is done by it leaves the tasks. Refuses with the word
 * settings.changed_meanwhile when the revision is another, and writes the audit row with what was
 * and what became. For acts. */
enum error settings_change(struct request *rq, struct db *db, const struct statement *statement,
                           const struct form *form, int64_t revision, const struct bind *binds)
    MUST_USE;

/* True when the form that is shown again was refused because somebody saved meanwhile. */
bool settings_changed_meanwhile(const struct request *rq);

/* What differs between two rows of settings, as a JSON object: {"phone": ["old", "new"]}. In arena.
 */
const char *settings_difference(struct arena *arena, const struct organisation_settings *before,
                                const struct organisation_settings *after);

/* The ready colours in the order of the files; the one called `chosen` is marked. In arena. */
struct theme_view_list themes_ready(struct arena *arena, enum language language,
                                    const char *chosen);

/* An own colour (its `text`, "#0e5a50", contrast proved) as such a row; NULL when there is none. */
struct theme_view *theme_own(struct arena *arena, enum language language, const char *text);

/* True when it is the name of a ready colour. */
bool theme_is_ready(struct arena *arena, const char *name);

/* "Skogsgrön": what people call a theme; the colour itself for an own one. */
const char *theme_name(struct arena *arena, enum language language, const char *theme,
                       const char *colour);

/* Handlers of the headings; the routes stand in pages.c. */
enum error about_show(struct request *rq, struct reply *rp) MUST_USE;
enum error about_prepare(struct request *rq) MUST_USE;
enum error about_save(struct request *rq, struct db *db) MUST_USE;
enum error pick_show(struct request *rq, struct reply *rp) MUST_USE;
enum error pick_prepare(struct request *rq) MUST_USE;
enum error pick_save(struct request *rq, struct db *db) MUST_USE;
enum error responsibility_show(struct request *rq, struct reply *rp) MUST_USE;
enum error responsibility_save(struct request *rq, struct db *db) MUST_USE;
enum error appearance_show(struct request *rq, struct reply *rp) MUST_USE;
enum error appearance_prepare(struct request *rq) MUST_USE;
enum error appearance_save(struct request *rq, struct db *db) MUST_USE;
enum error language_show(struct request *rq, struct reply *rp) MUST_USE;
enum error language_save(struct request *rq, struct db *db) MUST_USE;
enum error mails_show(struct request *rq, struct reply *rp) MUST_USE;
enum error mail_show(struct request *rq, struct reply *rp) MUST_USE;
enum error mail_look(struct request *rq, struct db *db) MUST_USE;
enum error mail_look_answer(struct request *rq, struct reply *rp) MUST_USE;
enum error mail_save(struct request *rq, struct db *db) MUST_USE;
enum error mail_forget(struct request *rq, struct db *db) MUST_USE;
enum error theme_show(struct request *rq, struct reply *rp) MUST_USE;

#endif
