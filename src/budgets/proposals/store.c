/* Reading proposals: one, lists of them, counts, what hinders locking. */
#include "budgets/proposals/proposals.h"

#include <string.h>

#include "platform/base/text.h"
#include "proposals_statements.h"

enum { KEYS_MAX = 2000, COUNTS_MAX = 500, EVENTS_MAX = 200, VERDICTS_MAX = 50 };

enum error proposal_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                         struct proposal *ret_proposal) {
    return db_one(db, arena, &sql_proposal_by_page,
                  WITH(BIND_INT("tenant", tenant), BIND_INT("page", page)), &proposal_shape,
                  ret_proposal);
}

enum error proposal_by_slug(struct db *db, struct arena *arena, int64_t tenant, const char *slug,
                            struct proposal *ret_proposal) {
    int64_t page = 0;
    TRY(db_integer(db, &sql_proposal_page_by_slug,
                   WITH(BIND_INT("tenant", tenant), BIND_TEXT("slug", slug)), &page));
    return proposal_find(db, arena, tenant, page, ret_proposal);
}

enum error proposal_contact_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                                 struct proposal_contact *ret_contact) {
    return db_one(db, arena, &sql_proposal_contact_by_page,
                  WITH(BIND_INT("tenant", tenant), BIND_INT("page", page)), &proposal_contact_shape,
                  ret_contact);
}

enum error proposal_events_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                                bool everything, struct event_row_list *ret_events) {
    return db_many(db, arena, &sql_proposal_events_by_page,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("page", page),
                        BIND_INT("everything", everything)),
                   EVENTS_MAX, &event_row_shape, ret_events);
}

enum error proposal_verdicts_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                                  struct verdict_row_list *ret_verdicts) {
    return db_many(db, arena, &sql_proposal_verdicts_by_page,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("page", page)), VERDICTS_MAX,
                   &verdict_row_shape, ret_verdicts);
}

/* ---- lists ---- */

#define KEY_ROW(F, T) F(T, id, page, , "of a proposal")
SHAPE(key_row, KEY_ROW);

/* "åvik" with the signs of LIKE made plain, between `before` and a %; "" when there is nothing. */
static const char *pattern_of(struct arena *arena, const char *before, const char *text) {
    if (text == NULL || text[0] == '\0')
        return "";
    struct buffer pattern = buffer_in(arena, 4096);
    buffer_text(&pattern, before);
    for (; *text != '\0'; text++) {
        if (strchr("%_\\", *text) != NULL)
            buffer_text(&pattern, "\\");
        buffer_add(&pattern, text, 1);
    }
    buffer_text(&pattern, "%");
    return buffer_string(&pattern);
}

static enum error keys_find(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                            const struct proposal_choice *choice, struct key_row_list *ret_keys) {
    const char *folded = choice->search == NULL ? NULL : text_fold(arena, choice->search);
    return db_many(
        db, arena, &sql_proposal_keys,
        WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign),
             BIND_INT("pot", choice->pot), BIND_TEXT("place", pattern_of(arena, "", choice->place)),
             BIND_TEXT("words", pattern_of(arena, "%", folded)),
             BIND_TEXT("standing", choice_code(&proposal_standing_choices, (int)choice->standing)),
             BIND_INT("newest", choice->order == proposal_order_newest)),
        KEYS_MAX, &key_row_shape, ret_keys);
}

/* The lines of some pages, in the order of the pages. */
static enum error lines_find(struct db *db, struct arena *arena, int64_t tenant,
                             const int64_t pages[PROPOSALS_LISTED], size_t count,
                             struct proposal_line_list *ret_lines) {
    struct bind binds[PROPOSALS_LISTED + 2] = {BIND_INT("tenant", tenant)};
    struct proposal_line_list rows = {0};
    for (size_t i = 0; i < PROPOSALS_LISTED; i++)
        binds[i + 1] = BIND_INT(arena_format(arena, "p%zu", i), i < count ? pages[i] : 0);
    TRY(db_many(db, arena, &sql_proposal_lines, binds, PROPOSALS_LISTED, &proposal_line_shape,
                &rows));
    struct proposal_line *at = ARENA_ARRAY(arena, count + 1, struct proposal_line);
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < rows.count; j++)
            if (rows.at[j].page == pages[i])
                at[found++] = rows.at[j];
    *ret_lines = (struct proposal_line_list){at, found};
    return ERR_OK;
}

/* The order drawn is of the round, so that its pages agree with each other. */
static const size_t *order_drawn(struct arena *arena, int64_t campaign, size_t count,
                                 const struct proposal_choice *choice) {
    if (choice->order != proposal_order_drawn || count == 0)
        return NULL;
    return option_order(arena, count, arena_format(arena, "%lld", (long long)campaign),
                        choice->shuffle);
}

enum error proposals_choose(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                            const struct proposal_choice *choice,
                            struct proposal_line_list *ret_proposals, int64_t *ret_total) {
    struct key_row_list keys = {0};
    struct proposal_line_list lines = {0};
    int64_t pages[PROPOSALS_LISTED] = {0};
    size_t count = 0;
    TRY(keys_find(db, arena, tenant, campaign, choice, &keys));
    const size_t *order = order_drawn(arena, campaign, keys.count, choice);
    for (size_t i = choice->from;
         i < keys.count && count < choice->count && count < PROPOSALS_LISTED; i++)
        pages[count++] = keys.at[order == NULL ? i : order[i]].page;
    if (count > 0)
        TRY(lines_find(db, arena, tenant, pages, count, &lines));
    *ret_proposals = lines;
    *ret_total = (int64_t)keys.count;
    return ERR_OK;
}

enum error proposals_find(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                          const struct proposal_filter *filter,
                          struct proposal_line_list *ret_proposals, int64_t *ret_total) {
    const struct proposal_choice choice = {
        .pot = filter->pot,
        .standing = filter->part == proposal_part_standing ? proposal_standing_standing
                                                           : proposal_standing_ended,
        .search = filter->search,
        .order = (enum proposal_order)filter->order,
        .shuffle = (int)(filter->seed % SHUFFLES),
        .from = filter->offset,
        .count = filter->limit,
    };
    return proposals_choose(db, arena, tenant, campaign, &choice, ret_proposals, ret_total);
}

enum error proposals_tally(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                           struct proposal_tally_list *ret_tallies) {
    return db_many(db, arena, &sql_proposals_tally,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign)), COUNTS_MAX,
                   &proposal_tally_shape, ret_tallies);
}

enum error proposal_counts_find(struct db *db, struct arena *arena, int64_t tenant,
                                int64_t campaign, struct proposal_count_list *ret_counts) {
    struct proposal_tally_list tallies = {0};
    TRY(proposals_tally(db, arena, tenant, campaign, &tallies));
    struct proposal_count *at = ARENA_ARRAY(arena, tallies.count + 1, struct proposal_count);
    size_t count = 0;
    for (size_t i = 0; i < tallies.count; i++) { /* rows come by pot */
        const struct proposal_tally *tally = &tallies.at[i];
        if (count == 0 || at[count - 1].pot != tally->pot)
            at[count++] = (struct proposal_count){.pot = tally->pot};
        struct proposal_count *of = &at[count - 1];
        const enum proposal_state state = (enum proposal_state)tally->state;
        of->standing += proposal_stands(proposal_standing_standing, state) ? tally->count : 0;
        of->not_admitted += proposal_stands(proposal_standing_ended, state) ? tally->count : 0;
        of->admitted += proposal_stands(proposal_standing_admitted, state) ? tally->count : 0;
    }
    *ret_counts = (struct proposal_count_list){at, count};
    return ERR_OK;
}

enum error proposals_admitted(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                              struct proposal_line_list *ret_proposals) {
    return db_many(db, arena, &sql_proposals_admitted,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign)),
                   POLL_OPTIONS_MAX, &proposal_line_shape, ret_proposals);
}

enum error proposals_missing_find(struct db *db, struct arena *arena, int64_t tenant,
                                  int64_t campaign, struct proposals_missing *ret_missing) {
    return db_one(db, arena, &sql_proposals_missing,
                  WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign)),
                  &proposals_missing_shape, ret_missing);
}

/* ---- who may ---- */

bool proposal_assesses(const struct request *rq) {
    const enum permission permission = may(rq->visitor, RIGHT_assess, NULL);
    return permission == PERMISSION_OWN || permission == PERMISSION_DOES;
}

bool proposal_sees_all(const struct request *rq) {
    return may(rq->visitor, RIGHT_assess, NULL) >= PERMISSION_SEES;
}

bool proposal_enters(const struct request *rq) {
    return may(rq->visitor, RIGHT_enter_paper, NULL) == PERMISSION_DOES;
}

enum error proposal_admit(const struct request *rq, const struct proposal *proposal) {
    return proposal->page_state == page_state_published || proposal_sees_all(rq) ? ERR_OK
                                                                                 : ERR_NOT_FOUND;
}

bool campaign_is_locked(const struct campaign_whole *campaign) {
    return campaign->poll.id != 0 && campaign->poll.state != poll_state_draft;
}
