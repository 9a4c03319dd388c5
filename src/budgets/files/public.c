/* What a bundle is made of, from the database. */
#include <string.h>
#include <strings.h>

#include "budgets/files/bundle.h"
#include "budgets/files/files.h"
#include "budgets/results/results.h"
#include "platform/view/words.h"

struct gathering {
    struct arena *arena;
    struct counted_ballot *at;
    size_t count, room;
};

static enum error take_ballot(void *context, const void *row) {
    struct gathering *gathering = context;
    const struct counted_ballot *ballot = row;
    if (gathering->count == gathering->room) {
        const size_t room = gathering->room == 0 ? 256 : gathering->room * 2;
        gathering->at =
            arena_widen(gathering->arena, gathering->at, gathering->room * sizeof *gathering->at,
                        room * sizeof *gathering->at);
        gathering->room = room;
    }
    struct counted_ballot *copy = &gathering->at[gathering->count++];
    *copy = *ballot;
    copy->choices = arena_copy_text(gathering->arena, ballot->choices);
    return ERR_OK;
}

static enum error ballots_find(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                               struct counted_ballot_list *ret_ballots) {
    struct gathering gathering = {.arena = arena};
    TRY(counted_ballots_each(db, arena, tenant, poll, take_ballot, &gathering));
    *ret_ballots = (struct counted_ballot_list){gathering.at, gathering.count};
    return ERR_OK;
}

/* The locked rules; ERR_FAULT when they are not as they were written. */
static enum error round_find(struct arena *arena, const struct poll *poll,
                             struct round *ret_round) {
    const char *why = NULL;
    if (poll->rules == NULL)
        return ERR_NOT_FOUND;
    return round_read(arena, poll->rules, strlen(poll->rules), ret_round, &why) ? ERR_OK
                                                                                : ERR_FAULT;
}

static const char *readme_of(struct arena *arena) {
    return arena_format(arena, "%s\n\n\n%s\n", word(LANGUAGE_SV, "bundle.readme"),
                        word(LANGUAGE_EN, "bundle.readme"));
}

struct receipts_source {
    struct db *db;
    struct arena *arena;
    int64_t tenant, poll;
};

static enum error put_receipt(void *context, const void *row) {
    const struct file_sink *sink = context;
    const char *hash = ((const struct receipt_row *)row)->receipt_hash;
    sink->put(sink->context, hash, strlen(hash));
    sink->put(sink->context, "\n", 1);
    return ERR_OK;
}

/* A bundle_source's put_receipts. */
static enum error put_receipts(void *context, const struct file_sink *sink) {
    const struct receipts_source *source = context;
    return receipts_each(source->db, source->arena, source->tenant, source->poll, put_receipt,
                         (void *)sink);
}

/* Everything of a round whose count is public. */
static enum error source_find(const struct receipts_source *from, int64_t campaign,
                              const struct poll *poll, int64_t now, struct round *round,
                              struct bundle_source *source) {
    struct result_head head = {0};
    TRY(result_public(from->db, from->arena, from->tenant, campaign, now, &head));
    TRY(result_document_find(from->db, from->arena, from->tenant, campaign, head.version,
                             &source->document));
    TRY(round_find(from->arena, poll, round));
    source->round = round;
    source->rules = poll->rules;
    source->lot_hash = poll->lot_hash;
    source->lot_seed = poll->lot_seed;
    source->put_receipts = put_receipts;
    source->context = (void *)from;
    return ballots_find(from->db, from->arena, from->tenant, poll->id, &source->ballots);
}

/* ---- one file of it ---- */

static void put_bytes(void *context, const char *bytes, size_t length) {
    (void)fwrite(bytes, 1, length, context); /* ferror tells */
}

static enum error put_pot(struct arena *arena, const struct bundle_source *source, const char *name,
                          const struct file_sink *sink) {
    for (size_t i = 0; i < source->round->paper.pots.count; i++) {
        const int64_t pot = source->round->paper.pots.at[i].pot;
        if (strcasecmp(name, pot_file_name(arena, pot)) != 0)
            continue;
        if (!pot_may_show_ballots(pot_ballots(&source->ballots, pot)))
            return ERR_FORBIDDEN;
        return pot_write(arena, source->round, pot, &source->ballots, sink);
    }
    return ERR_NOT_FOUND;
}

static enum error put_named(struct arena *arena, struct bundle_source *source, const char *name,
                            FILE *file) {
    const struct file_sink sink = {put_bytes, file};
    if (strcmp(name, ROUND_BUNDLE) == 0) {
        source->readme = readme_of(arena);
        return bundle_write(arena, source, file);
    }
    if (strcmp(name, BUNDLE_BALLOTS) == 0)
        ballots_write(arena, &source->ballots, &sink);
    else if (strcmp(name, BUNDLE_RESULT) == 0)
        put_bytes(file, source->document, strlen(source->document));
    else if (strcmp(name, BUNDLE_RECEIPTS) == 0)
        return put_receipts(source->context, &sink);
    else
        return put_pot(arena, source, name, &sink);
    return ERR_OK;
}

enum error round_file_write(struct db *db, struct arena *arena, int64_t tenant,
                            const struct campaign_whole *campaign, int64_t now, const char *name,
                            FILE *file) {
    const struct receipts_source receipts = {db, arena, tenant, campaign->poll.id};
    struct bundle_source source = {0};
    struct round round = {0};
    TRY(source_find(&receipts, campaign->campaign.page, &campaign->poll, now, &round, &source));
    const enum error error = put_named(arena, &source, name, file);
    if (error != ERR_OK)
        return error == ERR_INVALID ? ERR_FAULT : error;
    return ferror(file) || fflush(file) != 0 ? ERR_UNAVAILABLE : ERR_OK;
}
