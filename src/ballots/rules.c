#include "ballots/rules.h"

#include <assert.h>
#include <string.h>

#include "platform/base/instant.h"

/* A request that began in time is answered within header, body and queue: no ballot that arrived
 * before closing is still on its way after this. */
enum { ON_THE_WAY = 2 * 60 * 1000000 };

enum poll_phase poll_phase_at(const struct poll *poll, int64_t now) {
    switch ((enum poll_state)poll->state) {
    case poll_state_draft:
        return poll_phase_draft;
    case poll_state_sealed:
        return poll_phase_sealed;
    case poll_state_published:
        return poll_phase_published;
    case poll_state_locked:
        break;
    }
    if (now >= poll->closes_at)
        return poll_phase_closed;
    if (now < poll->opens_at)
        return poll_phase_locked;
    return poll->paused_at != INSTANT_NONE ? poll_phase_paused : poll_phase_open;
}

bool poll_may_seal(const struct poll *poll, int64_t now) {
    if (poll_phase_at(poll, now) != poll_phase_closed || poll->sealing_at != INSTANT_NONE)
        return false;
    if (poll->late_until != INSTANT_NONE && now < poll->late_until)
        return false;
    return now >= poll->closes_at + ON_THE_WAY;
}

/* An outage that covered the end can still be made good within a day of it (JOURNEYS A5). */
bool poll_may_lengthen(const struct poll *poll, int64_t closes_at, int64_t now) {
    const bool is_running = poll->state == poll_state_locked && poll->sealing_at == INSTANT_NONE;
    return is_running && now < poll->closes_at + DAYS(1) && closes_at > poll->closes_at &&
           closes_at > now;
}

bool poll_act_fits(const struct poll *poll, enum poll_act act, int64_t closes_at, int64_t now) {
    const enum poll_phase phase = poll_phase_at(poll, now);
    switch (act) {
    case poll_act_lock:
        return phase == poll_phase_draft;
    case poll_act_lengthen:
        return poll_may_lengthen(poll, closes_at, now);
    case poll_act_pause:
        return (phase == poll_phase_locked || phase == poll_phase_open) &&
               poll->paused_at == INSTANT_NONE;
    case poll_act_resume:
        return (phase == poll_phase_locked || phase == poll_phase_paused) &&
               poll->paused_at != INSTANT_NONE;
    case poll_act_attest:
        return phase == poll_phase_sealed || phase == poll_phase_published; /* a recount */
    }
    return false;
}

enum poll_reminder poll_reminder_at(const struct poll *poll, int64_t now) {
    enum { TENTH_DAY = 9 };
    const int64_t last = instant_day_start(poll->closes_at - 1, -1) + HOURS(8);
    const int64_t middle = instant_day_start(poll->opens_at, TENTH_DAY) + HOURS(8);
    if (poll_phase_at(poll, now) != poll_phase_open)
        return POLL_REMINDER_NONE;
    if (now >= last && now < last + DAYS(1))
        return POLL_REMINDER_LAST;
    if (now >= middle && now < middle + DAYS(1) && middle < last)
        return POLL_REMINDER_MIDDLE;
    return POLL_REMINDER_NONE;
}

bool pot_may_show_ballots(int64_t ballots) {
    return ballots >= COUNTED_FEWEST;
}

/* ---- a ballot ---- */

static const struct poll_option *option_of(const struct poll_paper *paper, int option) {
    size_t low = 0, high = paper->options.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (paper->options.at[middle].option < option)
            low = middle + 1;
        else
            high = middle;
    }
    const bool is_there = low < paper->options.count && paper->options.at[low].option == option;
    return is_there ? &paper->options.at[low] : NULL;
}

/* Where the option stands on the ballot, or would. */
static size_t place_of(const struct ballot *ballot, int option) {
    size_t place = 0;
    while (place < ballot->count && ballot->options[place] < option)
        place++;
    return place;
}

static bool is_chosen(const struct ballot *ballot, int option) {
    const size_t place = place_of(ballot, option);
    return place < ballot->count && ballot->options[place] == option;
}

static void put(struct ballot *ballot, int option) {
    const size_t place = place_of(ballot, option);
    memmove(&ballot->options[place + 1], &ballot->options[place],
            (ballot->count - place) * sizeof ballot->options[0]);
    ballot->options[place] = option;
    ballot->count++;
    ballot->blank = false;
}

static void take(struct ballot *ballot, int option) {
    const size_t place = place_of(ballot, option);
    ballot->count--;
    memmove(&ballot->options[place], &ballot->options[place + 1],
            (ballot->count - place) * sizeof ballot->options[0]);
}

struct pot_use ballot_pot_use(const struct poll_paper *paper, int64_t pot,
                              const struct ballot *ballot) {
    const bool is_cart = paper->poll.ballot_kind == ballot_kind_cart;
    struct pot_use use = {.most = paper->poll.most_choices};
    for (size_t i = 0; i < ballot->count; i++) {
        const struct poll_option *option = option_of(paper, ballot->options[i]);
        if (option == NULL || option->pot != pot)
            continue;
        use.chosen++;
        use.spent += option->cost;
    }
    for (size_t i = 0; is_cart && i < paper->pots.count; i++)
        if (paper->pots.at[i].pot == pot)
            use.left = paper->pots.at[i].sum - use.spent;
    return use;
}

/* Whether one more may be put beside what the ballot holds. */
static enum tick_verdict fits(const struct poll_paper *paper, const struct poll_option *option,
                              const struct ballot *ballot) {
    const struct pot_use use = ballot_pot_use(paper, option->pot, ballot);
    if (ballot->count == BALLOT_CHOICES_MAX || (use.most > 0 && use.chosen >= use.most))
        return tick_verdict_full;
    if (paper->poll.ballot_kind == ballot_kind_cart && option->cost > use.left)
        return tick_verdict_too_dear;
    return tick_verdict_saved;
}

enum tick_verdict ballot_choose(const struct poll_paper *paper, int option, int instead,
                                struct ballot *ballot) {
    const struct poll_option *wanted = option_of(paper, option);
    const struct poll_option *other = instead == 0 ? NULL : option_of(paper, instead);
    const bool is_ticked =
        paper->poll.ballot_kind == ballot_kind_up_to || paper->poll.ballot_kind == ballot_kind_cart;
    struct ballot changed = *ballot;
    if (wanted == NULL || !is_ticked)
        return tick_verdict_unknown;
    if (is_chosen(ballot, option))
        return tick_verdict_saved;
    enum tick_verdict verdict = fits(paper, wanted, &changed);
    if (verdict != tick_verdict_saved && other != NULL && other->pot == wanted->pot &&
        is_chosen(&changed, instead)) {
        take(&changed, instead);
        verdict = fits(paper, wanted, &changed);
    }
    if (verdict != tick_verdict_saved)
        return verdict;
    put(&changed, option);
    *ballot = changed;
    return tick_verdict_saved;
}

enum tick_verdict ballot_remove(const struct poll_paper *paper, int option, struct ballot *ballot) {
    if (option_of(paper, option) == NULL)
        return tick_verdict_unknown;
    if (is_chosen(ballot, option))
        take(ballot, option);
    return tick_verdict_saved;
}

void ballot_make_blank(struct ballot *ballot) {
    ballot->count = 0;
    ballot->blank = true;
}

bool ballot_has(const struct ballot *ballot, int option) {
    return is_chosen(ballot, option);
}

bool ballot_counts(const struct ballot *ballot) {
    return ballot->count > 0 || ballot->blank;
}

/* ---- as bytes: one for blank, then a bit for each option of the poll in rising order ---- */

enum { BITS = 8 };

size_t ballot_bytes(const struct poll_paper *paper) {
    return 1 + (paper->options.count + BITS - 1) / BITS;
}

void ballot_write(const struct poll_paper *paper, const struct ballot *ballot,
                  unsigned char *ret_bytes) {
    memset(ret_bytes, 0, ballot_bytes(paper));
    ret_bytes[0] = ballot->blank;
    for (size_t i = 0; i < ballot->count; i++) {
        const struct poll_option *option = option_of(paper, ballot->options[i]);
        assert(option != NULL);
        const size_t bit = (size_t)(option - paper->options.at);
        ret_bytes[1 + bit / BITS] |= (unsigned char)(1u << (bit % BITS));
    }
}

static bool bit_is_set(const unsigned char *bytes, size_t bit) {
    return (bytes[1 + bit / BITS] >> (bit % BITS) & 1) != 0;
}

/* No more in any pot than it allows. */
static bool ballot_is_within(const struct poll_paper *paper, const struct ballot *ballot) {
    for (size_t i = 0; i < paper->pots.count; i++) {
        const struct pot_use use = ballot_pot_use(paper, paper->pots.at[i].pot, ballot);
        if ((use.most > 0 && use.chosen > use.most) || use.left < 0)
            return false;
    }
    return true;
}

enum error ballot_read(const struct poll_paper *paper, const unsigned char *bytes,
                       struct ballot *ret_ballot) {
    struct ballot ballot = {.blank = bytes[0] == 1, .revision = ret_ballot->revision};
    const size_t bits = (ballot_bytes(paper) - 1) * BITS;
    if (bytes[0] > 1)
        return ERR_FAULT;
    for (size_t bit = 0; bit < bits; bit++) {
        if (!bit_is_set(bytes, bit))
            continue;
        if (bit >= paper->options.count || ballot.count == BALLOT_CHOICES_MAX)
            return ERR_FAULT;
        ballot.options[ballot.count++] = (int32_t)paper->options.at[bit].option;
    }
    if ((ballot.blank && ballot.count > 0) || !ballot_is_within(paper, &ballot))
        return ERR_FAULT;
    *ret_ballot = ballot;
    return ERR_OK;
}

/* ---- order ---- */

/* FNV-1a of the seed, then splitmix64: no secret, only even. */
static uint64_t seed_number(const char *seed) {
    uint64_t number = UINT64_C(14695981039346656037);
    for (const char *c = seed; *c != '\0'; c++)
        number = (number ^ (unsigned char)*c) * UINT64_C(1099511628211);
    return number;
}

static uint64_t draw(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* The options drawn once for the poll, then taken in the steps 0, 1, -1, 2, -2 … from a start that
 * moves on with the shuffle (a Williams design): each place is held by each option as often as 32
 * shuffles allow, and neighbours differ from shuffle to shuffle. */
const size_t *option_order(struct arena *arena, size_t count, const char *poll_seed, int shuffle) {
    size_t *drawn = ARENA_ARRAY(arena, count + 1, size_t);
    size_t *order = ARENA_ARRAY(arena, count + 1, size_t);
    uint64_t state = seed_number(poll_seed);
    for (size_t i = 0; i < count; i++)
        drawn[i] = i;
    for (size_t i = count; i > 1; i--) {
        const size_t j = (size_t)(draw(&state) % i), kept = drawn[i - 1];
        drawn[i - 1] = drawn[j];
        drawn[j] = kept;
    }
    const size_t turn = (size_t)shuffle % SHUFFLES;
    const size_t start = count > SHUFFLES ? turn * count / SHUFFLES : turn;
    for (size_t place = 0; place < count; place++) {
        const size_t step = place % 2 == 1 ? (place + 1) / 2 : count - place / 2;
        order[place] = drawn[(start + step) % count];
    }
    return order;
}
