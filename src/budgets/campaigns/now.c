/* Rounds for the start page: those that go on, those where one can take part first, and what became
 * of others. */
#include "budgets/campaigns/campaigns.h"
#include "platform/view/view.h"

enum { ROUNDS_SHOWN = 20 };

static struct now_line line_of(struct request *rq, const struct campaign_line *line) {
    const bool has_come_out = line->stage >= campaign_stage_recommended;
    return (struct now_line){
        .address = url_own(
            arena_format(rq->arena, "/budgets/%s%s", line->slug, has_come_out ? "/result" : "")),
        .language = line->language,
        .title = line->title,
        .lead = line->lead,
        .stage =
            word(rq->language, arena_format(rq->arena, "campaign_stage.%s",
                                            choice_code(&campaign_stage_choices, line->stage))),
        .note = campaign_note(rq, line),
        .is_open = line->stage == campaign_stage_ideas || line->stage == campaign_stage_vote,
        .has_come_out = has_come_out,
    };
}

/* The vote before all, then the ideas, then the rest as they stand. */
static int turn_of(const struct campaign_line *line) {
    return line->stage == campaign_stage_vote ? 0 : line->stage == campaign_stage_ideas ? 1 : 2;
}

static enum error find(struct request *rq, struct now_line_list *ret_lines, int64_t *ret_expires) {
    struct campaign_line_list lines = {0};
    struct now_line *at = ARENA_ARRAY(rq->arena, ROUNDS_SHOWN, struct now_line);
    int64_t expires = INT64_MAX;
    size_t count = 0;
    TRY(campaigns_find(rq->db, rq->arena, rq->tenant, rq->now, false, &lines));
    for (int turn = 0; turn <= 2; turn++)
        for (size_t i = 0; i < lines.count && count < ROUNDS_SHOWN; i++)
            if (turn_of(&lines.at[i]) == turn)
                at[count++] = line_of(rq, &lines.at[i]);
    for (size_t i = 0; i < lines.count; i++) {
        const int64_t next = lines.at[i].next_at;
        if (next != INSTANT_NONE && next > rq->now && next < expires)
            expires = next;
    }
    *ret_lines = (struct now_line_list){at, count};
    *ret_expires = expires;
    return ERR_OK;
}

const struct now_source campaign_now = {.find = find};
