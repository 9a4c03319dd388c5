#include "platform/mail/tests/post/post.h"

#include <inttypes.h>
#include <stdatomic.h>

#define POST "platform/mail/tests/post/"

const struct mail_kind receipt_kind = {.id = "T1",
                                       .name = "receipt",
                                       .class = MAIL_ALWAYS,
                                       .facts = &receipt_facts_shape,
                                       .template = POST "receipt.txt"};
const struct mail_kind news_kind = {.id = "T2",
                                    .name = "news",
                                    .class = MAIL_CHOICE,
                                    .facts = &news_facts_shape,
                                    .template = POST "news.txt"};
const struct mail_kind code_kind = {.id = "T3",
                                    .name = "code",
                                    .class = MAIL_ALWAYS,
                                    .at_once = true,
                                    .forget = true,
                                    .useful = MINUTES(15),
                                    .facts = &code_facts_shape,
                                    .template = POST "code.txt"};
const struct mail_kind *const mail_kinds[] = {&receipt_kind, &news_kind, &code_kind, NULL};
const struct job_kind *const job_kinds[] = {&mail_dispose_job, NULL};

static struct note_view notes[] = {{"Pass A: Små orter"}, {"Skrivtolk <b>"}};
const struct receipt_facts receipt_example = {
    .name = "Alva",
    .event = "Mötesplats delaktighet 2026 – två dagar om tillit & inflytande i Folkets hus",
    .starts_at = INT64_C(1789023600000000),
    .reference = "MD26-7K4P",
    .link = {"/kvittens/MD26-7K4P"},
    .notes = {notes, 2},
};

const struct mail_sender post_sender = {.organisation = "Ljungsjö kommun",
                                        .address = "delta@ljungsjo.example",
                                        .reply_to = "kontakt@ljungsjo.example",
                                        .site = "https://delta.ljungsjo.example"};

int post_begin(void **state) {
    (void)state;
    return words_load(NULL) == ERR_OK && mail_keys_open(NULL) == ERR_OK ? 0 : -1;
}

struct queueing {
    struct arena *arena;
    const struct mail_kind *kind;
    struct mail_recipient to;
    const char *cause;
    int64_t now;
    const void *facts;
};

static enum error queue_act(void *context, struct db *db) {
    const struct queueing *queueing = context;
    return mail_queue(db, queueing->arena, TENANT, queueing->kind, &queueing->to, queueing->cause,
                      queueing->now, queueing->facts);
}

void queue(struct store *store, const struct mail_kind *kind, const char *address,
           const char *cause, int64_t now, const void *facts) {
    struct queueing queueing = {
        .arena = arena_new(ARENA_REQUEST_BYTES),
        .kind = kind,
        .to = {.account = 11, .address = address, .name = "Alva Åström", .language = LANGUAGE_SV},
        .cause = cause,
        .now = now,
        .facts = facts,
    };
    const enum error error = store_act(store, queue_act, &queueing);
    arena_free(queueing.arena);
    assert_int_equal(error, ERR_OK);
}

enum error sender_of(struct db *db, struct arena *arena, int64_t tenant,
                     struct mail_sender *ret_sender) {
    (void)db;
    (void)arena;
    if (tenant != TENANT)
        return ERR_NOT_FOUND;
    *ret_sender = post_sender;
    return ERR_OK;
}

int bounces;
int64_t bounced_account;

enum error bounced_note(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                        const char *kind, int64_t now) {
    (void)db;
    (void)arena;
    (void)tenant;
    (void)kind;
    (void)now;
    bounces++;
    bounced_account = account;
    return ERR_OK;
}

_Atomic int64_t hand_now = NOON;

int64_t hand_clock(void) {
    return atomic_load(&hand_now);
}

int64_t rows_in(struct store *store, const char *state) {
    char sql[100];
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM outbox WHERE state = '%s'", state);
    return test_integer(store, sql);
}
