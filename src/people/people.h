/* People: organisations (tenants), accounts, sessions, roles, and the one door for permissions. */
#ifndef RADSLAG_PEOPLE_H
#define RADSLAG_PEOPLE_H

#include "people/organisations/rules.h"
#include "people/rules.h"
#include "platform/db/db.h"
#include "platform/http/http.h"
#include "platform/jobs/jobs.h"
#include "platform/mail/mail.h"

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

/* The row of a tenant; texts in arena. */
enum error organisation_find(struct db *db, struct arena *arena, int64_t tenant,
                             struct organisation *ret_organisation) MUST_USE;

/* The organisation that a request came to. For reading it is the one found at admission; an act and
 * what follows it read anew. */
enum error organisation_of(const struct request *rq, struct organisation *ret_organisation)
    MUST_USE;

/* False in an empty database: then /setup/begin is open. */
enum error organisation_any(struct db *db, bool *ret_any) MUST_USE;

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

/* ERR_NOT_FOUND for a deleted account too. */
enum error person_find(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                       struct person *ret_person) MUST_USE;

/* Keyed digest of an address that somebody proved, as hex: the same person is known again after an
 * account was deleted, and who has the database alone cannot try addresses. In arena.
 * ERR_INVALID when it is no address; ERR_UNAVAILABLE without the key folder. */
enum error person_digest(struct arena *arena, int64_t tenant, const char *email,
                         const char **ret_digest) MUST_USE;

/* Holders of a role, by name in Swedish order, at most 200. */
enum error people_with_role(struct db *db, struct arena *arena, int64_t tenant, enum role role,
                            struct person_list *ret_people) MUST_USE;

/* The admit hook of platform/http: tenant by host, visitor by session cookie or bearer token, and
 * the route's right. */
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

/* Reads (or makes) the secrets of people in the key folder. Once, before anything is served;
 * ERR_UNAVAILABLE when the folder cannot be used. */
enum error people_start(const char *key_folder) MUST_USE;

/* Writes what is kept in memory (when sessions were last used). Before the store is closed. */
enum error people_flush(struct store *store) MUST_USE;

/* Tables of the noun folders; main collects them with its own. */
extern const struct route login_routes[], session_routes[], second_factor_routes[], token_routes[],
    own_routes[], credential_routes[];
extern const struct mail_kind login_code_mail;                              /* K2 */
extern const struct mail_kind account_unused_mail;                          /* K76 */
extern const struct mail_kind email_changed_mail, second_factor_reset_mail; /* K77 */
extern const struct job_kind session_seen_job, session_purge_job, proof_purge_job,
    account_unused_job, acts_forget_job;
extern const struct register_source account_register_source, session_register_source,
    token_register_source, mail_register_source;

#endif
