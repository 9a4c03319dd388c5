/* Records: the audit chain. Each official act is a row with the hash of the one before (QUA-7).
 *
 * chain.h says exactly what is hashed. The payload (who, reason, before and after) stands in a
 * table of its own and can be erased without breaking the chain; then its salt goes too, so that
 * nothing can be guessed back. The head is published at /audit: whoever has noted an older one can
 * see that nothing before it was changed. */
#ifndef RADSLAG_RECORDS_H
#define RADSLAG_RECORDS_H

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/text.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

struct audit_entry {
    const char *act;    /* "page.publish": a row of records/acts.def */
    int64_t account;    /* who; 0 = the system or the command line */
    const char *object; /* "page:12", "account:7": one line, nothing personal: it is never erased */
    const char *reason; /* NULL where none is asked */
    const char *detail; /* JSON object or NULL; never secrets, choices or sensitive data */
};

/* Appends inside an act. Randomness comes from rq->seed, so that a rerun writes the same. Holds the
 * organisation's chain until the transaction ends: let it be the last statement of an act.
 * ERR_FAULT when the act is not in acts.def. */
enum error audit_append(struct db *db, struct request *rq, const struct audit_entry *entry)
    MUST_USE;

/* The same outside a request (jobs, command line): `seed` of 32 random bytes, drawn before the act.
 */
enum error audit_append_system(struct db *db, struct arena *arena, int64_t tenant, int64_t now,
                               const unsigned char seed[32], const struct audit_entry *entry)
    MUST_USE;

/* Erases what the log tells of a person whose account is deleted: payloads of what they did with
 * their account (OWN_ACT), and of what was done to "account:ID". What they did as officials stays,
 * under a number that no longer has a name. The chain stays whole. Inside an act. */
enum error audit_erase_account(struct db *db, struct arena *arena, int64_t tenant, int64_t account)
    MUST_USE;

/* The end of a chain: sequence 0 and 64 zeros when nothing was written yet. */
struct audit_head {
    int64_t sequence;
    const char *hash; /* hex */
    int64_t at;       /* INSTANT_NONE when empty */
};
enum error audit_head_read(struct db *db, struct arena *arena, int64_t tenant,
                           struct audit_head *ret_head) MUST_USE;

/* One act of the chain, as a head that was published once; ERR_NOT_FOUND. */
enum error audit_head_at(struct db *db, struct arena *arena, int64_t tenant, int64_t sequence,
                         struct audit_head *ret_head) MUST_USE;

/* Walks the chain. ERR_OK with ret_first_bad = 0 when whole; otherwise the first sequence number
 * that does not fit: a row that was changed or is missing, a payload that was changed or whose row
 * is missing, a head that is not the last row. ret_count counts the rows that were read. */
enum error audit_verify(struct db *db, struct arena *arena, int64_t tenant, int64_t *ret_count,
                        int64_t *ret_first_bad) MUST_USE;

/* True when the chain still holds a head that was published earlier: a chain cut short or written
 * anew is whole in itself, but does not. */
enum error audit_holds(struct db *db, struct arena *arena, int64_t tenant, int64_t sequence,
                       const char *hash, bool *ret_holds) MUST_USE;

/* Checks one organisation for `radslag check`: writes a line per finding to `into` (English), and
 * one that says what was read. ERR_CONFLICT when something does not fit. */
enum error records_check(struct db *db, struct arena *arena, int64_t tenant, struct buffer *into)
    MUST_USE;

extern const struct route records_routes[];

#endif
