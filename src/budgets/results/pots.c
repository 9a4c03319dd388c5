/* One pot of a result: bars, table, the telling of the count, ties, why not. */
#include "budgets/results/views.h"

#include <string.h>

#include "platform/base/text.h"

enum { BARS_MAX = 100, BARS_AFTER = 2, BAR_WIDTH = 1000, WHY_NOT_MAX = 3 };

const char *result_say(const struct request *rq, const char *key, int64_t count,
                       struct result_saying saying) {
    return word_filled(rq->arena, rq->language, key, count, &result_saying_shape, &saying);
}

struct result_row_view result_row_of(struct arena *arena, const struct result_line *line,
                                     int64_t left_before) {
    return (struct result_row_view){
        .place = line->place,
        .option = line->option,
        .title = line->title,
        .address = {line->slug == NULL ? NULL : arena_format(arena, "/proposals/%s", line->slug)},
        .votes = line->votes,
        .cost = line->cost,
        .left_before = left_before,
        .left_after = line->left_after,
        .why = line->why,
        .selected = line->selected,
        .departs = line->decided != line->selected,
        .decided = line->decided,
        .tie = line->tie,
        .lacks_votes = line->lacks_votes,
        .lacks_money = line->lacks_money,
        .has_project = line->has_project,
        .project_state = line->project_state,
    };
}

/* Lines up to the last that gets money by the vote. */
static size_t count_to_last(const struct result_line *lines, size_t count) {
    size_t last = 0;
    for (size_t i = 0; i < count; i++)
        if (lines[i].selected)
            last = i + 1;
    return last;
}

/* ---- bars ---- */

static const char *bar_label(const struct request *rq, const struct result_line *line) {
    static const char *const keys[] = {
        [result_why_selected] = NULL,
        [result_why_no_room] = "result.bar_no_room",
        [result_why_too_few] = "result.bar_too_few",
        [result_why_after_stop] = "result.bar_after_stop",
    };
    const char *key = keys[line->why];
    return key == NULL ? line->title
                       : result_say(rq, key, -1, (struct result_saying){.title = line->title});
}

static struct chart_view *chart_of(const struct request *rq, const struct campaign_whole *campaign,
                                   const struct result_line *lines, size_t count, int64_t most) {
    const size_t last = count_to_last(lines, count);
    size_t shown = last + BARS_AFTER > RESULT_ROWS_FIRST ? last + BARS_AFTER : RESULT_ROWS_FIRST;
    shown = shown > BARS_MAX ? BARS_MAX : shown;
    shown = shown > count ? count : shown;
    struct chart_view *chart = ARENA_NEW(rq->arena, struct chart_view);
    struct bar_view *at = ARENA_ARRAY(rq->arena, shown + 1, struct bar_view);
    for (size_t i = 0; i < shown; i++) {
        const struct result_line *line = &lines[i];
        const struct result_saying saying = {.votes = line->votes,
                                             .count = campaign->campaign.least_votes};
        at[i] = (struct bar_view){
            .label = i < last ? bar_label(rq, line) : line->title,
            .value = result_say(rq, "result.votes", line->votes, saying),
            .width = most == 0 ? 0 : line->votes * BAR_WIDTH / most,
            .out = !line->selected,
        };
        if (i == last && last > 0)
            at[i].cut = line->why == result_why_too_few
                            ? result_say(rq, "result.cut_votes", saying.count, saying)
                            : word(rq->language, "result.cut");
    }
    const struct result_saying saying = {.count = (int64_t)shown};
    *chart = (struct chart_view){
        .caption = shown < count ? result_say(rq, "result.caption_first", saying.count, saying)
                                 : word(rq->language, "result.caption"),
        .label_heading = word(rq->language, "result.column_proposal"),
        .value_heading = word(rq->language, "result.column_votes"),
        .bars = {at, shown},
    };
    return chart;
}

/* ---- ties ---- */

/* Equal by the rule: as many votes, or as many for each krona. */
static bool is_equal(const struct campaign *campaign, const struct result_line *a,
                     const struct result_line *b) {
    if (campaign->satisfaction == campaign_satisfaction_cost)
        return a->votes == b->votes;
    __extension__ const __int128 left = (__int128)a->votes * b->cost,
                                 right = (__int128)b->votes * a->cost;
    return left == right;
}

static struct tie_view tie_of(struct arena *arena, const struct result_line *lines, size_t count) {
    struct tie_member *members = ARENA_ARRAY(arena, count, struct tie_member);
    struct tie_view tie = {.votes = lines[0].votes, .members = {members, count}};
    for (size_t i = 0; i < count; i++) {
        members[i] = (struct tie_member){lines[i].title, lines[i].option};
        tie.decides |= lines[i].selected != lines[0].selected;
    }
    return tie;
}

static void ties_fill(const struct request *rq, const struct campaign *campaign,
                      const struct result_line *lines, size_t count, struct tie_view_list *ties) {
    ties->at = ARENA_ARRAY(rq->arena, count / 2 + 1, struct tie_view);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && lines[i].tie && lines[end].tie; end++)
            if (!is_equal(campaign, &lines[i], &lines[end]))
                break;
        if (lines[i].tie && end - i > 1)
            ties->at[ties->count++] = tie_of(rq->arena, lines + i, end - i);
    }
}

/* ---- why not ---- */

static int64_t passed_by(const struct result_line *lines, size_t count,
                         const struct result_line *out) {
    int64_t passed = 0;
    for (size_t i = 0; i < count; i++)
        passed += lines[i].selected && lines[i].votes < out->votes;
    return passed;
}

static void why_not_fill(const struct request *rq, const struct result_line *lines, size_t count,
                         struct pot_result_view *pot) {
    struct why_not_view *at = ARENA_ARRAY(rq->arena, WHY_NOT_MAX, struct why_not_view);
    size_t found = 0;
    for (size_t i = 0; i < count && found < WHY_NOT_MAX; i++) {
        const struct result_line *line = &lines[i];
        const int64_t passed = line->selected ? 0 : passed_by(lines, count, line);
        if (passed == 0)
            continue;
        at[found] = (struct why_not_view){
            .number = pot->pot * 10 + (int64_t)found + 1,
            .title = line->title,
            .votes = line->votes,
            .passed = passed,
            .cost = line->cost,
            .left_before = line->left_after, /* who is out takes nothing */
            .lacks_votes = line->lacks_votes,
            .enough_votes = line->votes + line->lacks_votes,
            .lacks_money = line->lacks_money,
            .enough_cost = line->cost - line->lacks_money,
        };
        found++;
    }
    pot->why_not = (struct why_not_view_list){at, found};
}

/* ---- the telling of the count ---- */

static void turns_fill(const struct result_row_view_list *all, size_t last,
                       struct pot_result_view *pot) {
    const size_t told =
        last < all->count && all->at[last].why == result_why_no_room ? last + 1 : last;
    pot->turns = (struct result_row_view_list){all->at, told};
    pot->after = (struct result_row_view_list){all->at + told, all->count - told};
    pot->after_count = (int64_t)pot->after.count;
    pot->none_fit = pot->after.count > 0;
    for (size_t i = 0; i < pot->after.count; i++) {
        const struct result_row_view *row = &pot->after.at[i];
        pot->none_fit = pot->none_fit && row->why == result_why_no_room;
        if (row->why == result_why_no_room &&
            (pot->cheapest_after == 0 || row->cost < pot->cheapest_after))
            pot->cheapest_after = row->cost;
    }
}

static const struct result_line *most_voted(const struct result_line *lines, size_t count) {
    const struct result_line *most = &lines[0];
    for (size_t i = 1; i < count; i++)
        if (lines[i].votes > most->votes)
            most = &lines[i];
    return most;
}

void pot_result_fill(const struct request *rq, const struct campaign_whole *campaign,
                     const struct campaign_pot *pot, const struct result_line *lines, size_t count,
                     bool shows_all, struct pot_result_view *ret_pot) {
    struct result_row_view_list all = {ARENA_ARRAY(rq->arena, count + 1, struct result_row_view),
                                       count};
    *ret_pot = (struct pot_result_view){
        .pot = pot->pot,
        .title = campaign->pots.count > 1 ? pot->title : NULL,
        .sum = pot->sum,
        .left = pot->sum,
        .count = (int64_t)count,
    };
    for (size_t i = 0; i < count; i++) {
        all.at[i] = result_row_of(rq->arena, &lines[i], ret_pot->left);
        ret_pot->selected += lines[i].selected;
        if (lines[i].selected)
            ret_pot->left = lines[i].left_after;
    }
    if (count == 0)
        return;
    const struct result_line *most = most_voted(lines, count);
    const bool is_short = !shows_all && count > RESULT_ROWS_FIRST;
    ret_pot->heading =
        result_say(rq, "result.most", -1, (struct result_saying){.title = most->title});
    ret_pot->chart = chart_of(rq, campaign, lines, count, most->votes);
    ret_pot->rows = (struct result_row_view_list){all.at, is_short ? RESULT_ROWS_FIRST : count};
    if (is_short)
        ret_pot->all = url_own(arena_format(rq->arena, "/budgets/%s/result?all#tabell%lld",
                                            campaign->campaign.slug, (long long)pot->pot));
    turns_fill(&all, count_to_last(lines, count), ret_pot);
    ties_fill(rq, &campaign->campaign, lines, count, &ret_pot->ties);
    why_not_fill(rq, lines, count, ret_pot);
}
