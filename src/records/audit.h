/* Rows of the audit chain inside this room. */
#ifndef RADSLAG_RECORDS_AUDIT_H
#define RADSLAG_RECORDS_AUDIT_H

#include "records/records.h"

struct audit_act {
    const char *name, *meaning;
    bool own; /* done with one's own account: forgotten with it */
};

/* Row `number` of acts.def, or NULL past the last. */
const struct audit_act *audit_act_at(size_t number);

#define AUDIT_ROW(F, T)                                                                            \
    F(T, int, sequence, , "number in the chain")                                                   \
    F(T, slug, hash, , "SHA-256, hex")                                                             \
    F(T, time, at, , "when the act was done")
SHAPE(audit_row, AUDIT_ROW);

#define AUDIT_LINK(F, T)                                                                           \
    F(T, int, sequence, , "number in the chain")                                                   \
    F(T, time, at, , "when the act was done")                                                      \
    F(T, text, act, , "row of acts.def")                                                           \
    F(T, text, object, , "what it was done to")                                                    \
    F(T, text, payload_hash, , "hex")                                                              \
    F(T, text, hash, , "hex")                                                                      \
    F(T, text, payload, , "JSON; NULL = erased")                                                   \
    F(T, text, salt, , "hex; NULL = erased")                                                       \
    F(T, flag, kept, , "there is a row for the payload")
SHAPE(audit_link, AUDIT_LINK);

/* What a walk along a chain found. */
struct audit_walk {
    int64_t count;     /* rows read */
    int64_t erased;    /* payloads that were erased */
    int64_t first_bad; /* 0 = none */
    const char *why;   /* what does not fit there, English; NULL = nothing */
};
enum error audit_walk(struct db *db, struct arena *arena, int64_t tenant,
                      struct audit_walk *ret_walk) MUST_USE;

#endif
