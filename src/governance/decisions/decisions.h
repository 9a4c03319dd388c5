/* Decisions: what a body decided about a page, as recorded from its minutes (PB-18). */
#ifndef RADSLAG_GOVERNANCE_DECISIONS_H
#define RADSLAG_GOVERNANCE_DECISIONS_H

#include "governance/decisions/rules.h"
#include "platform/http/http.h"

/* Records it, with audit row; inside an act. The visitor's right record_decision is the route's to
 * ask. */
enum error decision_add(struct db *db, struct request *rq, const struct decision *decision,
                        int64_t *ret_id) MUST_USE;

/* A posting day that came later; inside an act. */
enum error decision_post(struct db *db, struct request *rq, int64_t id, int64_t posted_on) MUST_USE;

/* By its number. ERR_NOT_FOUND. */
enum error decision_by_id(struct db *db, struct arena *arena, int64_t tenant, int64_t id,
                          struct decision *ret_decision) MUST_USE;

/* Where it is read. In arena. */
struct url decision_address(struct arena *arena, int64_t id);

/* The latest that stands of this kind for a page. ERR_NOT_FOUND. */
enum error decision_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                         enum decision_kind kind, struct decision *ret_decision) MUST_USE;

/* All of a page, newest first. */
enum error decisions_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                          struct decision_list *ret_decisions) MUST_USE;

/* GET and POST /pages/:id/decisions/new for secretaries; GET /decisions/:id. What a capability
 * wants done when a decision of its page is recorded (a round goes on) hangs here: main's table. */
struct decision_follower {
    const char *page_kind; /* "budget" */
    enum error (*recorded)(struct db *db, struct request *rq, const struct decision *decision);
};
extern const struct decision_follower *const decision_followers[]; /* ended by NULL */

extern const struct route decision_routes[];

#endif
