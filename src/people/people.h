/* People: organisations (tenants), accounts, sessions, roles, and the one door for permissions. */
#ifndef RADSLAG_PEOPLE_H
#define RADSLAG_PEOPLE_H

#include "people/organisations/rules.h"
#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/db/db.h"
#include "platform/http/http.h"
#include "platform/jobs/jobs.h"
#include "platform/mail/mail.h"

/* ---- roles and rights (JOURNEYS 8) ---- */

/* ROLE(name, mark in JOURNEYS 8, staff, meaning) in roles.def; RIGHT(name, row of JOURNEYS 8, one mark
 * per role) in rights.def: '*' does, 'o' own or assigned only, 's' sees, '.' nothing. */
enum role {
#define ROLE(name, mark, staff, meaning) ROLE_##name,
#include "people/roles.def"
#undef ROLE
    ROLE_COUNT
};

enum right {
    RIGHT_ANYONE, /* read what is published, log in */
    RIGHT_SELF,   /* anybody with a session, about themselves */
#define RIGHT(name, row, marks) RIGHT_##name,
#include "people/rights.def"
#undef RIGHT
    RIGHT_COUNT
};

/* What the visitor may do with something. Ordered: more is more. */
enum permission { PERMISSION_NONE, PERMISSION_SEES, PERMISSION_OWN, PERMISSION_DOES };

/* Who asks. Filled at admission from the session (or a bearer token); lives in the request's arena. */
struct visitor {
    int64_t account;      /* 0 = not logged in */
    int64_t session;
    const char *name;     /* NULL when not logged in */
    const char *email;
    uint32_t roles;       /* bit per enum role; visitor always, participant when logged in */
    bool second_factor;   /* proved in this session */
    bool must_prove;      /* has a staff role but has not proved (or set up) the second factor */
    bool read_only;       /* a token without write scope */
    enum language language;
};

/* What the rules need to know of a page-like thing. */
struct page_ref {
    int64_t tenant, id;
    int64_t author, page_owner, substitute; /* accounts; 0 = none */
    bool published;
};

/* The only door for permissions. Pure. `page` NULL: about the organisation as a whole, where "own or
 * assigned" counts as allowed to reach the list of one's own. A staff role counts only when the
 * second factor is proved. */
enum permission may(const struct visitor *visitor, enum right right, const struct page_ref *page);

/* ERR_OK when `may` gives at least `least`; otherwise ERR_LOGIN_REQUIRED, ERR_FORBIDDEN, or ERR_NOT_FOUND
 * for a page that the visitor may not even know of. */
enum error require(const struct visitor *visitor, enum right right, const struct page_ref *page,
                   enum permission least) MUST_USE;

/* ---- organisations ---- */

#define ORGANISATION_STATE(C, T)                                                                   \
    C(T, preparing, "being set up: nothing can be published")                                      \
    C(T, open, "publishes")                                                                        \
    C(T, dormant, "shown, takes nothing in")                                                       \
    C(T, closed, "ended: exported and erased")
CHOICES(organisation_state, ORGANISATION_STATE);

/* An organisation as other capabilities see it. */
#define ORGANISATION_ROW(F, T)                                                                     \
    F(T, id, id, , "tenant")                                                                       \
    F(T, text, host, , "host name it answers on")                                                  \
    F(T, text, name, , "as it calls itself: Ljungsjö kommun")                                      \
    F(T, choice, state, organisation_state, "see there")                                           \
    F(T, slug, theme, , "one of the ready colours, or own")                                        \
    F(T, text, colour, , "its own colour as #rrggbb; none = a ready one")                          \
    F(T, text, languages, , "codes, first is the default: \"sv en\"")                              \
    F(T, text, mailbox, , "function mailbox; replies go there")                                    \
    F(T, text, phone, , "as shown in the foot; may be none")                                       \
    F(T, text, controller, , "who answers for personal data")                                      \
    F(T, text, dpo, , "data protection officer's address")                                         \
    F(T, text, sender, , "address that mail is sent from")                                         \
    F(T, int, revision, , "counts changes of the settings; stands in the address of /theme.css")
SHAPE(organisation, ORGANISATION_ROW);

enum error organisation_find(struct db *db, struct arena *arena, int64_t tenant,
                             struct organisation *ret_organisation) MUST_USE;

/* What is missing before anything may be published (ADM-1): MISSING_ bits of organisations/rules.h;
 * 0 = nothing. */
enum error organisation_missing(struct db *db, struct arena *arena, int64_t tenant,
                                unsigned *ret_missing) MUST_USE;

/* ---- accounts as other capabilities see them ---- */

#define PERSON_ROW(F, T)                                                                           \
    F(T, id, id, , "account")                                                                      \
    F(T, text, name, , "as they wish to be called")                                                \
    F(T, text, email, , "as typed; for mail alone, never on public pages")                         \
    F(T, slug, language, , "code of the language for mail")
SHAPE(person, PERSON_ROW);

enum error person_find(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                       struct person *ret_person) MUST_USE;

/* Holders of a role, by name in Swedish order, at most 200. */
enum error people_with_role(struct db *db, struct arena *arena, int64_t tenant, enum role role,
                            struct person_list *ret_people) MUST_USE;

/* The admit hook of platform/http: tenant by host, visitor by session cookie or bearer token, and the
 * route's right. */
enum error people_admit(struct request *rq) MUST_USE;

/* ---- personal data of other capabilities (QUA-4): each gives a table, main collects them ---- */

struct register_source {
    const char *name; /* word key: what this is, for the extract */
    /* Writes what is kept about the account as a JSON array. */
    enum error (*extract)(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                          struct buffer *into);
    /* Removes or makes anonymous; inside an act. */
    enum error (*erase)(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                        int64_t now);
};
extern const struct register_source *const register_sources[]; /* ended by NULL */

extern const struct route people_routes[];
extern const struct mail_kind people_mail_kinds[];
extern const struct job_kind people_job_kinds[];

#endif
