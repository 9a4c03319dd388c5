/* What the files that fill the demonstration share. */
#ifndef RADSLAG_DEMO_FILL_H
#define RADSLAG_DEMO_FILL_H

#include "people/people.h"
#include "platform/base/arena.h"
#include "platform/base/instant.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

struct fill {
    struct arena *arena;
    struct db *db;
    struct request rq; /* as if the system, or one of the people, asked */
    int64_t now;
    struct rounds *rounds; /* what rounds_fill made */
};

/* A quarter past nine in Sweden, `days` days from today; negative = ago. */
int64_t fill_day(const struct fill *fill, int days);

/* The account of an address that people.csv has. */
enum error fill_account(struct fill *fill, const char *email, int64_t *ret_account) MUST_USE;

/* From now on it is as if this account asked, at this instant; 0 = nobody. */
void fill_as(struct fill *fill, int64_t account, int64_t at);

/* The same, with a role and its second factor. */
void fill_as_staff(struct fill *fill, int64_t account, enum role role, int64_t at);

/* Rounds of data/campaigns.csv with proposals and votes; inside an act (rounds.c). */
enum error rounds_fill(struct fill *fill) MUST_USE;

/* Seals the polls of those that are over, then counts, decides and carries out; outside an act. */
enum error rounds_end(struct fill *fill, struct store *store) MUST_USE;

#endif
