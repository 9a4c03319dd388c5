#include "budgets/projects/projects.h"
#include "projects_statements.h"

_Static_assert((int)project_state_decided == PROJECT_DECIDED &&
                   (int)project_state_ongoing == PROJECT_ONGOING &&
                   (int)project_state_delayed == PROJECT_DELAYED &&
                   (int)project_state_done == PROJECT_DONE &&
                   (int)project_state_opened == PROJECT_OPENED &&
                   (int)project_state_dropped == PROJECT_DROPPED,
               "the rules know the states by their order");

enum error project_begin(struct db *db, struct request *rq, int64_t campaign, int64_t page) {
    return db_exec(db, &sql_project_begin,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", page),
                        BIND_INT("campaign", campaign)),
                   NULL);
}

enum error project_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                        struct project_row *ret_project) {
    return db_one(db, arena, &sql_project_by_page,
                  WITH(BIND_INT("tenant", tenant), BIND_INT("page", page)), &project_row_shape,
                  ret_project);
}

enum error project_brief_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                              struct project_brief *ret_brief) {
    return db_one(db, arena, &sql_project_brief,
                  WITH(BIND_INT("tenant", tenant), BIND_INT("page", page)), &project_brief_shape,
                  ret_brief);
}

enum error projects_find(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                         struct project_row_list *ret_projects) {
    return db_many(db, arena, &sql_projects_of_campaign,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign)), PROJECTS_MAX,
                   &project_row_shape, ret_projects);
}

enum error project_news_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                             struct project_news_row_list *ret_news) {
    return db_many(db, arena, &sql_project_news_of_page,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("page", page)), PROJECT_NEWS_MAX,
                   &project_news_row_shape, ret_news);
}

bool project_leads(const struct request *rq) {
    return may(rq->visitor, RIGHT_lock_and_attest, NULL) == PERMISSION_DOES;
}
