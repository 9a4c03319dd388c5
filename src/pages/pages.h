/* Pages: what every page-like thing shares: its row, owner and author, state, language, history,
 * followers. A proposal, an event, a post … each has a row here, so that comments, files, follows,
 * grants, search and the audit chain are written once. */
#ifndef RADSLAG_PAGES_H
#define RADSLAG_PAGES_H

#include "people/people.h"
#include "platform/http/http.h"
#include "platform/jobs/jobs.h"
#include "platform/mail/mail.h"

#define PAGE_STATE(C, T)                                                                           \
    C(T, draft, "seen by its owner and author alone")                                              \
    C(T, review, "waits for its owner to publish")                                                 \
    C(T, published, "seen by everybody")                                                           \
    C(T, unpublished, "taken away from the public; kept as a record")                              \
    C(T, archived, "closed, kept by the plan")                                                     \
    C(T, disposed, "destroyed by a disposal decision")
CHOICES(page_state, PAGE_STATE);

/* Kinds are declared by the capabilities that own them: one row per kind in main's table. */
struct page_kind {
    const char *code;         /* "information" */
    const char *address;      /* "/pages/%s" with the slug, or with the id for kinds without one */
    const char *record_class; /* row of the information management plan */
    bool followed;            /* may be followed */
};
extern const struct page_kind *const page_kinds[]; /* ended by NULL */

#define PAGE_ROW(F, T)                                                                             \
    F(T, id, id, , "page")                                                                         \
    F(T, slug, kind, , "code of a page_kind")                                                      \
    F(T, slug, slug, , "last part of the address; unique per kind")                                \
    F(T, slug, language, , "code of the language it is written in")                                \
    F(T, text, title, , "1–200 characters")                                                        \
    F(T, choice, state, page_state, "see there")                                                   \
    F(T, id, author, , "account that wrote it")                                                    \
    F(T, id, page_owner, , "account that answers for it")                                          \
    F(T, id, substitute, , "account that steps in")                                                \
    F(T, int, revision, , "counts changes; compared and swapped")                                  \
    F(T, time, published_at, , "first time")                                                       \
    F(T, time, updated_at, , "last change that readers see")
SHAPE(page, PAGE_ROW);

enum error page_find(struct db *db, struct arena *arena, int64_t tenant, int64_t id,
                     struct page *ret_page) MUST_USE;
struct page_ref page_reference(int64_t tenant, const struct page *page);

/* Makes the row of a new page-like thing, inside an act; a taken slug gets a number behind it. */
enum error page_add(struct db *db, struct request *rq, const struct page *page,
                    int64_t *ret_id) MUST_USE;

/* The transitions that are allowed (JOURNEYS 7, any page). Pure. */
bool page_may_become(enum page_state from, enum page_state to);

/* Changes the state, writes history and the audit row; ERR_CONFLICT when the revision is another.
 * Publishing is refused (ERR_FORBIDDEN) while organisation_missing() says so (ADM-1). */
enum error page_change_state(struct db *db, struct request *rq, const struct page *page,
                             enum page_state to, const char *reason) MUST_USE;

/* ---- Att göra (NOT-4): tasks of staff ---- */

struct task {
    int64_t account;     /* who; 0 = whoever has `role` */
    enum role role;
    const char *word;    /* key of the sentence, filled from `detail`: "task.answer_contact" */
    const char *detail;  /* short text shown in it, no personal data of others */
    const char *address; /* where it is done */
    const char *cause;   /* unique: "contact:12"; asking again changes nothing */
    int64_t page;        /* object; 0 = none */
    int64_t due_at;      /* deadline as stored (first instant too late) */
};
enum error task_add(struct db *db, int64_t tenant, const struct task *task, int64_t now) MUST_USE;
enum error task_done(struct db *db, int64_t tenant, const char *cause, int64_t account,
                     int64_t now) MUST_USE;

extern const struct route pages_routes[];
extern const struct mail_kind pages_mail_kinds[];
extern const struct job_kind pages_job_kinds[];

#endif
