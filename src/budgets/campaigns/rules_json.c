/* The rules as canonical JSON: one text for one content, so that its digest names it (PB-17). */
#include <sodium.h>
#include <string.h>

#include "budgets/campaigns/campaigns.h"
#include "platform/view/view.h"

enum { RULES_BYTES = 4 << 20 };

static void add_text(struct buffer *json, const char *name, const char *text) {
    buffer_format(json, "\"%s\":", name);
    json_write_text(json, text == NULL ? "" : text);
}

static void add_time(struct buffer *json, const char *name, int64_t instant) {
    buffer_format(json, "\"%s\":", name);
    if (instant == INSTANT_NONE)
        buffer_text(json, "null");
    else
        buffer_format(json, "\"%s\"", instant_to_rfc3339(json->arena, instant));
}

static void add_pots(struct buffer *json, const struct poll_pot_list *pots) {
    buffer_text(json, "\"pots\":[");
    for (size_t i = 0; i < pots->count; i++) {
        buffer_format(json, "%s{\"pot\":%lld,", i == 0 ? "" : ",", (long long)pots->at[i].pot);
        add_text(json, "title", pots->at[i].title);
        buffer_format(json, ",\"sum\":%lld}", (long long)pots->at[i].sum);
    }
    buffer_text(json, "],");
}

static void add_options(struct buffer *json, const struct poll_option_list *options) {
    buffer_text(json, "\"options\":[");
    for (size_t i = 0; i < options->count; i++) {
        const struct poll_option *option = &options->at[i];
        buffer_format(json, "%s{\"option\":%lld,\"pot\":%lld,", i == 0 ? "" : ",",
                      (long long)option->option, (long long)option->pot);
        add_text(json, "title", option->title);
        buffer_format(json, ",\"cost\":%lld}", (long long)option->cost);
    }
    buffer_text(json, "],");
}

static void add_voting(struct buffer *json, const struct campaign *campaign,
                       const struct poll *poll) {
    buffer_format(json, "\"ballot\":{\"kind\":\"%s\",\"most_choices\":%lld},",
                  choice_code(&ballot_kind_choices, poll->ballot_kind),
                  (long long)poll->most_choices);
    buffer_format(json, "\"voters\":{\"eligible\":\"%s\",",
                  choice_code(&eligible_choices, poll->eligible));
    add_text(json, "who", campaign->who_may_vote);
    buffer_format(json,
                  "},\"allocation\":\"%s\",\"satisfaction\":\"%s\",\"least_votes\":%lld,"
                  "\"ties\":\"%s\",",
                  choice_code(&campaign_allocation_choices, campaign->allocation),
                  choice_code(&campaign_satisfaction_choices, campaign->satisfaction),
                  (long long)campaign->least_votes,
                  choice_code(&campaign_ties_choices, campaign->ties));
    add_text(json, "leftover", campaign->leftover);
    buffer_text(json, ",\"dates\":{");
    add_time(json, "opens_at", poll->opens_at);
    buffer_text(json, ",");
    add_time(json, "closes_at", poll->closes_at);
    buffer_text(json, ",");
    add_time(json, "late_until", poll->late_until);
    buffer_text(json, "}");
}

static const char *digest_of(struct arena *arena, const char *text) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    char *hex = arena_take(arena, sizeof digest * 2 + 1);
    crypto_hash_sha256(digest, (const unsigned char *)text, strlen(text));
    return sodium_bin2hex(hex, sizeof digest * 2 + 1, digest, sizeof digest);
}

void campaign_rules_of_paper(struct arena *arena, const struct campaign *campaign,
                             const struct poll_paper *paper, const char **ret_rules,
                             const char **ret_hash) {
    struct buffer json = buffer_in(arena, RULES_BYTES);
    buffer_text(&json, "{\"format\":\"radslag-rules-1\",");
    add_text(&json, "round", campaign->title);
    buffer_text(&json, ",");
    add_pots(&json, &paper->pots);
    add_options(&json, &paper->options);
    add_voting(&json, campaign, &paper->poll);
    buffer_text(&json, "}");
    *ret_rules = buffer_string(&json);
    *ret_hash = digest_of(arena, *ret_rules);
}

enum error campaign_rules_write(struct db *db, struct arena *arena, int64_t tenant,
                                const struct campaign_whole *campaign, const char **ret_rules,
                                const char **ret_hash) {
    struct poll_paper paper = {0};
    TRY(poll_paper_find(db, arena, tenant, campaign->poll.id, &paper));
    campaign_rules_of_paper(arena, &campaign->campaign, &paper, ret_rules, ret_hash);
    return ERR_OK;
}
