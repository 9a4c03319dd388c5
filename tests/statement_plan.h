/* How the engines would run a statement: whether it reads a large table from end to end, and what
 * they take its parameters for. For the test over all statements, and for the test of that test. */
#ifndef RADSLAG_TESTS_STATEMENT_PLAN_H
#define RADSLAG_TESTS_STATEMENT_PLAN_H

#include "platform/db/db.h"

/* Names from "-- small tables: a b" lines of all migrations, each with a blank on both sides; in
 * arena. */
const char *plan_small_tables(struct arena *arena);

/* SQLite: the first table outside `small` that is read from end to end, NULL when there is none;
 * in arena. An error when it cannot be prepared. */
enum error plan_scan(struct db *db, struct arena *arena, const struct statement *statement,
                     const char *small, const char **ret_table) MUST_USE;

/* PostgreSQL: a type of a parameter that is none of bigint, text and bytea, NULL when all are. A
 * parameter beside a small literal is taken for a 32-bit integer, and fails with large values only;
 * a flag compared with 0 or 1 may be one. In arena. An error when it cannot be prepared. */
enum error plan_parameter(struct db *db, struct arena *arena, const struct statement *statement,
                          const char **ret_type) MUST_USE;

#endif
