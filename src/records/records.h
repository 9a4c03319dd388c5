/* Records: the audit chain. Each official act is a row with the hash of the one before (QUA-7).
 *
 * hash = SHA-256(previous hash ‖ sequence ‖ instant ‖ act ‖ object ‖ hash of payload), where the
 * payload's hash is SHA-256(salt ‖ payload). The payload (who, reason, before and after) stands in a
 * table of its own and can be erased without breaking the chain; then its salt goes too, so that
 * nothing can be guessed back. The head is published at /audit. */
#ifndef RADSLAG_RECORDS_H
#define RADSLAG_RECORDS_H

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

struct audit_entry {
    const char *act;      /* "page.publish": a row of records/acts.def */
    int64_t account;      /* who; 0 = the system or the command line */
    const char *object;   /* "page:12" */
    const char *reason;   /* NULL where none is asked */
    const char *detail;   /* JSON object or NULL; never secrets, choices or sensitive data */
};

/* Appends inside an act. Randomness comes from rq->seed, so that a rerun writes the same. */
enum error audit_append(struct db *db, struct request *rq, const struct audit_entry *entry) MUST_USE;

/* The same outside a request (jobs, command line): `seed` of 32 bytes. */
enum error audit_append_system(struct db *db, struct arena *arena, int64_t tenant, int64_t now,
                               const unsigned char seed[32],
                               const struct audit_entry *entry) MUST_USE;

/* Erases a payload that holds personal data (deletion of an account); the chain stays whole. */
enum error audit_erase_account(struct db *db, struct arena *arena, int64_t tenant,
                               int64_t account) MUST_USE;

/* Walks the chain. ERR_OK with ret_first_bad = 0 when whole; otherwise the first sequence number that
 * does not fit. */
enum error audit_verify(struct db *db, struct arena *arena, int64_t tenant, int64_t *ret_count,
                        int64_t *ret_first_bad) MUST_USE;

extern const struct route records_routes[];

#endif
