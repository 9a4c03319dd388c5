#include "budgets/proposals/rules.h"

#include <stdlib.h>

enum { SHUFFLES = 32 };

/* ---- taking in ---- */

enum propose_time propose_time_at(int64_t starts_at, int64_t ends_at, int64_t now) {
    if (starts_at == INSTANT_NONE)
        return propose_time_unknown;
    if (now < starts_at)
        return propose_time_before;
    return deadline_open(ends_at, now) ? propose_time_open : propose_time_over;
}

bool proposer_may_use(bool associations_only, enum proposer_kind kind) {
    return !associations_only || kind == proposer_kind_association;
}

const char *proposer_shown(const struct proposer_name *name) {
    if (name->kind == proposer_kind_association)
        return name->association;
    return name->may_be_shown && !name->is_child ? name->name : NULL;
}

/* ---- what may be done ---- */

static unsigned bit(enum proposal_state state) {
    return 1U << state;
}

bool proposal_may(enum proposal_act act, enum proposal_state state, bool locked) {
    const unsigned begun = bit(proposal_state_assessing) | bit(proposal_state_completing),
                   open = begun | bit(proposal_state_received),
                   settled = bit(proposal_state_admitted) | bit(proposal_state_not_admitted);
    const unsigned states[PROPOSAL_ACT_COUNT] = {
        [PROPOSAL_TAKE] = open,
        [PROPOSAL_ASK] = begun,
        [PROPOSAL_ANSWER] = bit(proposal_state_completing),
        [PROPOSAL_ASSESS] = begun | bit(proposal_state_admitted),
        [PROPOSAL_SETTLE] = begun,
        [PROPOSAL_CONTACT] = settled,
        [PROPOSAL_REPLY] = bit(proposal_state_not_admitted),
        [PROPOSAL_REOPEN] = settled,
        [PROPOSAL_MERGE] = begun | bit(proposal_state_admitted),
        [PROPOSAL_WITHDRAW] = open | bit(proposal_state_admitted),
    };
    if (locked && act != PROPOSAL_CONTACT && act != PROPOSAL_REPLY)
        return false;
    return (states[act] & bit(state)) != 0;
}

enum proposal_state proposal_shown_state(enum proposal_state state, int64_t contacted_on) {
    return state == proposal_state_not_admitted && contacted_on == INSTANT_NONE
               ? proposal_state_assessing
               : state;
}

bool proposal_stands(enum proposal_standing standing, enum proposal_state shown) {
    const unsigned ended = bit(proposal_state_merged) | bit(proposal_state_not_admitted) |
                           bit(proposal_state_withdrawn),
                   admitted = bit(proposal_state_admitted);
    const unsigned states[] = {
        [proposal_standing_all] = ~0U,           [proposal_standing_standing] = ~ended,
        [proposal_standing_admitted] = admitted, [proposal_standing_assessed] = ~(ended | admitted),
        [proposal_standing_ended] = ended,
    };
    return (states[standing] & bit(shown)) != 0;
}

/* ---- the outcome ---- */

const char *outcome_refusal(const struct outcome_stand *stand) {
    if (stand->judged < stand->criteria)
        return "assess.criteria_missing";
    if (!stand->admits && !stand->has_reason)
        return "assess.reason_missing";
    return NULL;
}

static bool is_said(const char *text) {
    return text != NULL && text[0] != '\0';
}

unsigned cost_lacks(const struct cost_stand *stand) {
    return (stand->has_investment ? 0U : LACKS_INVESTMENT) |
           (stand->has_running ? 0U : LACKS_RUNNING) | (is_said(stand->land) ? 0U : LACKS_LAND) |
           (is_said(stand->permits) ? 0U : LACKS_PERMITS) |
           (stand->has_investment && stand->investment > stand->pot_sum ? TOO_DEAR : 0U);
}

/* ---- merging ---- */

enum merge_state merge_judge(enum merge_says page, enum merge_says into) {
    if (page == MERGE_NO || into == MERGE_NO)
        return MERGE_REFUSED;
    return page == MERGE_YES && into == MERGE_YES ? MERGE_AGREED : MERGE_WAITS;
}

/* ---- order ---- */

int shuffle_of(const char *asked, const char *drawn) {
    unsigned mixed = 0;
    if (asked != NULL && asked[0] >= '0' && asked[0] <= '9')
        return (int)(strtoul(asked, NULL, 10) % SHUFFLES);
    for (; *drawn != '\0'; drawn++)
        mixed = mixed * 31 + (unsigned char)*drawn;
    return (int)(mixed % SHUFFLES);
}
