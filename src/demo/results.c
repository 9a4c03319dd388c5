/* What came of a round: counted, attested, decided, carried out. */
#include "budgets/budgets.h"

#include <string.h>

#include "budgets/projects/projects.h"
#include "demo/rounds.h"

/* Days of the round on which these acts were done. */
enum { COUNTED = 1, PUBLIC_FROM = 3 };

/* The leader counts and sets the minute; the officer attests. */
static enum error count(const struct round *round) {
    struct fill *fill = round->fill;
    const struct result_plan plan = {.attested_by = round->officer,
                                     .publish_at = round_day(round, PUBLIC_FROM)};
    fill_as_staff(fill, round->leader, ROLE_process_lead, round_day(round, COUNTED) + HOURS(4));
    return result_add(fill->db, &fill->rq, round->page, &plan);
}

/* The council follows the vote. */
static enum error decide(const struct round *round) {
    struct fill *fill = round->fill;
    int64_t secretary = 0, id = 0;
    TRY(fill_account(fill, "agnes.backmo@ljungsjo.example", &secretary));
    fill_as_staff(fill, secretary, ROLE_secretary, round_day(round, DECIDED));
    TRY(result_follow(fill->db, &fill->rq, round->page, NULL, 0, ""));
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
    size_t place = 0;
    while (place < projects->count &&
           strcmp(projects->at[place].title, demo_cell(table, row, "title")) != 0)
        place++;
    if (place == projects->count)
        return ERR_OK;
    fill_as_staff(fill, round->leader, ROLE_process_lead,
                  fill_day(fill, -(int)demo_number(table, row, "ago", 0)));
    const bool is_opened = strcmp(demo_cell(table, row, "state"), "opened") == 0;
    const struct project_plan plan = {
        .state =
            (enum project_state)choice_find(&project_state_choices, demo_cell(table, row, "state")),
        .department = demo_cell(table, row, "department"),
        .contact = "0980-31 92 00",
        .words = demo_cell(table, row, "words"),
        .opening_place = demo_cell_or_none(table, row, "place"),
        .planned_on = instant_day_start(fill->now, (int)demo_number(table, row, "planned", 0)),
        .opening_at = is_opened ? fill->rq.now : INSTANT_NONE,
        .cost_now = demo_number(table, row, "cost", -1) * 100,
    };
    return project_tell(fill->db, &fill->rq, projects->at[place].page, &plan);
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
