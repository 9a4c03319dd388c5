#include "platform/mail/outbox.h"

#include <inttypes.h>
#include <sodium.h>

#include "mail_statements.h"
#include "platform/mail/encode.h"
#include "platform/mail/rules.h"
#include "platform/view/view.h"

enum { DIGEST_BYTES = 16, FACTS_BYTES = 256 << 10 };

/* Digest of a text that is nobody's secret, as hex; in arena. */
static const char *digest(struct arena *arena, const char *text) {
    unsigned char bytes[DIGEST_BYTES];
    char *hex = arena_take(arena, sizeof bytes * 2 + 1);
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)text, strlen(text), NULL, 0);
    return sodium_bin2hex(hex, sizeof bytes * 2 + 1, bytes, sizeof bytes);
}

static const char *facts_json(struct arena *arena, const struct mail_kind *kind,
                              const void *facts) {
    struct buffer buffer = buffer_in(arena, FACTS_BYTES);
    json_write(&buffer, kind->facts, facts);
    return buffer_string(&buffer);
}

enum error mail_queue(struct db *db, struct arena *arena, int64_t tenant,
                      const struct mail_kind *kind, const struct mail_recipient *to,
                      const char *cause, int64_t now, const void *facts) {
    const char *key = text_email_key(arena, to->address);
    if (key == NULL)
        return ERR_INVALID;
    const char *recipient = NULL;
    TRY(outbox_recipient(arena, arena_format(arena, "%s\n%s\n%s", kind->name, cause, key),
                         &recipient));
    return db_exec(
        db, &sql_outbox_add,
        WITH(BIND_INT("tenant", tenant), BIND_TEXT("kind", kind->name), BIND_TEXT("cause", cause),
             BIND_TEXT("recipient", recipient), BIND_ID("account", to->account),
             BIND_TEXT("address", to->address), BIND_TEXT("name", to->name),
             BIND_TEXT("language", language_code(to->language)),
             BIND_TEXT("facts", facts_json(arena, kind, facts)), BIND_INT("at_once", kind->at_once),
             BIND_INT("queued_at", now), BIND_INT("due_at", mail_leaves_at(now, kind->at_once))),
        NULL);
}

enum error mail_stop(struct db *db, int64_t tenant, const struct mail_kind *kind, const char *cause,
                     int64_t now) {
    return db_exec(db, &sql_outbox_stop,
                   WITH(BIND_INT("tenant", tenant), BIND_TEXT("kind", kind->name),
                        BIND_TEXT("cause", cause), BIND_INT("now", now)),
                   NULL);
}

enum error mail_erase_account(struct db *db, int64_t tenant, int64_t account) {
    return db_exec(db, &sql_outbox_erase_account,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), NULL);
}

enum error mail_erase_address(struct db *db, int64_t tenant, const char *address) {
    return db_exec(db, &sql_outbox_erase_address,
                   WITH(BIND_INT("tenant", tenant), BIND_TEXT("address", address)), NULL);
}

#define OUTBOX_KEPT(F, T)                                                                          \
    F(T, slug, kind, , "name of a mail_kind")                                                      \
    F(T, slug, state, , "queued, sent, bounced, stopped")                                          \
    F(T, text, address, , "where to")                                                              \
    F(T, time, queued_at, , "when the act was done")                                               \
    F(T, time, ended_at, , "when it left, or was given up")
SHAPE(outbox_kept, OUTBOX_KEPT);

enum error mail_extract_account(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                                struct buffer *into) {
    enum { MOST = 10000 };
    struct outbox_kept_list kept;
    TRY(db_many(db, arena, &sql_outbox_of_account,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), MOST,
                &outbox_kept_shape, &kept));
    buffer_text(into, "[");
    for (size_t i = 0; i < kept.count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write(into, &outbox_kept_shape, &kept.at[i]);
    }
    buffer_text(into, "]");
    return ERR_OK;
}

#define OUTBOX_COUNTS(F, T)                                                                        \
    F(T, int, queued, , "mails that wait")                                                         \
    F(T, int, bounced, , "addresses that did not work")                                            \
    F(T, time, oldest_at, , "when the one that waits longest was queued")
SHAPE(outbox_counts, OUTBOX_COUNTS);

enum error mail_state_read(struct db *db, struct arena *arena, struct mail_state *ret_state) {
    struct outbox_counts counts;
    TRY(db_one(db, arena, &sql_outbox_counts, WITH_NOTHING, &outbox_counts_shape, &counts));
    *ret_state = (struct mail_state){counts.queued, counts.bounced, counts.oldest_at};
    return ERR_OK;
}

/* ---- disposal ---- */

enum error mail_dispose(struct db *db, int64_t now) {
    return db_exec(db, &sql_outbox_dispose, WITH(BIND_INT("before", now - MAIL_KEPT)), NULL);
}

static enum error dispose_act(void *context, struct db *db) {
    const int64_t *now = context;
    return mail_dispose(db, *now);
}

static enum error dispose_run(struct job_context *context, const struct job *job) {
    (void)job;
    return store_act(context->store, dispose_act, &context->now);
}

const struct job_kind mail_dispose_job = {
    .name = "mail.dispose",
    .run = dispose_run,
    .every = DAYS(1),
    .doc = "Removes what the outbox keeps of mail that left ninety days ago.",
};

/* ---- for the sender ---- */

enum error outbox_next(struct db *db, struct arena *arena, int64_t now, size_t limit,
                       struct outbox_due_list *ret_due) {
    return db_many(db, arena, &sql_outbox_next,
                   WITH(BIND_INT("now", now), BIND_INT("night", mail_is_night(now)),
                        BIND_INT("limit", (int64_t)limit)),
                   limit, &outbox_due_shape, ret_due);
}

enum error outbox_take(struct db *db, struct arena *arena, const struct outbox_due *due,
                       int64_t now, struct outbox_mail *ret_mail) {
    const int64_t next_at = now + mail_pause((int)due->attempts + 1);
    return db_one(db, arena, &sql_outbox_take,
                  WITH(BIND_INT("id", due->id), BIND_INT("attempts", due->attempts),
                       BIND_INT("now", now), BIND_INT("next_at", next_at)),
                  &outbox_mail_shape, ret_mail);
}

enum error outbox_later(struct db *db, const struct outbox_mail *mail, int64_t due_at,
                        long reply_code) {
    return db_exec(db, &sql_outbox_later,
                   WITH(BIND_INT("id", mail->id), BIND_INT("attempts", mail->attempts),
                        BIND_INT("due_at", due_at), BIND_INT("reply_code", reply_code)),
                   NULL);
}

enum error outbox_end(struct db *db, const struct outbox_mail *mail, enum outbox_end end,
                      bool forget, int64_t now, long reply_code, int64_t *ret_changed) {
    static const char *const states[] = {"sent", "bounced", "stopped"};
    return db_exec(db, &sql_outbox_end,
                   WITH(BIND_INT("id", mail->id), BIND_INT("attempts", mail->attempts),
                        BIND_TEXT("state", states[end]), BIND_INT("forget", forget),
                        BIND_INT("now", now), BIND_INT("reply_code", reply_code)),
                   ret_changed);
}

const char *outbox_message_id(struct arena *arena, const struct outbox_mail *mail,
                              const struct mail_sender *sender) {
    const char *row = arena_format(arena, "%" PRId64 " %" PRId64 " %" PRId64, mail->tenant,
                                   mail->id, mail->queued_at);
    const char *address = encode_address(arena, sender->address);
    const char *host = address == NULL ? "localhost" : strrchr(address, '@') + 1;
    return arena_format(arena, "%s@%s", digest(arena, row), host);
}
