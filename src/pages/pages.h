/* Pages: what every page-like thing shares: its row, owner and author, state, language, history,
 * followers. A proposal, an event, a post … each has a row here, so that comments, files, follows,
 * grants, search and the audit chain are written once. */
#ifndef RADSLAG_PAGES_H
#define RADSLAG_PAGES_H

#include "pages/rules.h"
#include "people/people.h"
#include "platform/http/http.h"
#include "platform/jobs/jobs.h"
#include "platform/mail/mail.h"

/* Kinds are declared by the capabilities that own them: one row per kind in main's table. */
struct page_kind {
    const char *code;         /* "information" */
    const char *address;      /* "/pages/%s" with the slug */
    const char *record_class; /* row of the information management plan */
    bool followed;            /* may be followed */
    bool comes_in;            /* sent in by people: before it is taken, no work of the writers */
    /* What its news tells beside the title, some lines: when, who may take part. In arena, NULL for
     * nothing; NULL itself = the title says all. */
    enum error (*news_about)(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                             enum language language, int64_t now, const char **ret_about);
};
extern const struct page_kind *const page_kinds[]; /* ended by NULL */
extern const struct page_kind information_kind;

/* NULL when there is none with this code. */
const struct page_kind *page_kind_find(const char *code);

#define PAGE_ROW(F, T)                                                                             \
    F(T, id, id, , "page")                                                                         \
    F(T, slug, kind, , "code of a page_kind")                                                      \
    F(T, slug, slug, , "last part of the address; unique per kind")                                \
    F(T, slug, language, , "code of the language it is written in")                                \
    F(T, choice, variant, page_variant, "what it is to translation_of")                            \
    F(T, id, translation_of, , "the page it was made from")                                        \
    F(T, text, title, , "1–200 characters")                                                        \
    F(T, choice, state, page_state, "see there")                                                   \
    F(T, id, author, , "account that wrote it")                                                    \
    F(T, id, page_owner, , "account that answers for it")                                          \
    F(T, id, substitute, , "account that steps in")                                                \
    F(T, id, revision, , "counts changes; compared and swapped")                                   \
    F(T, text, reason, , "what readers are told of why it was taken away")                         \
    F(T, time, created_at, , "when it was begun")                                                  \
    F(T, time, text_at, , "last time its text was gone through")                                   \
    F(T, time, published_at, , "first time")                                                       \
    F(T, time, updated_at, , "last change that readers see")
SHAPE(page, PAGE_ROW);

/* ERR_NOT_FOUND for another tenant's too; whether the visitor may know of it is page_permit's. */
enum error page_find(struct db *db, struct arena *arena, int64_t tenant, int64_t id,
                     struct page *ret_page) MUST_USE;
/* The same by the last part of its address. */
enum error page_find_address(struct db *db, struct arena *arena, int64_t tenant, const char *kind,
                             const char *slug, struct page *ret_page) MUST_USE;
/* What the rules of permission need to know of it. */
struct page_ref page_reference(int64_t tenant, const struct page *page);

/* Where readers find it. In arena. */
struct url page_address(struct arena *arena, const struct page *page);

/* What a visitor may do with a page: the rule behind buttons and behind the routes they lead to. */
struct page_permit {
    bool sees;      /* as it stands, published or not */
    bool edits;     /* its words, owner and substitute */
    bool publishes; /* and takes away, archives */
    bool disposes;  /* by a decision */
};
struct page_permit page_permit(const struct visitor *visitor, int64_t tenant,
                               const struct page *page);

/* Makes the row of a new page-like thing as a draft, and the first row of its history, inside an
 * act. Of `page` the fields kind, language, variant, translation_of, title, author, page_owner and
 * substitute are read. A taken slug gets a number behind it. `words` NULL: a kind that keeps its
 * words elsewhere. ERR_CONFLICT when this variant of the original exists. */
enum error page_add(struct db *db, struct request *rq, const struct page *page,
                    const struct page_text *words, int64_t *ret_id) MUST_USE;

/* lead and body of a page; empty when it has none. */
enum error page_text_find(struct db *db, struct arena *arena, int64_t tenant, int64_t id,
                          struct page_text *ret_text) MUST_USE;

/* Saves new words as the next version; the title comes with them. `restored_from`: the revision
 * they were taken from, 0 = typed. ERR_CONFLICT when the revision is another, or the page is
 * closed. */
enum error page_save(struct db *db, struct request *rq, const struct page *page,
                     const struct page_text *text, int64_t restored_from) MUST_USE;

/* Changes the state, writes history and the audit row, tells followers; ERR_CONFLICT when the
 * revision is another or the change is not allowed. Publishing is refused (ERR_FORBIDDEN) while
 * organisation_missing() says so (ADM-1). `reason`: see page_state_wants_reason; for disposal the
 * reference of the decision, which is what it cannot be done without (QUA-5). */
enum error page_change_state(struct db *db, struct request *rq, const struct page *page,
                             enum page_state to, const char *reason) MUST_USE;

/* ---- history ---- */

#define PAGE_ACT(C, T)                                                                             \
    C(T, made, "begun")                                                                            \
    C(T, saved, "new words")                                                                       \
    C(T, restored, "words of an earlier version taken back")                                       \
    C(T, draft, "back to a draft")                                                                 \
    C(T, review, "handed to its owner")                                                            \
    C(T, published, "made public")                                                                 \
    C(T, unpublished, "taken away from the public")                                                \
    C(T, archived, "closed")                                                                       \
    C(T, handed_over, "got another owner or substitute")
CHOICES(page_act, PAGE_ACT);

/* Writes a row of history for a change of something else than words or state (another owner), which
 * has made the page's revision one more than `page` says; inside an act. */
enum error page_history_note(struct db *db, struct request *rq, const struct page *page,
                             enum page_act act) MUST_USE;

/* ---- Att göra (NOT-4): tasks of staff ---- */

struct task {
    int64_t account;     /* who; 0 = whoever has `role` */
    enum role role;      /* ROLE_visitor: nobody in particular */
    const char *word;    /* key of the sentence, filled from `detail`: "task.answer_contact" */
    const char *detail;  /* short text shown in it, no personal data of others */
    const char *address; /* where it is done */
    const char *cause;   /* unique: "contact:12"; asking again changes nothing */
    int64_t page;        /* object; 0 = none */
    int64_t due_at;      /* deadline as stored (first instant too late) */
};
enum error task_add(struct db *db, int64_t tenant, const struct task *task, int64_t now) MUST_USE;
/* The same, but one that was done is to be done again: for what comes in again and again. */
enum error task_add_again(struct db *db, int64_t tenant, const struct task *task, int64_t now)
    MUST_USE;
enum error task_done(struct db *db, int64_t tenant, const char *cause, int64_t account, int64_t now)
    MUST_USE;

/* Gives an open task to somebody; nothing happens when there is none for this cause. */
enum error task_assign(struct db *db, int64_t tenant, const char *cause, int64_t account) MUST_USE;

/* How many things wait for the visitor, and how many of them are late: the notice to staff. */
enum error task_count(struct db *db, const struct request *rq, int64_t *ret_waiting,
                      int64_t *ret_late) MUST_USE;

/* ---- what goes on now, for the start page: each capability gives its lines ---- */

#define NOW_LINE(F, T)                                                                             \
    F(T, url, address, , "where it is read")                                                       \
    F(T, slug, language, , "code of the language it is written in")                                \
    F(T, text, title, , "of its page")                                                             \
    F(T, text, lead, , "a few sentences")                                                          \
    F(T, text, stage, , "how far it has come")                                                     \
    F(T, text, note, , "until when, or what comes next; none = not known")                         \
    F(T, flag, is_open, , "one can take part now")                                                 \
    F(T, flag, has_come_out, , "one can see what became of it")
SHAPE(now_line, NOW_LINE);

/* At most 20 lines that readers may know of; `ret_expires`: the instant at which they change by the
 * clock, INT64_MAX = not. */
struct now_source {
    enum error (*find)(struct request *rq, struct now_line_list *ret_lines, int64_t *ret_expires);
};
extern const struct now_source *const now_sources[]; /* ended by NULL */

/* ---- what main collects ---- */

/* Route tables of the folders here. */
extern const struct route start_routes[], information_routes[], information_edit_routes[],
    information_new_routes[], information_state_routes[], overview_routes[], history_routes[],
    ownership_routes[], service_routes[], accessibility_routes[], contact_routes[],
    contact_staff_routes[], follow_routes[], todo_routes[];

/* K1 (at once and gathered), K2, K4, K15, K70, K71, K73. */
extern const struct mail_kind page_news_mail, news_digest_mail, follow_code_mail,
    contact_received_mail, contact_answered_mail, contact_notice_mail, todo_weekly_mail,
    todo_assigned_mail;

extern const struct job_kind follow_tell_job, follow_digest_job, follow_end_job, todo_weekly_job,
    drafts_end_job;

extern const struct register_source follow_register, todo_register, contact_register,
    drafts_register, pages_register;

#endif
