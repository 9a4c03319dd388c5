/* What the files of results share. */
#ifndef RADSLAG_BUDGETS_RESULTS_H
#define RADSLAG_BUDGETS_RESULTS_H

#include "budgets/budgets.h"
#include "budgets/results/counting.h"
#include "budgets/results/rules.h"

/* ---- a count as it stands ---- */

#define RESULT_HEAD(F, T)                                                                          \
    F(T, int, version, , "1, 2, 3 … in the round")                                                 \
    F(T, choice, state, result_state, "see there")                                                 \
    F(T, slug, document_hash, , "SHA-256 of the document, hex")                                    \
    F(T, id, decision, , "none = not decided")                                                     \
    F(T, text, departure, , "why the body departed from the vote")                                 \
    F(T, id, counted_by, , "account")                                                              \
    F(T, text, counted_name, , "of it; none when deleted")                                         \
    F(T, time, counted_at, , "when")                                                               \
    F(T, id, attested_by, , "account")                                                             \
    F(T, text, attested_name, , "of it")                                                           \
    F(T, time, attested_at, , "when; none = not attested")                                         \
    F(T, time, publish_at, , "the set minute; none = not set")
SHAPE(result_head, RESULT_HEAD);

/* A row as the result page lists it. */
#define RESULT_LINE(F, T)                                                                          \
    RESULT_ROW(F, T)                                                                               \
    F(T, flag, decided, , "gets money by the body's decision; before it, by the vote")             \
    F(T, flag, has_decided, , "the body's word on it has been entered")                            \
    F(T, slug, slug, , "of the proposal's page")                                                   \
    F(T, flag, has_project, , "it is carried out")                                                 \
    F(T, choice, project_state, project_state, "meaningless unless has_project")
SHAPE(result_line, RESULT_LINE);

enum { RESULT_LINES_MAX = 20000 };

/* The latest count; ERR_NOT_FOUND before the first. */
enum error result_latest(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                         struct result_head *ret_head) MUST_USE;
/* The latest that readers may see at `now`; ERR_NOT_FOUND before that. */
enum error result_public(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                         int64_t now, struct result_head *ret_head) MUST_USE;
/* Each pot in the order of the count. */
enum error result_lines_find(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                             int64_t version, struct result_line_list *ret_lines) MUST_USE;
/* The document whose digest is the fingerprint: exactly its bytes. */
enum error result_document_find(struct db *db, struct arena *arena, int64_t tenant,
                                int64_t campaign, int64_t version, const char **ret_document)
    MUST_USE;

/* ---- counting (counting.c) ---- */

/* Counts the sealed poll of a round, from a reader. ERR_CONFLICT unless it is sealed (PB-20). The
 * arena follows the number of different ballots; its recovery point must be set. */
enum error result_count_run(struct db *db, struct arena *arena, int64_t tenant,
                            const struct campaign_whole *campaign,
                            struct result_counted *ret_counted) MUST_USE;

/* The same in an arena of its own; what is counted is copied into the request's. */
static const size_t RESULT_COUNT_BYTES = (size_t)1 << 30; /* every ballot of a large city */
enum error result_count_apart(struct db *db, struct request *rq,
                              const struct campaign_whole *campaign,
                              struct result_counted *ret_counted) MUST_USE;

/* ---- what staff does (acts.c), each inside an act, with its audit row ---- */

/* Writes a count as the version after `before`; earlier ones are replaced. ERR_CONFLICT when
 * somebody else has counted meanwhile, or the body has decided. */
enum error result_write(struct db *db, struct request *rq, const struct campaign_whole *campaign,
                        int64_t before, const struct result_counted *counted) MUST_USE;

/* Writes the count of an imported round, public from the start: nobody attests it here. Inside an
 * act or import. */
enum error result_import(struct db *db, int64_t tenant, int64_t campaign, int64_t now,
                         const struct result_counted *counted) MUST_USE;

/* The first person asks, with the minute of publishing. */
enum error result_attest_ask(struct db *db, struct request *rq,
                             const struct campaign_whole *campaign, const struct result_head *head,
                             int64_t publish_at) MUST_USE;

/* The second person attests: public from its minute on, or at once when that has passed. */
enum error result_attest(struct db *db, struct request *rq, const struct campaign_whole *campaign,
                         const struct result_head *head) MUST_USE;

/* What the body says of each row: the opposite of the vote for these options, with the reason
 * (PB-18); none of them = it follows the vote. Before the decision is recorded. */
enum error result_decision_prepare(struct db *db, struct request *rq,
                                   const struct campaign_whole *campaign,
                                   const struct result_head *head, const struct id_list *options,
                                   const char *reason) MUST_USE;

/* The request that waits for the second person; NULL when none does. */
enum error result_asked(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                        const struct poll_request **ret_request) MUST_USE;

/* What the rules of permission need to know of a count. */
struct result_facts result_facts_of(const struct result_head *head,
                                    const struct poll_request *asked);

/* Whether the visitor sees counts that are not public: those who lock and attest. PB-9, PB-12. */
bool result_sees_all(const struct request *rq);

/* "/budgets/:slug/PART"; in arena. */
const char *result_part(struct arena *arena, const struct campaign *campaign, const char *part);

#endif
