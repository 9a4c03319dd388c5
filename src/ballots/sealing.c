/* Sealing: persons and ballots are parted for ever.
 *
 * An officer presses; from then on the end stands, and no ballot can change. This job does the
 * rest, in portions that keep the write lane free: it deciphers the ballots outside the lane,
 * writes what they held sorted by content, the digests of receipts in their own order and the marks
 * of the roll in the order of digests. All of it is computed from what no longer changes, so a
 * portion written twice is the same. One act then seals the poll. After that the secret is
 * destroyed, the ballots are removed, and the log is cut. Killed anywhere, the job begins again and
 * ends alike. */
#include <sodium.h>
#include <string.h>

#include "ballots/inside.h"
#include "ballots_statements.h"
#include "platform/base/log.h"
#include "records/records.h"

enum { PORTION = 100, READER_WAIT_MS = 5000, EMPTY_ROUNDS_MOST = 1000000, ONE_BALLOT = 4 << 20 };

/* Some hundred bytes for each ballot: room for millions. */
static const size_t SEALING_BYTES = (size_t)2 << 30;

/* A line of the roll with the key of its ballot. */
struct line {
    unsigned char key[BALLOT_KEY_BYTES];
    const char *voter, *receipt; /* receipt: digest, when its ballot is counted */
    bool is_barred;
};

struct sealing {
    struct job_context *context;
    struct arena *arena;
    struct arena *scratch; /* of the ballot in hand */
    int64_t tenant;
    struct poll_paper paper;
    const struct poll_keys *keys;
    struct line *lines; /* by key while counting, then by voter */
    size_t line_count, line_room;
    struct counted_ballot *counted;
    size_t counted_count, counted_room;
    const char **receipts;
    size_t receipt_count;
    const char *lot_seed;
    unsigned char seed[32];
};

/* ---- growing and sorting ---- */

static void *grown(struct arena *arena, const void *at, size_t count, size_t *room, size_t size) {
    *room = *room == 0 ? 1024 : *room * 2;
    void *more = arena_array(arena, *room, size);
    if (count > 0)
        memcpy(more, at, count * size);
    return more;
}

static int by_key(const void *a, const void *b) {
    return memcmp(((const struct line *)a)->key, ((const struct line *)b)->key, BALLOT_KEY_BYTES);
}

static int by_voter(const void *a, const void *b) {
    return strcmp(((const struct line *)a)->voter, ((const struct line *)b)->voter);
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int by_content(const void *a, const void *b) {
    const struct counted_ballot *left = a, *right = b;
    if (left->pot != right->pot)
        return left->pot < right->pot ? -1 : 1;
    return strcmp(left->choices, right->choices);
}

/* Equal ones become one row. */
static void counted_merge(struct sealing *sealing) {
    struct counted_ballot *rows = sealing->counted;
    size_t kept = 0;
    if (sealing->counted_count > 0)
        qsort(rows, sealing->counted_count, sizeof *rows, by_content);
    for (size_t i = 0; i < sealing->counted_count; i++) {
        if (kept > 0 && by_content(&rows[kept - 1], &rows[i]) == 0)
            rows[kept - 1].ballots += rows[i].ballots;
        else
            rows[kept++] = rows[i];
    }
    sealing->counted_count = kept;
}

static void counted_add(struct sealing *sealing, int64_t pot, const char *choices) {
    if (sealing->counted_count == sealing->counted_room)
        counted_merge(sealing);
    if (sealing->counted_count * 2 >= sealing->counted_room)
        sealing->counted = grown(sealing->arena, sealing->counted, sealing->counted_count,
                                 &sealing->counted_room, sizeof *sealing->counted);
    sealing->counted[sealing->counted_count++] =
        (struct counted_ballot){.pot = pot, .choices = choices, .ballots = 1};
}

/* ---- reading ---- */

static enum error take_line(void *context, const void *row) {
    struct sealing *sealing = context;
    const struct voter_row *voter = row;
    if (sealing->line_count == sealing->line_room)
        sealing->lines = grown(sealing->arena, sealing->lines, sealing->line_count,
                               &sealing->line_room, sizeof *sealing->lines);
    struct line *line = &sealing->lines[sealing->line_count++];
    *line = (struct line){.voter = arena_copy_text(sealing->arena, voter->voter),
                          .is_barred = voter->barred != NULL};
    ballot_key_make(sealing->keys, voter->voter, line->key);
    return ERR_OK;
}

/* What a ballot holds in one pot: "3,17,21"; NULL when nothing. */
static const char *choices_in(struct sealing *sealing, int64_t pot, const struct ballot *ballot) {
    struct buffer text = buffer_in(sealing->scratch, 16 * BALLOT_CHOICES_MAX);
    const struct poll_option_list *options = &sealing->paper.options;
    size_t place = 0;
    for (size_t i = 0; i < options->count && place < ballot->count; i++) {
        if (options->at[i].option != ballot->options[place])
            continue;
        place++;
        if (options->at[i].pot == pot)
            buffer_format(&text, text.length == 0 ? "%lld" : ",%lld",
                          (long long)options->at[i].option);
    }
    return text.length == 0 ? NULL : arena_copy_text(sealing->arena, buffer_string(&text));
}

static void count_ballot(struct sealing *sealing, const struct ballot *ballot) {
    if (ballot->blank)
        counted_add(sealing, 0, "");
    for (size_t i = 0; i < sealing->paper.pots.count; i++) {
        const int64_t pot = sealing->paper.pots.at[i].pot;
        const char *choices = choices_in(sealing, pot, ballot);
        if (choices != NULL)
            counted_add(sealing, pot, choices);
    }
}

#define SEALED_ROW(F, T)                                                                           \
    F(T, text, ballot_key, , "hex")                                                                \
    F(T, text, choices, , "nonce and cipher text, hex")
SHAPE(sealed_row, SEALED_ROW);

static enum error from_hex(const char *hex, unsigned char *bytes, size_t room, size_t *ret_length) {
    return sodium_hex2bin(bytes, room, hex, strlen(hex), NULL, ret_length, NULL) == 0 ? ERR_OK
                                                                                      : ERR_FAULT;
}

/* A ballot that no line of the roll has, or that does not open, was not written by this service:
 * nothing is sealed until somebody has looked. */
static enum error take_ballot(void *context, const void *row) {
    struct sealing *sealing = context;
    const struct sealed_row *sealed = row;
    unsigned char bytes[64 + POLL_OPTIONS_MAX / 8];
    struct line wanted;
    struct ballot ballot = {0};
    size_t length = 0;
    TRY(from_hex(sealed->ballot_key, wanted.key, sizeof wanted.key, &length));
    struct line *line =
        sealing->line_count == 0
            ? NULL
            : bsearch(&wanted, sealing->lines, sealing->line_count, sizeof wanted, by_key);
    if (line == NULL) {
        log_fault("ballot", LOG_INT("poll", sealing->paper.poll.id),
                  LOG_TEXT("why", "of nobody on the roll"));
        return ERR_FAULT;
    }
    TRY(from_hex(sealed->choices, bytes, sizeof bytes, &length));
    arena_reset(sealing->scratch);
    TRY(ballot_open(sealing->scratch, sealing->keys, &sealing->paper, line->key, bytes, length,
                    &ballot));
    if (line->is_barred || !ballot_counts(&ballot))
        return ERR_OK;
    line->receipt =
        receipt_hash(sealing->arena, receipt_code(sealing->scratch, sealing->keys, line->voter));
    count_ballot(sealing, &ballot);
    return ERR_OK;
}

#define POLL_OF(s) BIND_INT("tenant", (s)->tenant), BIND_INT("poll", (s)->paper.poll.id)

static enum error read_all(struct sealing *sealing, struct db *db) {
    TRY(db_each(db, sealing->arena, &sql_voters_each, WITH(POLL_OF(sealing)), &voter_row_shape,
                take_line, sealing));
    if (sealing->line_count > 0)
        qsort(sealing->lines, sealing->line_count, sizeof *sealing->lines, by_key);
    TRY(db_each(db, sealing->arena, &sql_ballots_each, WITH(POLL_OF(sealing)), &sealed_row_shape,
                take_ballot, sealing));
    counted_merge(sealing);
    return ERR_OK;
}

/* Through a snapshot of its own, given back before the log is cut. */
static enum error with_reader(struct sealing *sealing,
                              enum error (*read)(struct sealing *sealing, struct db *db)) {
    struct db *db = NULL;
    TRY(store_reader(sealing->context->store, READER_WAIT_MS, &db));
    const enum error error = read(sealing, db);
    store_reader_done(sealing->context->store, db);
    return error;
}

static void arrange(struct sealing *sealing) {
    sealing->receipts = ARENA_ARRAY(sealing->arena, sealing->line_count + 1, const char *);
    for (size_t i = 0; i < sealing->line_count; i++)
        if (sealing->lines[i].receipt != NULL)
            sealing->receipts[sealing->receipt_count++] = sealing->lines[i].receipt;
    if (sealing->receipt_count > 0)
        qsort(sealing->receipts, sealing->receipt_count, sizeof *sealing->receipts, by_text);
    if (sealing->line_count > 0)
        qsort(sealing->lines, sealing->line_count, sizeof *sealing->lines, by_voter);
}

/* ---- writing ---- */

struct portion {
    const struct sealing *sealing;
    enum error (*one)(const struct sealing *sealing, struct db *db, size_t place);
    size_t from, to;
};

static enum error write_counted(const struct sealing *sealing, struct db *db, size_t place) {
    const struct counted_ballot *row = &sealing->counted[place];
    return db_exec(db, &sql_counted_put,
                   WITH(POLL_OF(sealing), BIND_INT("pot", row->pot),
                        BIND_TEXT("choices", row->choices), BIND_INT("ballots", row->ballots)),
                   NULL);
}

static enum error write_receipt(const struct sealing *sealing, struct db *db, size_t place) {
    return db_exec(db, &sql_receipt_put,
                   WITH(POLL_OF(sealing), BIND_TEXT("receipt_hash", sealing->receipts[place])),
                   NULL);
}

static enum error write_mark(const struct sealing *sealing, struct db *db, size_t place) {
    const struct line *line = &sealing->lines[place];
    return db_exec(db, &sql_voter_mark,
                   WITH(POLL_OF(sealing), BIND_TEXT("voter", line->voter),
                        BIND_INT("voted", line->receipt != NULL)),
                   NULL);
}

static enum error portion_run(void *context, struct db *db) {
    const struct portion *portion = context;
    for (size_t i = portion->from; i < portion->to; i++)
        TRY(portion->one(portion->sealing, db, i));
    return ERR_OK;
}

static enum error write_all(const struct sealing *sealing, size_t count,
                            enum error (*one)(const struct sealing *sealing, struct db *db,
                                              size_t place)) {
    for (size_t from = 0; from < count; from += PORTION) {
        struct portion portion = {sealing, one, from, from + PORTION};
        if (portion.to > count)
            portion.to = count;
        TRY(store_act(sealing->context->store, portion_run, &portion));
    }
    return ERR_OK;
}

/* The instant of sealing. */
static enum error seal_act(void *context, struct db *db) {
    const struct sealing *sealing = context;
    const struct poll *poll = &sealing->paper.poll;
    int64_t changed = 0;
    TRY(db_exec(db, &sql_poll_seal,
                WITH(POLL_OF(sealing), BIND_TIME("now", sealing->context->now),
                     BIND_TEXT("lot_seed", sealing->lot_seed)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    return audit_append_system(
        db, sealing->arena, sealing->tenant, sealing->context->now, sealing->seed,
        &(struct audit_entry){.act = "poll.sealed",
                              .object = poll_object(sealing->arena, poll->id)});
}

static enum error seal(struct sealing *sealing) {
    TRY(poll_keys_open(sealing->arena, &sealing->paper.poll, &sealing->keys));
    TRY(with_reader(sealing, read_all));
    arrange(sealing);
    TRY(write_all(sealing, sealing->counted_count, write_counted));
    TRY(write_all(sealing, sealing->receipt_count, write_receipt));
    TRY(write_all(sealing, sealing->line_count, write_mark));
    sealing->lot_seed = poll_lot_seed(sealing->arena, sealing->keys);
    randombytes_buf(sealing->seed, sizeof sealing->seed);
    return store_act(sealing->context->store, seal_act, sealing);
}

/* ---- afterwards ---- */

struct emptying {
    const struct sealing *sealing;
    int64_t gone;
};

static enum error empty_act(void *context, struct db *db) {
    struct emptying *emptying = context;
    return db_exec(db, &sql_ballots_empty, WITH(POLL_OF(emptying->sealing)), &emptying->gone);
}

static enum error destroy(struct sealing *sealing) {
    struct emptying emptying = {.sealing = sealing, .gone = 1};
    TRY(poll_secret_destroy(sealing->paper.poll.id));
    for (int round = 0; emptying.gone > 0 && round < EMPTY_ROUNDS_MOST; round++)
        TRY(store_act(sealing->context->store, empty_act, &emptying));
    return store_scrub(sealing->context->store, "ballot");
}

static enum error find_paper(struct sealing *sealing, struct db *db) {
    return poll_paper_find(db, sealing->arena, sealing->tenant, sealing->paper.poll.id,
                           &sealing->paper);
}

static enum error sealing_run(struct sealing *sealing) {
    TRY(with_reader(sealing, find_paper));
    const struct poll *poll = &sealing->paper.poll;
    if (poll->state == poll_state_draft || poll->sealing_at == INSTANT_NONE)
        return ERR_OK;
    if (poll->state == poll_state_locked)
        TRY(seal(sealing));
    return destroy(sealing);
}

static enum error sealing_guarded(struct sealing *sealing) {
    if (ARENA_RECOVER(sealing->arena))
        return ERR_BUSY;
    return sealing_run(sealing);
}

static enum error seal_run(struct job_context *context, const struct job *job) {
    struct arena *arena = arena_new(SEALING_BYTES);
    struct sealing *sealing = ARENA_NEW(arena, struct sealing);
    sealing->context = context;
    sealing->arena = arena;
    sealing->scratch = arena_new(ONE_BALLOT);
    sealing->tenant = job->tenant;
    sealing->paper.poll.id = strtoll(job->key, NULL, 10);
    const enum error error = sealing_guarded(sealing);
    arena_free(sealing->scratch);
    arena_free(arena);
    return error;
}

const struct job_kind poll_seal_job = {
    .name = "ballots.seal",
    .run = seal_run,
    .doc = "parts persons and ballots of a closed poll for ever, and counts",
};
