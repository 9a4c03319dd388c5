/* Rounds that go on, for the start page. */
#include "budgets/campaigns/campaigns.h"
#include "platform/view/view.h"

enum { NOW_SHOWN = 6 };

/* "Tar emot förslag till tisdag 31 mars 2026 kl. 23.59" */
static const char *note_of(struct request *rq, const struct campaign_line *line, bool is_open) {
    const char *stage =
        word(rq->language, arena_format(rq->arena, "campaign_stage.%s",
                                        choice_code(&campaign_stage_choices, line->stage)));
    if (!is_open || line->next_at == INSTANT_NONE)
        return stage;
    return arena_format(
        rq->arena, "%s %s", stage,
        word_filled(rq->arena, rq->language, "campaigns.until", -1, &campaign_line_shape, line));
}

static enum error find(struct request *rq, struct now_line_list *ret_lines, int64_t *ret_expires) {
    struct campaign_line_list lines = {0};
    struct now_line *at = ARENA_ARRAY(rq->arena, NOW_SHOWN, struct now_line);
    int64_t expires = INT64_MAX;
    size_t count = 0;
    TRY(campaigns_find(rq->db, rq->arena, rq->tenant, rq->now, true, &lines));
    for (size_t i = 0; i < lines.count && count < NOW_SHOWN; i++) {
        const struct campaign_line *line = &lines.at[i];
        const bool is_open =
            line->stage == campaign_stage_ideas || line->stage == campaign_stage_vote;
        at[count++] = (struct now_line){
            .address = url_own(arena_format(rq->arena, "/budgets/%s", line->slug)),
            .language = line->language,
            .title = line->title,
            .lead = line->lead,
            .note = note_of(rq, line, is_open),
            .is_open = is_open,
        };
        if (line->next_at != INSTANT_NONE && line->next_at > rq->now && line->next_at < expires)
            expires = line->next_at;
    }
    *ret_lines = (struct now_line_list){at, count};
    *ret_expires = expires;
    return ERR_OK;
}

const struct now_source campaign_now = {.find = find};
