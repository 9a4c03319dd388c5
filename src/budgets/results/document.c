/* The count of a round: ballots in, document and rows out. Nothing is read or written here. */
#include "budgets/results/counting.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "budgets/results/rules.h"
#include "platform/base/text.h"
#include "platform/view/view.h"

enum { POTS_MAX = 64, DOCUMENT_BYTES = 64 << 20 };

struct pot_counting {
    struct poll_pot pot;
    struct counter *counter;
    struct count_result result;
    int64_t ballots; /* of those whose ballots are not known; 0 = they are */
};

struct result_counting {
    struct arena *arena;
    const struct campaign *campaign;
    const struct poll_paper *paper;
    struct pot_counting pots[POTS_MAX];
    size_t pot_count;
};

/* ---- rules and ballots ---- */

static struct count_rules rules_of(const struct campaign *campaign, const struct poll *poll) {
    struct count_rules rules = {
        .marks = poll->ballot_kind == ballot_kind_points    ? COUNT_POINTS
                 : poll->ballot_kind == ballot_kind_ranking ? COUNT_RANKS
                                                            : COUNT_CHOICES,
        .by_votes = campaign->satisfaction == campaign_satisfaction_cost,
        .stops = campaign->allocation == campaign_allocation_stop,
        .least_votes = campaign->least_votes,
        .ties = campaign->ties == campaign_ties_lot       ? COUNT_TIES_LOT
                : campaign->ties == campaign_ties_cheaper ? COUNT_TIES_CHEAPER
                                                          : COUNT_TIES_EARLIER,
        .lot_seed = poll->lot_seed,
    };
    /* Imported rounds have no secret from which a lot could be drawn. */
    if (rules.ties == COUNT_TIES_LOT && poll->lot_seed == NULL)
        rules.ties = COUNT_TIES_EARLIER;
    return rules;
}

enum error result_counting_new(struct arena *arena, const struct campaign *campaign,
                               const struct poll_paper *paper,
                               struct result_counting **ret_counting) {
    struct result_counting *counting = ARENA_NEW(arena, struct result_counting);
    const struct count_rules rules = rules_of(campaign, &paper->poll);
    counting->arena = arena;
    counting->campaign = campaign;
    counting->paper = paper;
    counting->pot_count = paper->pots.count;
    if (paper->pots.count > POTS_MAX)
        return ERR_INVALID;
    for (size_t i = 0; i < paper->pots.count; i++) {
        struct pot_counting *pot = &counting->pots[i];
        struct count_option *options =
            ARENA_ARRAY(arena, paper->options.count + 1, struct count_option);
        size_t count = 0;
        pot->pot = paper->pots.at[i];
        for (size_t j = 0; j < paper->options.count; j++)
            if (paper->options.at[j].pot == pot->pot.pot)
                options[count++] =
                    (struct count_option){paper->options.at[j].option, paper->options.at[j].cost};
        TRY(counter_new(arena, &rules, pot->pot.sum, options, count, &pot->counter));
    }
    *ret_counting = counting;
    return ERR_OK;
}

static struct pot_counting *pot_of(struct result_counting *counting, int64_t pot) {
    for (size_t i = 0; i < counting->pot_count; i++)
        if (counting->pots[i].pot.pot == pot)
            return &counting->pots[i];
    return NULL;
}

enum error result_counting_add(struct result_counting *counting,
                               const struct counted_ballot *ballot) {
    struct pot_counting *pot = pot_of(counting, ballot->pot);
    if (ballot->pot == 0)
        return ERR_OK;
    return pot == NULL ? ERR_INVALID : counter_add(pot->counter, ballot->choices, ballot->ballots);
}

/* A rule that adds votes up does not see on which ballots they stood together. */
enum error result_counting_totals(struct result_counting *counting, int64_t number, int64_t option,
                                  int64_t votes, int64_t ballots) {
    struct pot_counting *pot = pot_of(counting, number);
    const enum ballot_kind kind = (enum ballot_kind)counting->paper->poll.ballot_kind;
    if (pot == NULL || votes < 0 || votes > ballots)
        return ERR_INVALID;
    if (kind == ballot_kind_points || kind == ballot_kind_ranking)
        return ERR_INVALID;
    pot->ballots = ballots;
    if (votes == 0)
        return ERR_OK;
    return counter_add(pot->counter, arena_format(counting->arena, "%" PRId64, option), votes);
}

/* ---- what is written ---- */

static const struct poll_option *option_of(const struct poll_paper *paper, int64_t number) {
    for (size_t i = 0; i < paper->options.count; i++)
        if (paper->options.at[i].option == number)
            return &paper->options.at[i];
    return NULL;
}

static const char *why_code(enum count_why why) {
    return choice_code(&result_why_choices, (int)why);
}

static void add_hash(struct buffer *json, const char *name, const char *hash) {
    if (hash == NULL)
        buffer_format(json, "\"%s\":null,", name);
    else
        buffer_format(json, "\"%s\":\"%s\",", name, hash);
}

static void write_line(struct buffer *json, const struct poll_paper *paper,
                       const struct count_line *line, size_t place) {
    buffer_format(json, "{\"place\":%zu,\"option\":%" PRId64 ",\"title\":", place, line->option);
    json_write_text(json, option_of(paper, line->option)->title);
    buffer_format(json,
                  ",\"votes\":%" PRId64 ",\"cost\":%" PRId64 ",\"left_before\":%" PRId64
                  ",\"left_after\":%" PRId64 ",\"why\":\"%s\",\"lacks_votes\":%" PRId64
                  ",\"lacks_money\":%" PRId64 ",\"tie\":%s}",
                  line->votes, line->cost, line->left_before, line->left_after, why_code(line->why),
                  line->lacks_votes, line->lacks_money, line->tie ? "true" : "false");
}

static void write_ties(struct buffer *json, const struct count_result *result) {
    buffer_text(json, "],\"ties\":[");
    for (size_t i = 0; i < result->tie_count; i++) {
        buffer_format(json, "%s{\"options\":[", i == 0 ? "" : ",");
        for (size_t j = 0; j < result->ties[i].count; j++)
            buffer_format(json, "%s%" PRId64, j == 0 ? "" : ",", result->ties[i].options[j]);
        buffer_format(json, "],\"decides\":%s}", result->ties[i].decides ? "true" : "false");
    }
    buffer_text(json, "]}");
}

static void write_pot(struct buffer *json, const struct poll_paper *paper,
                      const struct pot_counting *pot) {
    buffer_format(json, "{\"pot\":%" PRId64 ",\"title\":", pot->pot.pot);
    json_write_text(json, pot->pot.title);
    buffer_format(json,
                  ",\"sum\":%" PRId64 ",\"left\":%" PRId64 ",\"ballots\":%" PRId64 ",\"rows\":[",
                  pot->pot.sum, pot->result.left, pot->result.ballots);
    for (size_t i = 0; i < pot->result.line_count; i++) {
        if (i > 0)
            buffer_text(json, ",");
        write_line(json, paper, &pot->result.lines[i], i + 1);
    }
    write_ties(json, &pot->result);
}

/* No time, version or name stands in it: the same ballots and rules give the same bytes. */
static const char *document_of(struct result_counting *counting,
                               const struct count_turnout *turnout) {
    struct buffer json = buffer_in(counting->arena, DOCUMENT_BYTES);
    const struct poll *poll = &counting->paper->poll;
    buffer_text(&json, "{\"format\":\"radslag-result-1\",\"round\":");
    json_write_text(&json, counting->campaign->title);
    buffer_text(&json, ",");
    add_hash(&json, "rules_hash", poll->rules_hash);
    add_hash(&json, "lot_hash", poll->lot_hash);
    add_hash(&json, "lot_seed", poll->lot_seed);
    add_hash(&json, "receipts_hash", turnout->receipts_hash);
    buffer_format(&json, "\"voters\":%" PRId64 ",\"blank\":%" PRId64 ",\"pots\":[", turnout->voters,
                  turnout->blank);
    for (size_t i = 0; i < counting->pot_count; i++) {
        if (i > 0)
            buffer_text(&json, ",");
        write_pot(&json, counting->paper, &counting->pots[i]);
    }
    buffer_text(&json, "]}");
    return buffer_string(&json);
}

static const char *rows_of(struct result_counting *counting) {
    struct buffer json = buffer_in(counting->arena, DOCUMENT_BYTES);
    bool is_first = true;
    buffer_text(&json, "[");
    for (size_t i = 0; i < counting->pot_count; i++)
        for (size_t j = 0; j < counting->pots[i].result.line_count; j++) {
            const struct count_line *line = &counting->pots[i].result.lines[j];
            const int64_t page = option_of(counting->paper, line->option)->page;
            buffer_format(&json, "%s[%" PRId64 ",%" PRId64 ",%zu,", is_first ? "" : ",",
                          line->option, counting->pots[i].pot.pot, j + 1);
            if (page == 0)
                buffer_text(&json, "null,");
            else
                buffer_format(&json, "%" PRId64 ",", page);
            buffer_format(
                &json, "%" PRId64 ",%" PRId64 ",%d,%" PRId64 ",\"%s\",%" PRId64 ",%" PRId64 ",%d]",
                line->votes, line->cost, line->why == COUNT_SELECTED, line->left_after,
                why_code(line->why), line->lacks_votes, line->lacks_money, line->tie);
            is_first = false;
        }
    buffer_text(&json, "]");
    return buffer_string(&json);
}

static const char *digest_of(struct arena *arena, const char *text) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    char *hex = arena_take(arena, sizeof digest * 2 + 1);
    crypto_hash_sha256(digest, (const unsigned char *)text, strlen(text));
    return sodium_bin2hex(hex, sizeof digest * 2 + 1, digest, sizeof digest);
}

enum error result_counting_finish(struct result_counting *counting,
                                  const struct count_turnout *turnout,
                                  struct result_counted *ret_counted) {
    for (size_t i = 0; i < counting->pot_count; i++) {
        struct pot_counting *pot = &counting->pots[i];
        TRY(counter_finish(pot->counter, &pot->result));
        if (pot->ballots > 0)
            pot->result.ballots = pot->ballots;
    }
    const char *document = document_of(counting, turnout);
    *ret_counted =
        (struct result_counted){document, digest_of(counting->arena, document), rows_of(counting)};
    return ERR_OK;
}
