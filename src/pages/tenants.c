#include "pages/tenants.h"

#include "pages_statements.h"

enum { TENANTS_MAX = 1000 };

enum error tenants_all(struct db *db, struct arena *arena, struct tenant_row_list *ret_tenants) {
    return db_many(db, arena, &sql_tenants_all, WITH_NOTHING, TENANTS_MAX, &tenant_row_shape,
                   ret_tenants);
}

enum error tenants_each(struct job_context *context,
                        enum error (*act)(void *context, struct db *db)) {
    struct tenant_row_list tenants = {0};
    TRY(tenants_all(context->db, context->arena, &tenants));
    for (size_t i = 0; i < tenants.count; i++) {
        struct tenant_act one = {context, tenants.at[i].id};
        TRY(store_act(context->store, act, &one));
    }
    return ERR_OK;
}
