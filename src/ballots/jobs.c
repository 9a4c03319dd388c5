/* Mails about polls, written by jobs that go through the roll by digest, which tells no order.
 *
 * K8: the receipt, once. A tick writes no mail and leaves no time; each hour this job looks up who
 * has a ballot. A mail after each change would tell how often somebody changed their mind, and
 * would say nothing new: the code stays the same. So later changes are not mailed. K9: on the tenth
 * day and the day before closing, to those who asked and have no ballot. K10: lengthened, paused,
 * goes on: to everybody on the roll with an account. */
#include "ballots/inside.h"
#include "ballots_statements.h"

enum { POLLS_MOST = 1000, VOTERS_PORTION = 200, PORTION_BYTES = 16 << 20, READER_WAIT_MS = 5000 };

const struct mail_kind ballot_receipt_mail = {
    .id = "K8",
    .name = "ballot_receipt",
    .class = MAIL_ALWAYS,
    .forget = true,
    .facts = &ballot_receipt_facts_shape,
    .template = "ballots/ballot_receipt.txt",
    .when = "within an hour after somebody voted, once",
    .to = "voter",
};

const struct mail_kind poll_reminder_mail = {
    .id = "K9",
    .name = "poll_reminder",
    .class = MAIL_ALWAYS,
    .useful = DAYS(1),
    .facts = &poll_reminder_facts_shape,
    .template = "ballots/poll_reminder.txt",
    .when = "the tenth day of a vote and the day before it closes",
    .to = "those who asked and have not voted",
};

const struct mail_kind poll_changed_mail = {
    .id = "K10",
    .name = "poll_changed",
    .class = MAIL_ALWAYS,
    .facts = &poll_changed_facts_shape,
    .template = "ballots/poll_changed.txt",
    .when = "a vote is lengthened, paused or goes on",
    .to = "everybody on the roll with an account",
};

/* One poll being told of. */
struct telling {
    struct job_context *context;
    struct arena *arena; /* of the portion in hand */
    int64_t tenant;
    struct poll_paper paper;
    const char *round, *address;
    const struct poll_keys *keys; /* NULL: not needed */
    const struct statement *voters;
    const struct mail_kind *kind;
    const char *cause;
    /* Fills the facts; false: nothing for this voter. */
    bool (*facts)(struct telling *telling, struct db *db, const struct voter_row *voter,
                  const void **ret_facts);
    const struct poll_request *request; /* of K10 */
    enum error trouble;
};

/* ---- who is told what ---- */

static bool has_ballot(struct telling *telling, struct db *db, const struct voter_row *voter) {
    struct ballot ballot = {0};
    const enum error error = ballot_find(db, telling->arena, telling->keys, telling->tenant,
                                         &telling->paper, voter->voter, &ballot);
    if (error != ERR_OK)
        telling->trouble = error;
    return error == ERR_OK && ballot_counts(&ballot);
}

static bool receipt_facts(struct telling *telling, struct db *db, const struct voter_row *voter,
                          const void **ret_facts) {
    if (!has_ballot(telling, db, voter))
        return false;
    struct ballot_receipt_facts *facts = ARENA_NEW(telling->arena, struct ballot_receipt_facts);
    *facts = (struct ballot_receipt_facts){
        .round = telling->round,
        .code = receipt_code(telling->arena, telling->keys, voter->voter),
        .closes_at = telling->paper.poll.closes_at,
        .address = url_own(telling->address),
    };
    *ret_facts = facts;
    return true;
}

static bool reminder_facts(struct telling *telling, struct db *db, const struct voter_row *voter,
                           const void **ret_facts) {
    if (has_ballot(telling, db, voter) || telling->trouble != ERR_OK)
        return false;
    struct poll_reminder_facts *facts = ARENA_NEW(telling->arena, struct poll_reminder_facts);
    *facts = (struct poll_reminder_facts){
        .round = telling->round,
        .closes_at = telling->paper.poll.closes_at,
        .address = url_own(telling->address),
    };
    *ret_facts = facts;
    return true;
}

static bool changed_facts(struct telling *telling, struct db *db, const struct voter_row *voter,
                          const void **ret_facts) {
    (void)db;
    (void)voter;
    struct poll_changed_facts *facts = ARENA_NEW(telling->arena, struct poll_changed_facts);
    *facts = (struct poll_changed_facts){
        .round = telling->round,
        .act = telling->request->act,
        .reason = telling->request->reason,
        .closes_at = telling->paper.poll.closes_at,
        .address = url_own(telling->address),
    };
    *ret_facts = facts;
    return true;
}

/* ---- a portion of the roll ---- */

struct letter {
    struct telling *telling;
    const char *voter;
    struct mail_recipient to;
    const void *facts;
};

struct letters {
    struct letter *at;
    size_t count;
};

static enum error queue_act(void *context, struct db *db) {
    const struct letters *letters = context;
    for (size_t i = 0; i < letters->count; i++) {
        const struct letter *letter = &letters->at[i];
        const struct telling *telling = letter->telling;
        if (telling->kind == &ballot_receipt_mail)
            TRY(db_exec(db, &sql_voter_told,
                        WITH(BIND_INT("tenant", telling->tenant),
                             BIND_INT("poll", telling->paper.poll.id),
                             BIND_TEXT("voter", letter->voter)),
                        NULL));
        TRY(mail_queue(db, telling->arena, telling->tenant, telling->kind, &letter->to,
                       telling->cause, telling->context->now, letter->facts));
    }
    return ERR_OK;
}

static enum error add_letter(struct telling *telling, struct db *db, const struct voter_row *voter,
                             struct letters *letters) {
    struct letter *letter = &letters->at[letters->count];
    struct person person = {0};
    const enum error error =
        person_find(db, telling->arena, telling->tenant, voter->account, &person);
    if (error == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(error);
    *letter = (struct letter){
        .telling = telling,
        .voter = voter->voter,
        .to = {person.id, person.email, person.name, language_from_code(person.language)},
    };
    letters->count += telling->facts(telling, db, voter, &letter->facts);
    return telling->trouble;
}

static enum error read_portion(struct telling *telling, struct db *db, const char *after,
                               struct letters *ret_letters, const char **ret_last) {
    struct voter_row_list rows = {0};
    struct letters letters = {0};
    TRY(db_many(db, telling->arena, telling->voters,
                WITH(BIND_INT("tenant", telling->tenant), BIND_INT("poll", telling->paper.poll.id),
                     BIND_TEXT("after", after)),
                VOTERS_PORTION, &voter_row_shape, &rows));
    letters.at = ARENA_ARRAY(telling->arena, rows.count + 1, struct letter);
    for (size_t i = 0; i < rows.count; i++)
        TRY(add_letter(telling, db, &rows.at[i], &letters));
    *ret_letters = letters;
    *ret_last = rows.count == VOTERS_PORTION ? rows.at[rows.count - 1].voter : NULL;
    return ERR_OK;
}

static enum error tell_portion(struct telling *telling, const char *after, const char **ret_last) {
    struct letters letters = {0};
    TRY(read_portion(telling, telling->context->db, after, &letters, ret_last));
    return letters.count == 0 ? ERR_OK : store_act(telling->context->store, queue_act, &letters);
}

static enum error tell_all(struct telling *telling) {
    const char *after = "";
    do {
        const char *last = NULL;
        telling->arena = arena_new(PORTION_BYTES);
        const enum error error = tell_portion(telling, after, &last);
        after = arena_copy_text(telling->context->arena, last);
        arena_free(telling->arena);
        TRY(error);
    } while (after != NULL);
    return ERR_OK;
}

/* ---- polls ---- */

#define RUNNING_ROW(F, T)                                                                          \
    F(T, id, id, , "poll")                                                                         \
    F(T, id, tenant, , "whose")
SHAPE(running_row, RUNNING_ROW);

static enum error telling_begin(struct telling *telling, int64_t poll) {
    struct job_context *context = telling->context;
    struct page round = {0};
    TRY(poll_paper_find(context->db, context->arena, telling->tenant, poll, &telling->paper));
    TRY(page_find(context->db, context->arena, telling->tenant, telling->paper.poll.page, &round));
    telling->round = round.title;
    telling->address = arena_format(context->arena, "/polls/%lld", (long long)poll);
    return ERR_OK;
}

/* Locked polls, also for a while after they closed: who voted last gets the receipt too. */
static enum error each_running(struct job_context *context,
                               enum error (*tell)(struct telling *telling)) {
    struct running_row_list polls = {0};
    enum error first = ERR_OK;
    TRY(db_many(context->db, context->arena, &sql_polls_running,
                WITH(BIND_TIME("now", context->now), BIND_TIME("since", context->now - DAYS(2))),
                POLLS_MOST, &running_row_shape, &polls));
    for (size_t i = 0; i < polls.count; i++) {
        struct telling telling = {.context = context, .tenant = polls.at[i].tenant};
        enum error error = telling_begin(&telling, polls.at[i].id);
        if (error == ERR_OK && telling.paper.poll.sealing_at == INSTANT_NONE)
            error = tell(&telling);
        if (first == ERR_OK) /* one poll whose secret is missing holds up no other */
            first = error;
    }
    return first;
}

static enum error tell_receipts(struct telling *telling) {
    TRY(poll_keys_open(telling->context->arena, &telling->paper.poll, &telling->keys));
    telling->voters = &sql_voters_untold;
    telling->kind = &ballot_receipt_mail;
    telling->facts = receipt_facts;
    telling->cause = arena_format(telling->context->arena, "poll:%lld:receipt",
                                  (long long)telling->paper.poll.id);
    return tell_all(telling);
}

static enum error receipt_run(struct job_context *context, const struct job *job) {
    (void)job;
    return each_running(context, tell_receipts);
}

static enum error tell_reminders(struct telling *telling) {
    const enum poll_reminder reminder =
        poll_reminder_at(&telling->paper.poll, telling->context->now);
    if (reminder == POLL_REMINDER_NONE)
        return ERR_OK;
    TRY(poll_keys_open(telling->context->arena, &telling->paper.poll, &telling->keys));
    telling->voters = &sql_voters_to_remind;
    telling->kind = &poll_reminder_mail;
    telling->facts = reminder_facts;
    telling->cause = arena_format(telling->context->arena, "poll:%lld:reminder:%d",
                                  (long long)telling->paper.poll.id, (int)reminder);
    return tell_all(telling);
}

static enum error reminder_run(struct job_context *context, const struct job *job) {
    (void)job;
    return each_running(context, tell_reminders);
}

/* ---- K10 ---- */

static enum error changed_run(struct job_context *context, const struct job *job) {
    struct poll_request_list requests = {0};
    struct telling telling = {
        .context = context,
        .tenant = job->tenant,
        .voters = &sql_voters_with_account,
        .kind = &poll_changed_mail,
        .facts = changed_facts,
        .cause = arena_format(context->arena, "poll:request:%s", job->key),
    };
    const int64_t wanted = strtoll(job->key, NULL, 10);
    TRY(telling_begin(&telling, strtoll(job->payload, NULL, 10)));
    TRY(poll_requests_find(context->db, context->arena, job->tenant, telling.paper.poll.id,
                           &requests));
    for (size_t i = 0; i < requests.count; i++)
        if (requests.at[i].id == wanted)
            telling.request = &requests.at[i];
    return telling.request == NULL ? ERR_OK : tell_all(&telling);
}

const struct job_kind ballot_receipt_job = {
    .name = "ballots.receipts",
    .run = receipt_run,
    .every = HOURS(1),
    .doc = "mails the receipt to those who have voted, once",
};

const struct job_kind poll_reminder_job = {
    .name = "ballots.reminders",
    .run = reminder_run,
    .every = HOURS(1),
    .doc = "reminds those who asked and have not voted",
};

const struct job_kind poll_changed_job = {
    .name = "ballots.changed",
    .run = changed_run,
    .doc = "tells the roll that a vote was lengthened, paused or goes on",
};
