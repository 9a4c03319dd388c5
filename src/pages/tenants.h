/* All organisations, for jobs that do something in each. */
#ifndef RADSLAG_PAGES_TENANTS_H
#define RADSLAG_PAGES_TENANTS_H

#include "platform/db/db.h"
#include "platform/jobs/jobs.h"

#define TENANT_ROW(F, T) F(T, id, id, , "organisation")
SHAPE(tenant_row, TENANT_ROW);

/* Those that are not closed, at most 1,000. */
enum error tenants_all(struct db *db, struct arena *arena, struct tenant_row_list *ret_tenants)
    MUST_USE;

/* What `tenants_each` hands to the act. */
struct tenant_act {
    struct job_context *context;
    int64_t tenant;
};

/* One act for each organisation; its context is a struct tenant_act. */
enum error tenants_each(struct job_context *context,
                        enum error (*act)(void *context, struct db *db)) MUST_USE;

#endif
