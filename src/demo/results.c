/* What came of a round: counted, attested, decided, carried out. */
#include "budgets/results/results.h"

#include <string.h>

#include "budgets/projects/projects.h"
#include "demo/rounds.h"

/* Days of the round on which these acts were done. */
enum { COUNTED = 1, ATTESTED = 2, PUBLIC_FROM = 3 };

static enum error whole_of(const struct round *round, struct campaign_whole *ret_whole) {
    struct fill *fill = round->fill;
    return campaign_find(fill->db, fill->arena, fill->rq.tenant, round->page, fill->rq.now,
                         ret_whole);
}

static enum error latest(const struct round *round, struct result_head *ret_head) {
    struct fill *fill = round->fill;
    return result_latest(fill->db, fill->arena, fill->rq.tenant, round->page, ret_head);
}

/* The leader counts and sets the minute; the officer attests. */
static enum error count(const struct round *round) {
    struct fill *fill = round->fill;
    struct campaign_whole whole = {0};
    struct result_counted counted = {0};
    struct result_head head = {0};
    fill_as_staff(fill, round->leader, ROLE_process_lead, round_day(round, COUNTED) + HOURS(4));
    TRY(whole_of(round, &whole));
    TRY(result_count_run(fill->db, fill->arena, fill->rq.tenant, &whole, &counted));
    TRY(result_write(fill->db, &fill->rq, &whole, 0, &counted));
    TRY(latest(round, &head));
    TRY(result_attest_ask(fill->db, &fill->rq, &whole, &head, round_day(round, PUBLIC_FROM)));
    fill_as_staff(fill, round->officer, ROLE_case_officer, round_day(round, ATTESTED));
    TRY(whole_of(round, &whole));
    TRY(latest(round, &head));
    return result_attest(fill->db, &fill->rq, &whole, &head);
}

/* The council follows the vote. */
static enum error decide(const struct round *round) {
    struct fill *fill = round->fill;
    struct campaign_whole whole = {0};
    struct result_head head = {0};
    int64_t secretary = 0, id = 0;
    TRY(fill_account(fill, "agnes.backmo@ljungsjo.example", &secretary));
    fill_as_staff(fill, secretary, ROLE_secretary, round_day(round, DECIDED));
    TRY(whole_of(round, &whole));
    TRY(latest(round, &head));
    TRY(result_decision_prepare(fill->db, &fill->rq, &whole, &head, &(struct id_list){0}, ""));
    const struct decision decision = {
        .page = round->page,
        .kind = decision_kind_result,
        .body = "Kommunfullmäktige",
        .decided_on = instant_day_start(fill->rq.now, 0),
        .item = "§ 84",
        .registry_no = "KS 112",
        .wording = "De förslag som fick flest röster och ryms i potten genomförs.",
        .posted_on = instant_day_start(fill->rq.now, 3),
        .appeal_until = INSTANT_NONE,
    };
    return decision_add(fill->db, &fill->rq, &decision, &id);
}

/* ---- projects ---- */

/* A line of projects.csv; nothing happens when the proposal did not get money. */
static enum error project_told(const struct round *round, const struct demo_table *table,
                               size_t row, const struct project_row_list *projects) {
    struct fill *fill = round->fill;
    struct project_row before = {0};
    size_t place = 0;
    while (place < projects->count &&
           strcmp(projects->at[place].title, demo_cell(table, row, "title")) != 0)
        place++;
    if (place == projects->count)
        return ERR_OK;
    fill_as_staff(fill, round->leader, ROLE_process_lead,
                  fill_day(fill, -(int)demo_number(table, row, "ago", 0)));
    TRY(project_find(fill->db, fill->arena, fill->rq.tenant, projects->at[place].page, &before));
    struct project_row after = before;
    after.state = choice_find(&project_state_choices, demo_cell(table, row, "state"));
    after.department = demo_cell(table, row, "department");
    after.contact = "0980-31 92 00";
    after.planned_on = instant_day_start(fill->now, (int)demo_number(table, row, "planned", 0));
    after.has_cost = *demo_cell(table, row, "cost") != '\0';
    after.cost_now = demo_number(table, row, "cost", 0) * 100;
    if (after.state == project_state_opened) {
        after.opening_at = fill->rq.now;
        after.opening_place = demo_cell(table, row, "place");
    }
    return project_put(fill->db, &fill->rq, &before, &after, demo_cell(table, row, "words"));
}

static enum error carry_out(const struct round *round) {
    struct fill *fill = round->fill;
    const struct demo_table table = demo_table(fill->arena, "projects");
    struct project_row_list projects = {0};
    TRY(projects_find(fill->db, fill->arena, fill->rq.tenant, round->page, &projects));
    for (size_t i = 0; i < table.rows; i++)
        if (strcmp(demo_cell(&table, i, "campaign"), round->key) == 0)
            TRY(project_told(round, &table, i, &projects));
    return ERR_OK;
}

enum error round_result_fill(const struct round *round) {
    if (round->reach < campaign_stage_recommended)
        return ERR_OK;
    TRY(count(round));
    if (round->reach < campaign_stage_decided)
        return ERR_OK;
    TRY(decide(round));
    return carry_out(round);
}
