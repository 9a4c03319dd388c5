/* What an organisation lacks, for tests that do not link the room that decides it: the officer's
 * address and the accepted statement. */
#include "pages/tests/site.h"

enum error organisation_missing(struct db *db, struct arena *arena, int64_t tenant,
                                unsigned *ret_missing) {
    struct organisation organisation = {0};
    TRY(organisation_find(db, arena, tenant, &organisation));
    *ret_missing = organisation.dpo == NULL ? MISSING_DPO : 0;
    return ERR_OK;
}
