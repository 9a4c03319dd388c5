#include "methods/tally/ties.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "platform/base/text.h"

static const char *const tie_names[] = {"id", "supporters", "cost", "earliest", "lot"};
static const char lot_prefix[] = "lot:";

/* Reads one rule of the list; false when there is none of that name. */
static bool tie_rule_find(const char *name, size_t length, enum tie_rule *ret_rule) {
    for (enum tie_rule rule = TIES_ID; rule < TIES_LOT; rule++)
        if (strlen(tie_names[rule]) == length && strncmp(tie_names[rule], name, length) == 0) {
            *ret_rule = rule;
            return true;
        }
    return false;
}

bool ties_parse(struct arena *arena, const char *text, struct ties *ret_ties) {
    struct ties ties = {0};
    for (;; text++) {
        if (ties.count == TIES_MOST)
            return false;
        enum tie_rule *rule = &ties.rules[ties.count++];
        if (text_begins(text, lot_prefix)) { /* the rest is the seed, commas too */
            *rule = TIES_LOT;
            ties.seed = arena_copy_text(arena, text + strlen(lot_prefix));
            break;
        }
        const size_t length = strcspn(text, ",");
        if (!tie_rule_find(text, length, rule))
            return false;
        text += length;
        if (*text == '\0')
            break;
    }
    if (ties.seed != NULL && *ties.seed == '\0')
        return false;
    *ret_ties = ties;
    return true;
}

const char *ties_text(struct arena *arena, const struct ties *ties) {
    const char *text = NULL;
    for (size_t i = 0; i < ties->count; i++) {
        const enum tie_rule rule = ties->rules[i];
        const char *before = text == NULL ? "" : arena_format(arena, "%s,", text);
        text = arena_format(arena, "%s%s%s%s", before, tie_names[rule], rule == TIES_LOT ? ":" : "",
                            rule == TIES_LOT ? ties->seed : "");
    }
    return text == NULL ? tie_names[TIES_ID] : text;
}

const char *ties_commitment(struct arena *arena, const char *seed) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    char *text = arena_take(arena, 2 * sizeof hash + 1);
    (void)crypto_hash_sha256(hash, (const unsigned char *)seed, strlen(seed));
    return sodium_bin2hex(text, 2 * sizeof hash + 1, hash, sizeof hash);
}

void ties_lot(const char *seed, const char *id, unsigned char ret_lot[TIES_LOT_BYTES]) {
    static_assert(crypto_auth_hmacsha256_BYTES == TIES_LOT_BYTES, "a lot is one MAC");
    crypto_auth_hmacsha256_state state;
    (void)crypto_auth_hmacsha256_init(&state, (const unsigned char *)seed, strlen(seed));
    (void)crypto_auth_hmacsha256_update(&state, (const unsigned char *)id, strlen(id));
    (void)crypto_auth_hmacsha256_final(&state, ret_lot);
}

static int tie_rule_compare(enum tie_rule rule, const struct contender *a,
                            const struct contender *b) {
    switch (rule) {
    case TIES_SUPPORTERS:
        return (a->votes < b->votes) - (a->votes > b->votes);
    case TIES_COST:
        return (a->cost > b->cost) - (a->cost < b->cost);
    case TIES_EARLIEST:
        return (a->submitted > b->submitted) - (a->submitted < b->submitted);
    case TIES_LOT:
        return memcmp(a->lot, b->lot, TIES_LOT_BYTES);
    case TIES_ID:
        break;
    }
    return strcmp(a->id, b->id); /* UTF-8 sorts by code points as bytes */
}

int ties_compare(const struct ties *ties, const struct contender *a, const struct contender *b) {
    for (size_t i = 0; i < ties->count; i++) {
        const int order = tie_rule_compare(ties->rules[i], a, b);
        if (order != 0)
            return order;
    }
    return tie_rule_compare(TIES_ID, a, b);
}
