#include "budgets/budgets.h"
#include "results_statements.h"

enum error result_of_proposal(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                              struct result_row *ret_row) {
    struct result_row_list rows = {0};
    TRY(db_many(db, arena, &sql_result_row_by_page,
                WITH(BIND_INT("tenant", tenant), BIND_INT("page", page)), 1, &result_row_shape,
                &rows));
    if (rows.count == 0)
        return ERR_NOT_FOUND;
    *ret_row = rows.at[0];
    return ERR_OK;
}
