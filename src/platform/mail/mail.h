/* Mail: rows in an outbox, written in the same transaction as what they tell of, sent afterwards.
 *
 * A kind of mail is a row of the catalogue (NOT-1, JOURNEYS 6): who declares it gives the shape of
 * its facts and a template; the words are in the .po files. The outbox keeps the facts as JSON, so
 * nothing is rendered in the write lane. At least once, with the same Message-ID when retried; once
 * per person and cause: (tenant, kind, cause, recipient) is unique.
 *
 *     TRY(mail_queue(db, rq->arena, rq->tenant, &mail_login_code, &to, cause, rq->now, &facts));
 */
#ifndef RADSLAG_MAIL_H
#define RADSLAG_MAIL_H

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/instant.h"
#include "platform/base/shape.h"
#include "platform/base/text.h"
#include "platform/db/db.h"
#include "platform/jobs/jobs.h"
#include "platform/view/words.h"

/* ALWAYS goes out; CHOICE follows the person's choice per subject (NOT-2). Neither leaves between
 * 21 and 07 unless the person just acted (`at_once`). */
enum mail_class { MAIL_ALWAYS, MAIL_CHOICE };

struct mail_kind {
    const char *id;   /* "K2" */
    const char *name; /* "login_code": word mail.login_code.subject */
    enum mail_class class;
    bool at_once;   /* answers what the person just did: also at night */
    bool forget;    /* facts, address and name are erased when it has left (codes, farewells) */
    int64_t useful; /* µs after queueing when it is worthless and stopped; 0 = three days */
    const struct shape *facts;
    const char *template;  /* "people/login_code.txt": a text, see platform/mail/README.md */
    const char *when, *to; /* English, for the list of kinds that officials see */
};

/* All kinds, ended by NULL; filled by the capabilities' tables in main. */
extern const struct mail_kind *const mail_kinds[];

struct mail_recipient {
    int64_t account; /* 0 = none */
    const char *address;
    const char *name; /* may be NULL */
    enum language language;
};

/* Reads (or makes) mail.key in the key folder: with it the outbox knows who has had a mail of a
 * cause when the address is forgotten. Once, before anything is queued; NULL: drawn anew (tests).
 * ERR_UNAVAILABLE when the folder cannot be used. */
enum error mail_keys_open(const char *key_folder) MUST_USE;

/* Queues one mail; a second with the same cause and recipient changes nothing. `cause` is a short
 * key: "login:4711", "page:12:published". */
enum error mail_queue(struct db *db, struct arena *arena, int64_t tenant,
                      const struct mail_kind *kind, const struct mail_recipient *to,
                      const char *cause, int64_t now, const void *facts) MUST_USE;

/* Mail of this kind and cause that has not left yet will not leave; inside an act. */
enum error mail_stop(struct db *db, int64_t tenant, const struct mail_kind *kind, const char *cause,
                     int64_t now) MUST_USE;

/* Removes all mail to a deleted account, also what has not left; inside an act. A farewell is
 * queued without an account, by a kind that forgets. */
enum error mail_erase_account(struct db *db, int64_t tenant, int64_t account) MUST_USE;

/* The same for what was queued to an address without an account. */
enum error mail_erase_address(struct db *db, int64_t tenant, const char *address) MUST_USE;

/* What is kept about an account, as a JSON array for the register extract: kind, state, address,
 * times. */
enum error mail_extract_account(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                                struct buffer *into) MUST_USE;

/* Removes rows of mail that left (or never will) more than MAIL_KEPT ago; inside an act. The job
 * "mail.dispose" does it each day. */
#define MAIL_KEPT DAYS(90)
enum error mail_dispose(struct db *db, int64_t now) MUST_USE;
extern const struct job_kind mail_dispose_job;

/* What an organisation says itself in a kind of mail, between its heading and its facts (NOT-1):
 * plain text of at most 600 characters, in mails of one language. */
#define MAIL_INTRODUCTION(F, T)                                                                    \
    F(T, slug, kind, , "name of a mail_kind")                                                      \
    F(T, slug, language, , "code")                                                                 \
    F(T, text, text, , "as typed; none = says nothing")
SHAPE(mail_introduction, MAIL_INTRODUCTION);

/* The text, or NULL; and all of an organisation. In arena. */
enum error mail_introduction_find(struct db *db, struct arena *arena, int64_t tenant,
                                  const char *kind, const char *language, const char **ret_text)
    MUST_USE;
enum error mail_introductions(struct db *db, struct arena *arena, int64_t tenant,
                              struct mail_introduction_list *ret_list) MUST_USE;

/* Sets it, or removes it (text NULL); inside an act. Mail that waits gets it, too. */
enum error mail_introduction_set(struct db *db, int64_t tenant,
                                 const struct mail_introduction *introduction, int64_t now)
    MUST_USE;

/* The queue, for the operator and /metrics. */
struct mail_state {
    int64_t queued, bounced;
    int64_t oldest_at; /* when the one that waits longest was queued; INSTANT_NONE = none waits */
};
enum error mail_state_read(struct db *db, struct arena *arena, struct mail_state *ret_state)
    MUST_USE;

/* Who a mail is from, as the tenant's settings say. */
struct mail_sender {
    const char *organisation; /* "Ljungsjö kommun" */
    const char *address;      /* envelope and From */
    const char *reply_to;     /* function mailbox */
    const char *site;         /* "https://delta.ljungsjo.example", no slash at the end */
};

struct mail_options {
    const char *server; /* "smtp://host:25", "smtps://…"; NULL: files in `folder` */
    bool encrypted;     /* smtp:// must turn to TLS before anything is said; smtps:// always does */
    const char *trusted; /* PEM file of certificates for TLS; NULL = those of the machine */
    const char *user;    /* NULL = none; the password is read from the key folder: smtp.password */
    const char *keys;
    const char *folder; /* of .eml files, when there is no server; removed after MAIL_KEPT */
    struct store *store;
    /* Fills the tenant's sender; in arena. */
    enum error (*sender)(struct db *db, struct arena *arena, int64_t tenant,
                         struct mail_sender *ret_sender);
    /* Told in the transaction that marks the mail, when an address does not work (5xx): makes the
     * task (K40). May be NULL. */
    enum error (*bounced)(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                          const char *kind, int64_t now);
    int64_t (*clock)(void);
};

struct mailer;

/* Binds the templates of all kinds, reads the password, makes the folder. ERR_FAULT (a template) or
 * ERR_UNAVAILABLE (password, folder) with a log line. Texts of `options` are borrowed until the
 * end. */
enum error mailer_new(const struct mail_options *options, struct mailer **ret_mailer) MUST_USE;

/* Starts the sending thread; it looks once a second. */
enum error mailer_start(struct mailer *mailer) MUST_USE;

/* Ends the thread after the mail in hand, and frees the mailer. NULL is allowed. */
void mailer_stop(struct mailer *mailer);

/* Something was queued: look now instead of at the next tick. */
void mailer_wake(struct mailer *mailer);

/* Sends what is due, on the caller's thread, and returns; for plays and tests, with no thread
 * started. `ret_sent` counts what a server or the folder took. */
enum error mailer_run_once(struct mailer *mailer, size_t *ret_sent) MUST_USE;

/* The text part of a mail with this introduction (or NULL) and examples in the place of facts, for
 * people to look at. */
enum error mail_preview(struct arena *arena, const struct mail_kind *kind,
                        const struct mail_sender *sender, enum language language,
                        const char *introduction, int64_t now, const char **ret_text) MUST_USE;

/* The whole message (headers and both parts), as it would be sent; for preview and tests. */
enum error mail_render(struct arena *arena, const struct mail_kind *kind,
                       const struct mail_sender *sender, const struct mail_recipient *to,
                       const char *message_id, int64_t now, const void *facts,
                       const char **ret_message) MUST_USE;

#endif
