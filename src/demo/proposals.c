/* Proposals of a round: how they came in, what its officer found, what became of them. */
#include "budgets/proposals/proposals.h"

#include <string.h>

#include "demo/rounds.h"
#include "platform/base/text.h"

struct told {
    const struct round *round;
    const struct demo_table *table, *criteria;
    size_t row;
    int place;        /* 0, 1, 2 … in the round */
    int64_t resident; /* account that stands behind some of them */
};

static const char *cell(const struct told *told, const char *column) {
    return demo_cell(told->table, told->row, column);
}

/* In öre; FORM_NONE when it is not said. */
static int64_t money(const struct told *told, const char *column) {
    const int64_t kronor = demo_number(told->table, told->row, column, -1);
    return kronor < 0 ? FORM_NONE : kronor * 100;
}

static bool state_is(const struct told *told, const char *state) {
    return text_begins(cell(told, "state"), state);
}

/* ---- coming in ---- */

static enum error come_in(const struct told *told, int64_t *ret_page) {
    struct fill *fill = told->round->fill;
    const bool is_residents = told->place % 7 == 0;
    int64_t number = 0;
    fill_as(fill, is_residents ? told->resident : 0,
            round_day(told->round, IDEAS_FIRST + 2 + told->place % 25) + HOURS(told->place % 9));
    fill->rq.seed[1]++; /* each has a follow code of its own */
    const struct proposal_given given = {
        .campaign = told->round->page,
        .pot = demo_number(told->table, told->row, "pot", 1),
        .account = is_residents ? told->resident : 0,
        .language = LANGUAGE_SV,
        .title = cell(told, "title"),
        .lead = cell(told, "lead"),
        .body = cell(told, "words"),
        .place = cell(told, "place"),
        .wished = money(told, "wished"),
        .kind = (enum proposer_kind)choice_find(&proposer_kind_choices, cell(told, "kind")),
        .shown = demo_cell_or_none(told->table, told->row, "shown"),
        .channel = told->place % 6 == 5 ? proposal_channel_telephone : proposal_channel_web,
        .received_at = fill->rq.now,
        .name = is_residents ? "Amina Furuvik" : demo_cell_or_none(told->table, told->row, "shown"),
        .email = is_residents ? "amina@hemma.example" : NULL,
        .code = proposal_code_draw(&fill->rq),
    };
    return proposal_add(fill->db, &fill->rq, &given, ret_page, &number);
}

/* ---- being assessed ---- */

static enum error again(const struct told *told, int64_t page, struct proposal *ret_proposal) {
    struct fill *fill = told->round->fill;
    return proposal_find(fill->db, fill->arena, fill->rq.tenant, page, ret_proposal);
}

static enum error take(const struct told *told, int64_t page) {
    struct fill *fill = told->round->fill;
    struct proposal proposal = {0};
    const int64_t day = round_day(told->round, IDEAS_FIRST + 12 + told->place % 30);
    fill_as(fill, told->round->officer, day < fill->now ? day : fill->now);
    TRY(again(told, page, &proposal));
    return proposal_take(fill->db, &fill->rq, &proposal, told->round->officer);
}

static struct proposal_finding found(const struct told *told, bool is_met) {
    struct proposal_finding finding = {
        .judged_count = told->criteria->rows,
        .investment = money(told, "investment"),
        .running = money(told, "running"),
        .running_bearer = cell(told, "bearer"),
        .land = cell(told, "land"),
        .permits = cell(told, "permits"),
        .reason = cell(told, "reason"),
    };
    for (size_t i = 0; i < told->criteria->rows; i++) {
        finding.judged[i].criterion = (int64_t)i + 1;
        finding.judged[i].verdict =
            is_met || i > 0 ? proposal_verdict_met : proposal_verdict_not_met;
        finding.judged[i].reason = is_met || i > 0 ? demo_cell(told->criteria, i, "reason")
                                                   : "Det är inte kommunen som bestämmer det.";
    }
    return finding;
}

static enum error settle(const struct told *told, int64_t page, bool is_admitted) {
    struct fill *fill = told->round->fill;
    const struct proposal_finding finding = found(told, is_admitted);
    struct proposal proposal = {0};
    TRY(again(told, page, &proposal));
    fill->rq.now += DAYS(3);
    if (fill->rq.now > fill->now)
        fill->rq.now = fill->now;
    TRY(proposal_assess(fill->db, &fill->rq, &proposal, &finding));
    TRY(proposal_settle(fill->db, &fill->rq, &proposal,
                        is_admitted ? proposal_state_admitted : proposal_state_not_admitted,
                        finding.reason));
    if (is_admitted)
        return ERR_OK;
    TRY(again(told, page, &proposal));
    return proposal_contacted_put(
        fill->db, &fill->rq,
        &(struct proposal_contacted){.page = page,
                                     .revision = proposal.revision,
                                     .state = (enum proposal_state)proposal.state,
                                     .on = fill->rq.now,
                                     .how = "telefon"});
}

/* ---- not going on ---- */

static enum error noted(const struct told *told, int64_t page, enum proposal_event event,
                        int64_t other) {
    struct fill *fill = told->round->fill;
    const struct proposal_happened happened = {.event = event, .other = other, .is_public = true};
    return proposal_note(fill->db, &fill->rq, page, &happened);
}

static enum error withdraw(const struct told *told, int64_t page) {
    struct fill *fill = told->round->fill;
    struct proposal proposal = {0};
    TRY(again(told, page, &proposal));
    TRY(proposal_state_put(fill->db, &fill->rq, &proposal, proposal_state_withdrawn, 0));
    return noted(told, page, proposal_event_withdrawn, 0);
}

/* "merged:TITLE" of one that came in before it. */
static enum error merge(const struct told *told, int64_t page, const int64_t *pages) {
    struct fill *fill = told->round->fill;
    const char *title = strchr(cell(told, "state"), ':') + 1;
    struct proposal proposal = {0};
    size_t into = 0;
    while (strcmp(demo_cell(told->table, into, "title"), title) != 0)
        into++;
    TRY(again(told, page, &proposal));
    TRY(proposal_state_put(fill->db, &fill->rq, &proposal, proposal_state_merged, pages[into]));
    TRY(noted(told, page, proposal_event_merged, pages[into]));
    return noted(told, pages[into], proposal_event_took_in, page);
}

static enum error go_on(const struct told *told, int64_t page, const int64_t *pages) {
    if (state_is(told, "received"))
        return ERR_OK;
    TRY(take(told, page));
    if (state_is(told, "admitted") || state_is(told, "not_admitted"))
        return settle(told, page, state_is(told, "admitted"));
    if (state_is(told, "withdrawn"))
        return withdraw(told, page);
    if (state_is(told, "merged"))
        return merge(told, page, pages);
    return ERR_OK;
}

enum error round_proposals_fill(const struct round *round) {
    struct fill *fill = round->fill;
    const struct demo_table table = demo_table(fill->arena, "proposals");
    const struct demo_table criteria = demo_table(fill->arena, "criteria");
    int64_t *pages = ARENA_ARRAY(fill->arena, table.rows, int64_t);
    struct told told = {.round = round, .table = &table, .criteria = &criteria};
    TRY(fill_account(fill, "amina@hemma.example", &told.resident));
    for (told.row = 0; told.row < table.rows; told.row++) {
        if (strcmp(cell(&told, "campaign"), round->key) != 0)
            continue;
        TRY(come_in(&told, &pages[told.row]));
        TRY(go_on(&told, pages[told.row], pages));
        told.place++;
    }
    return ERR_OK;
}
