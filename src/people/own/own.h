/* One's own account: its facts, the register extract, and its end. */
#ifndef RADSLAG_OWN_H
#define RADSLAG_OWN_H

#include "people/accounts.h"
#include "people/login/proofs.h"

/* The proved address becomes the account's, inside an act; `ret_taken`: somebody else has it. Other
 * sessions and all tokens end, the address before is told (K77). */
enum error email_change(struct db *db, struct request *rq, const struct proof *proof,
                        bool *ret_taken) MUST_USE;

/* Deletes an account: what every register source keeps, the account's own rows, its sessions and
 * tokens; its number stays with nothing beside it. Inside one act, which also writes the audit row
 * (without personal data). `seed`: 32 random bytes for it. */
enum error account_erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                         int64_t now, const unsigned char seed[32]) MUST_USE;

/* True while the account has a role of staff: who has one hands over before the account goes
 * (ROL-15). Asked inside the act, where nobody gives a role at the same moment. */
enum error account_has_role(struct db *db, int64_t tenant, int64_t account, int64_t now,
                            bool *ret_has) MUST_USE;

/* The whole register extract as one JSON object: a member per source. */
enum error extract_write(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                         struct buffer *into) MUST_USE;

#endif
