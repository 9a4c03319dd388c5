/* Votes of a round: rules locked by two persons, ballots of people who are not there, the end.
 * Everything goes the way of real ones, secret and sealing included. */
#include <sodium.h>
#include <string.h>

#include "demo/rounds.h"

/* A draw that is the same each time the demonstration is filled. */
struct draw {
    uint64_t state;
};

/* splitmix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014). */
static uint64_t draw_next(struct draw *draw) {
    uint64_t mixed = draw->state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

struct voting {
    const struct round *round;
    struct poll_paper paper;
    int64_t liked[POLL_OPTIONS_MAX]; /* by place of the option: how many would choose it */
    int64_t likes;
    struct draw draw;
};

/* "votes" of proposals.csv, by title. */
static void read_likes(struct voting *voting) {
    const struct demo_table table = demo_table(voting->round->fill->arena, "proposals");
    for (size_t i = 0; i < voting->paper.options.count; i++) {
        for (size_t row = 0; row < table.rows; row++)
            if (strcmp(demo_cell(&table, row, "title"), voting->paper.options.at[i].title) == 0 &&
                strcmp(demo_cell(&table, row, "campaign"), voting->round->key) == 0)
                voting->liked[i] = demo_number(&table, row, "votes", 0);
        voting->likes += voting->liked[i];
    }
}

static int drawn_option(struct voting *voting) {
    int64_t at = (int64_t)(draw_next(&voting->draw) % (uint64_t)voting->likes);
    size_t place = 0;
    while (at >= voting->liked[place])
        at -= voting->liked[place++];
    return (int)voting->paper.options.at[place].option;
}

/* Two or three choices; one of forty is blank. What does not fit is not chosen. */
static struct ballot drawn_ballot(struct voting *voting) {
    struct ballot ballot = {0};
    const uint64_t kind = draw_next(&voting->draw) % 40;
    if (kind == 0)
        ballot_make_blank(&ballot);
    for (uint64_t i = 0; kind != 0 && i < 2 + kind % 2; i++)
        (void)ballot_choose(&voting->paper, drawn_option(voting), 0, &ballot);
    return ballot;
}

static enum error vote(struct voting *voting, int64_t number) {
    struct fill *fill = voting->round->fill;
    const struct ballot ballot = drawn_ballot(voting);
    const char *digest = NULL;
    randombytes_buf(fill->rq.seed, sizeof fill->rq.seed);
    TRY(person_digest(
        fill->arena, fill->rq.tenant,
        arena_format(fill->arena, "%s-%lld@hemma.example", voting->round->key, (long long)number),
        &digest));
    return poll_ballot_enter(fill->db, &fill->rq, &voting->paper, digest, &ballot);
}

/* As many as give the options about the votes that they have in proposals.csv. */
static enum error all_vote(const struct round *round, int64_t poll) {
    struct fill *fill = round->fill;
    struct voting *voting = ARENA_NEW(fill->arena, struct voting);
    voting->round = round;
    voting->draw.state = (uint64_t)poll;
    TRY(poll_paper_find(fill->db, fill->arena, fill->rq.tenant, poll, &voting->paper));
    read_likes(voting);
    fill_as(fill, 0, round_day(round, VOTE_FIRST) + HOURS(1));
    for (int64_t i = 0; i < voting->likes * 2 / 5; i++)
        TRY(vote(voting, i));
    return ERR_OK;
}

static enum error lock(const struct round *round, int64_t *ret_poll) {
    struct fill *fill = round->fill;
    struct poll_secret secret = {0};
    fill_as(fill, round->leader, round_day(round, VOTE_FIRST - 1));
    TRY(campaign_poll_put(fill->db, &fill->rq, round->page, ret_poll));
    TRY(poll_secret_make(fill->arena, fill->rq.tenant, *ret_poll, &secret));
    return campaign_lock(fill->db, &fill->rq, round->page, round->leader, round->officer, &secret);
}

static enum error seal_begin(const struct round *round) {
    struct fill *fill = round->fill;
    struct poll poll = {0};
    fill_as_staff(fill, round->leader, ROLE_process_lead, round_day(round, 1));
    TRY(poll_find(fill->db, fill->arena, fill->rq.tenant, round->poll, &poll));
    return poll_sealing_begin(fill->db, &fill->rq, &poll);
}

enum error round_votes_fill(struct round *round) {
    if (round->reach < campaign_stage_locked)
        return ERR_OK;
    TRY(lock(round, &round->poll));
    TRY(all_vote(round, round->poll));
    return round->reach > campaign_stage_closed ? seal_begin(round) : ERR_OK;
}
