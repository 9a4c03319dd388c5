/* What the files of rounds share. */
#ifndef RADSLAG_BUDGETS_CAMPAIGNS_H
#define RADSLAG_BUDGETS_CAMPAIGNS_H

#include "budgets/budgets.h"

enum { CAMPAIGN_POTS_MAX = 20 }; /* and criteria */

/* What the stage of a round is made of, from its parts. */
struct stage_facts campaign_stage_facts(const struct campaign_whole *whole, int64_t projects_begun,
                                        int64_t projects_left);

/* Rounds that readers may know of, or with `drafts` those that staff prepares too; stages
 * included. */
enum error campaign_lines_find(struct db *db, struct arena *arena, int64_t tenant, int64_t now,
                               bool drafts, struct campaign_line_list *ret_lines) MUST_USE;

/* The page of a round, as far as page_permit, page_save and page_change_state read it. */
struct page campaign_page(const struct campaign *campaign);

/* Whether somebody may see a round as staff does, public or not: its people, those who lock rules
 * and those who record decisions. */
bool campaign_sees(const struct visitor *visitor, int64_t tenant, const struct page *page);

/* When a step is, the Swedish way: "1–31 mars", "till 14 juni" while it goes on; NULL without one.
 * In arena. */
const char *campaign_date_words(const struct request *rq, const struct campaign_date *date,
                                bool is_now);

/* The step that a stage belongs to; -1 before the ideas, CAMPAIGN_STEPS after all. */
int campaign_step_of_stage(enum campaign_stage stage);

/* Until when, or what comes next: "Öppet till 31 mars kl. 23.59."; NULL when it is not known. In
 * arena. */
const char *campaign_note(const struct request *rq, const struct campaign_line *line);

/* "Röstning" */
const char *campaign_step_name(const struct request *rq, int step);

/* news_about of the round's page. */
enum error campaign_news_about(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                               enum language language, int64_t now, const char **ret_about)
    MUST_USE;

/* Whether all but the framework decision is written: the body has something to decide about. */
bool campaign_is_prepared(const struct campaign_whole *campaign);

/* Gives secretaries the task to record the framework decision once the round is prepared, or does
 * nothing. Inside an act; asking again changes nothing. */
enum error campaign_ask_framework(struct db *db, struct request *rq, int64_t campaign) MUST_USE;

/* How many rounds were imported from a file of this name. */
enum error campaign_imported(struct db *db, int64_t tenant, const char *origin, int64_t *ret_rounds)
    MUST_USE;

/* campaign_rules_write of a paper that is at hand. */
void campaign_rules_of_paper(struct arena *arena, const struct campaign *campaign,
                             const struct poll_paper *paper, const char **ret_rules,
                             const char **ret_hash);

/* Writing parts; inside an act. */
enum error campaign_about_put(struct db *db, int64_t tenant, const struct campaign *campaign)
    MUST_USE;
enum error campaign_rules_put(struct db *db, struct arena *arena, int64_t tenant,
                              const struct campaign *campaign) MUST_USE;
enum error campaign_date_put(struct db *db, int64_t tenant, int64_t campaign,
                             const struct campaign_date *date) MUST_USE;
enum error campaign_date_remove(struct db *db, int64_t tenant, int64_t campaign,
                                enum campaign_step step) MUST_USE;
enum error campaign_late_put(struct db *db, int64_t tenant, int64_t campaign, int64_t late_until)
    MUST_USE;
enum error campaign_pot_put(struct db *db, int64_t tenant, int64_t campaign,
                            const struct campaign_pot *pot) MUST_USE;
enum error campaign_pot_remove(struct db *db, int64_t tenant, int64_t campaign, int64_t pot)
    MUST_USE;
enum error campaign_criterion_put(struct db *db, int64_t tenant, int64_t campaign,
                                  const struct campaign_criterion *criterion) MUST_USE;
enum error campaign_criterion_remove(struct db *db, int64_t tenant, int64_t campaign,
                                     int64_t criterion) MUST_USE;

#endif
