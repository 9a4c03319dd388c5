/* The log as staff read it: rows of the chain with who and why. */
#ifndef RADSLAG_RECORDS_LOG_H
#define RADSLAG_RECORDS_LOG_H

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/db/db.h"
#include "platform/view/words.h"
#include "records/views.h"

#define LOG_ROW(F, T)                                                                              \
    F(T, int, sequence, , "number in the chain")                                                   \
    F(T, time, at, , "when")                                                                       \
    F(T, text, act, , "row of acts.def")                                                           \
    F(T, text, object, , "what it was done to")                                                    \
    F(T, id, account, , "who; 0 = the system, or erased")                                          \
    F(T, text, payload, , "JSON; NULL = erased")                                                   \
    F(T, slug, hash, , "SHA-256 as hex")
SHAPE(log_row, LOG_ROW);

/* Which rows: those before a number (INT64_MAX = all), of one account (0 = all). */
struct log_part {
    int64_t tenant, before, account;
    size_t limit;
};

/* Newest first. */
enum error log_read(struct db *db, struct arena *arena, const struct log_part *part,
                    struct log_row_list *ret_rows) MUST_USE;

/* Writes them as CSV (RFC 4180, UTF-8) to a new temporary file; the caller removes it. */
enum error log_export(struct db *db, struct arena *arena, const struct log_part *part,
                      const char **ret_path) MUST_USE;

#endif
