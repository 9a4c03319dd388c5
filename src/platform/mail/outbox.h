/* Rows of the outbox as the sender sees them. */
#ifndef RADSLAG_MAIL_OUTBOX_H
#define RADSLAG_MAIL_OUTBOX_H

#include "platform/db/db.h"
#include "platform/mail/mail.h"

/* Keyed digest of a text as hex, in arena; ERR_UNAVAILABLE before mail_keys_open. */
enum error outbox_recipient(struct arena *arena, const char *text, const char **ret_hex) MUST_USE;

/* One mail that may leave. */
#define OUTBOX_DUE(F, T)                                                                           \
    F(T, id, id, , "row of the outbox")                                                            \
    F(T, id, tenant, , "organisation that sends")                                                  \
    F(T, int, attempts, , "times it was taken before")
SHAPE(outbox_due, OUTBOX_DUE);

/* One mail in the sender's hand. */
#define OUTBOX_MAIL(F, T)                                                                          \
    F(T, id, id, , "row of the outbox")                                                            \
    F(T, id, tenant, , "organisation that sends")                                                  \
    F(T, slug, kind, , "name of a mail_kind")                                                      \
    F(T, id, account, , "of the recipient")                                                        \
    F(T, text, address, , "where to")                                                              \
    F(T, text, name, , "of the recipient")                                                         \
    F(T, slug, language, , "code")                                                                 \
    F(T, text, facts, , "JSON")                                                                    \
    F(T, int, attempts, , "times it was taken, this one included")                                 \
    F(T, time, queued_at, , "when the act was done")
SHAPE(outbox_mail, OUTBOX_MAIL);

enum outbox_end { OUTBOX_SENT, OUTBOX_BOUNCED, OUTBOX_STOPPED };

/* At most `limit` that may leave now. */
enum error outbox_next(struct db *db, struct arena *arena, int64_t now, size_t limit,
                       struct outbox_due_list *ret_due) MUST_USE;

/* Leases it, in an act. ERR_NOT_FOUND when another sender has it, or it was stopped. */
enum error outbox_take(struct db *db, struct arena *arena, const struct outbox_due *due,
                       int64_t now, struct outbox_mail *ret_mail) MUST_USE;

/* What became of it, in an act; nothing happens when the lease was lost. */
enum error outbox_later(struct db *db, const struct outbox_mail *mail, int64_t due_at,
                        long reply_code) MUST_USE;
enum error outbox_end(struct db *db, const struct outbox_mail *mail, enum outbox_end end,
                      bool forget, int64_t now, long reply_code, int64_t *ret_changed) MUST_USE;

/* Identity of the message, the same at each attempt: digest of the row "@" host of `sender`. */
const char *outbox_message_id(struct arena *arena, const struct outbox_mail *mail,
                              const struct mail_sender *sender);

#endif
