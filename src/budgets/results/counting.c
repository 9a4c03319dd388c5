/* The count of a sealed poll, from a reader. Nothing is written here. */
#include <sodium.h>
#include <string.h>

#include "budgets/results/results.h"

static enum error take_ballot(void *context, const void *row) {
    return result_counting_add(context, row) == ERR_OK ? ERR_OK : ERR_FAULT;
}

struct receipts {
    crypto_hash_sha256_state hash;
    int64_t count;
};

static enum error take_receipt(void *context, const void *row) {
    struct receipts *receipts = context;
    const char *hash = ((const struct receipt_row *)row)->receipt_hash;
    (void)crypto_hash_sha256_update(&receipts->hash, (const unsigned char *)hash, strlen(hash));
    (void)crypto_hash_sha256_update(&receipts->hash, (const unsigned char *)"\n", 1);
    receipts->count++;
    return ERR_OK;
}

/* SHA-256 of the list, a line feed after each; NULL for imported rounds, which have none. */
static enum error receipts_digest(struct db *db, struct arena *arena, int64_t tenant,
                                  const struct poll *poll, const char **ret_hash) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    struct receipts receipts = {.count = 0};
    char *hex = arena_take(arena, sizeof digest * 2 + 1);
    (void)crypto_hash_sha256_init(&receipts.hash);
    TRY(receipts_each(db, arena, tenant, poll->id, take_receipt, &receipts));
    (void)crypto_hash_sha256_final(&receipts.hash, digest);
    (void)sodium_bin2hex(hex, sizeof digest * 2 + 1, digest, sizeof digest);
    *ret_hash = poll->secret_hash == NULL && receipts.count == 0 ? NULL : hex;
    return ERR_OK;
}

enum error result_count_run(struct db *db, struct arena *arena, int64_t tenant,
                            const struct campaign_whole *campaign,
                            struct result_counted *ret_counted) {
    struct poll_paper paper = {0};
    struct poll_turnout turnout = {0};
    struct result_counting *counting = NULL;
    struct count_turnout count = {0};
    if (campaign->poll.id == 0 || campaign->poll.state < poll_state_sealed)
        return ERR_CONFLICT;
    TRY(poll_paper_find(db, arena, tenant, campaign->poll.id, &paper));
    TRY(poll_turnout_find(db, arena, tenant, paper.poll.id, &turnout));
    TRY(receipts_digest(db, arena, tenant, &paper.poll, &count.receipts_hash));
    count.voters = turnout.voters;
    count.blank = turnout.blank;
    if (result_counting_new(arena, &campaign->campaign, &paper, &counting) != ERR_OK)
        return ERR_FAULT;
    TRY(counted_ballots_each(db, arena, tenant, paper.poll.id, take_ballot, counting));
    return result_counting_finish(counting, &count, ret_counted) == ERR_OK ? ERR_OK : ERR_FAULT;
}
