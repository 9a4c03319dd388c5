/* One round of sending: takes rows of the outbox one by one, makes messages of them, hands them
 * over and marks what became of them. A row is leased by its number of attempts: whoever took it
 * last marks it. */
#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "platform/mail/encode.h"
#include "platform/mail/facts.h"
#include "platform/mail/folder.h"
#include "platform/mail/mailer.h"
#include "platform/mail/outbox.h"

enum {
    TAKE_MOST = 50, /* rows listed at a time */
    READER_WAIT_MS = 2000
};

/* ---- one mail ---- */

struct sending {
    struct mailer *mailer;
    const struct outbox_due *due;
    struct outbox_mail mail;
    const struct mail_templates *templates; /* NULL: a kind that this program does not have */
    struct mail_sender sender;
    const char *introduction; /* of the organisation, for this kind; NULL = none */
    int64_t now;
    enum mail_verdict verdict;
    enum outbox_end end;
    long code;
};

static enum error take_act(void *context, struct db *db) {
    struct sending *sending = context;
    return outbox_take(db, sending->mailer->act_arena, sending->due, sending->now, &sending->mail);
}

static enum error end_act(void *context, struct db *db) {
    const struct sending *sending = context;
    const struct mail_options *options = &sending->mailer->options;
    const struct outbox_mail *mail = &sending->mail;
    const bool forget = sending->templates == NULL || sending->templates->kind->forget;
    int64_t changed;
    TRY(outbox_end(db, mail, sending->end, forget, sending->now, sending->code, &changed));
    if (changed == 0 || sending->end != OUTBOX_BOUNCED || options->bounced == NULL)
        return ERR_OK;
    return options->bounced(db, sending->mailer->act_arena, mail->tenant, mail->account, mail->kind,
                            sending->now);
}

static enum error later_act(void *context, struct db *db) {
    const struct sending *sending = context;
    const bool at_once = sending->templates->kind->at_once;
    const int64_t due_at = sending->now + mail_pause((int)sending->mail.attempts);
    return outbox_later(db, &sending->mail, mail_leaves_at(due_at, at_once), sending->code);
}

static const struct mail_templates *kind_find(const struct mailer *mailer, const char *name) {
    for (size_t i = 0; i < mailer->kind_count; i++) {
        if (strcmp(mailer->kinds[i].kind->name, name) == 0)
            return &mailer->kinds[i];
    }
    return NULL;
}

static enum error compose(struct sending *sending, const char **ret_message) {
    struct arena *arena = sending->mailer->arena;
    const struct outbox_mail *mail = &sending->mail;
    const struct shape *shape = sending->templates->kind->facts;
    const struct mail_recipient to = {mail->account, mail->address, mail->name,
                                      language_from_code(mail->language)};
    void *facts = arena_take(arena, shape->size);
    if (mail->address == NULL || mail->facts == NULL || to.language == LANGUAGE_NONE)
        return ERR_FAULT;
    TRY(shape_from_json(arena, shape, mail->facts, facts));
    const struct mail_letter letter = {
        .sender = &sending->sender,
        .to = &to,
        .message_id = outbox_message_id(arena, mail, &sending->sender),
        .now = mail->queued_at,
        .facts = facts,
        .introduction = sending->introduction,
    };
    return mail_compose(arena, sending->templates, &letter, ret_message);
}

static enum mail_verdict hand_over(struct sending *sending, const char *message) {
    struct mailer *mailer = sending->mailer;
    const struct outbox_mail *mail = &sending->mail;
    if (mailer->smtp == NULL)
        return folder_write(mailer->options.folder, mail->id, message, sending->now) == ERR_OK
                   ? MAIL_TAKEN
                   : MAIL_UNHEARD;
    return smtp_send(mailer->smtp, encode_address(mailer->arena, sending->sender.address),
                     encode_address(mailer->arena, mail->address), message, &sending->code);
}

/* Notes that it will never leave. */
static enum error give_up(struct sending *sending, enum outbox_end end, const char *why) {
    sending->end = end;
    log_warning("mail_given_up", LOG_INT("mail", sending->mail.id),
                LOG_TEXT("kind", sending->mail.kind), LOG_TEXT("why", why));
    return store_act(sending->mailer->options.store, end_act, sending);
}

static enum error mark(struct sending *sending) {
    struct store *store = sending->mailer->options.store;
    const bool too_old = sending->now - sending->mail.queued_at >= MAIL_PATIENCE;
    if (sending->verdict == MAIL_TAKEN) {
        sending->end = OUTBOX_SENT;
        return store_act(store, end_act, sending);
    }
    if (sending->verdict == MAIL_REFUSED)
        return give_up(sending, OUTBOX_BOUNCED, "refused");
    if (too_old)
        return give_up(sending, OUTBOX_BOUNCED, "patience");
    return store_act(store, later_act, sending);
}

/* Who the organisation's mail is from, and what it says itself. */
static enum error sender_read(struct sending *sending) {
    const struct mailer *mailer = sending->mailer;
    struct db *db;
    TRY(store_reader(mailer->options.store, READER_WAIT_MS, &db));
    enum error error =
        mailer->options.sender(db, mailer->arena, sending->mail.tenant, &sending->sender);
    if (error == ERR_OK)
        error = mail_introduction_find(db, mailer->arena, sending->mail.tenant, sending->mail.kind,
                                       sending->mail.language, &sending->introduction);
    store_reader_done(mailer->options.store, db);
    return error;
}

static enum error send_one(struct sending *sending) {
    struct mailer *mailer = sending->mailer;
    const char *message;
    const enum error taken = store_act(mailer->options.store, take_act, sending);
    if (taken == ERR_NOT_FOUND) /* another sender has it */
        return ERR_OK;
    TRY(taken);
    sending->templates = kind_find(mailer, sending->mail.kind);
    if (sending->templates == NULL)
        return give_up(sending, OUTBOX_STOPPED, "kind");
    const int64_t useful = sending->templates->kind->useful;
    if (useful > 0 && sending->now - sending->mail.queued_at >= useful)
        return give_up(sending, OUTBOX_STOPPED, "useless");
    if (sender_read(sending) != ERR_OK) { /* an organisation that is not set up yet */
        sending->verdict = MAIL_LATER;
        return mark(sending);
    }
    if (compose(sending, &message) != ERR_OK)
        return give_up(sending, OUTBOX_STOPPED, "unwritable");
    sending->verdict = hand_over(sending, message);
    mailer->unheard = sending->verdict == MAIL_UNHEARD;
    return mark(sending);
}

/* ---- a round ---- */

static enum error round_list(struct mailer *mailer, struct arena *arena, int64_t now,
                             struct outbox_due_list *ret_due) {
    struct db *db;
    TRY(store_reader(mailer->options.store, READER_WAIT_MS, &db));
    const enum error error = outbox_next(db, arena, now, TAKE_MOST, ret_due);
    store_reader_done(mailer->options.store, db);
    return error;
}

static enum error send_due(struct mailer *mailer, const struct outbox_due *due, size_t *sent) {
    struct sending sending = {
        .mailer = mailer, .due = due, .now = mailer->options.clock(), .verdict = MAIL_UNHEARD};
    arena_reset(mailer->arena);
    arena_reset(mailer->act_arena);
    if (ARENA_RECOVER(mailer->arena)) /* facts beyond all measure */
        return give_up(&sending, OUTBOX_STOPPED, "memory");
    TRY(send_one(&sending));
    *sent += sending.verdict == MAIL_TAKEN;
    return ERR_OK;
}

static enum error run_round(struct mailer *mailer, struct arena *arena, size_t *sent,
                            bool *ret_more) {
    struct outbox_due_list due;
    TRY(round_list(mailer, arena, mailer->options.clock(), &due));
    for (size_t i = 0; i < due.count && !mailer->unheard && !mailer_is_stopping(mailer); i++)
        TRY(send_due(mailer, &due.at[i], sent));
    *ret_more = due.count == TAKE_MOST && !mailer->unheard && !mailer_is_stopping(mailer);
    return ERR_OK;
}

/* Once an hour: files in the folder end by the same term as rows of the outbox. */
static void forget_files(struct mailer *mailer) {
    const int64_t now = mailer->options.clock();
    if (mailer->options.server != NULL || now - mailer->forgot_at < HOURS(1))
        return;
    struct arena *arena = arena_new(MAIL_ARENA_BYTES);
    mailer->forgot_at = now;
    if (folder_forget(arena, mailer->options.folder, now - MAIL_KEPT) != ERR_OK)
        log_warning("mail_folder", LOG_TEXT("why", "old messages cannot be removed"));
    arena_free(arena);
}

enum error mailer_run_once(struct mailer *mailer, size_t *ret_sent) {
    size_t sent = 0;
    bool more = true;
    enum error error = ERR_OK;
    mailer->unheard = false;
    forget_files(mailer);
    while (more && error == ERR_OK) {
        struct arena *arena = arena_new(MAIL_ARENA_BYTES);
        error = run_round(mailer, arena, &sent, &more);
        arena_free(arena);
    }
    if (error == ERR_OK)
        *ret_sent = sent;
    return error;
}
