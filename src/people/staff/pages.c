/* /people: who works here and with which roles; one person; changing roles. */
#include "people/accounts.h"
#include "people/invitations/invitations.h"
#include "people/second_factor/second_factor.h"
#include "people/staff/members.h"
#include "platform/base/instant.h"
#include "staff_statements.h"

enum { PEOPLE_A_PAGE = 50, MOST_FOUND = 200, MOST_INVITATIONS = 50 };

/* Leaves the rows of the page that is shown. */
static void page_cut(struct people_page *page, int64_t most) {
    const int64_t pages = (page->count + most - 1) / most;
    if (page->page < 1 || page->page > pages)
        page->page = 1;
    page->next_page = page->page < pages ? page->page + 1 : 0;
    page->previous_page = page->page - 1;
    page->staff.at += (page->page - 1) * most;
    page->staff.count -= (size_t)((page->page - 1) * most);
    if (page->staff.count > (size_t)most)
        page->staff.count = (size_t)most;
}

/* GET /people?q=…&page=… — staff by name, with invitations that wait. What fits a
 * search stands on one page. */
static enum error people_show(struct request *rq, struct reply *rp) {
    struct staff_row_list rows;
    struct people_page page = {.q = query_text(rq, "q"), .page = query_int(rq, "page", 1)};
    TRY(db_many(rq->db, rq->arena, &sql_staff_roles_all, WITH(BIND_INT("tenant", rq->tenant)),
                MOST_STAFF_ROWS, &staff_row_shape, &rows));
    page.staff = staff_members(rq->arena, rq->language, &rows);
    staff_members_search(rq->arena, page.q, &page.staff);
    page.count = (int64_t)page.staff.count;
    page_cut(&page, page.q == NULL || *page.q == '\0' ? PEOPLE_A_PAGE : MOST_FOUND);
    TRY(invitations_open(rq->db, rq, MOST_INVITATIONS, &page.invitations));
    return reply_view(rq, rp, &page);
}

/* ---- one person ---- */

static enum error person_page_fill(struct request *rq, struct person_page *ret_page) {
    struct staff_row_list rows;
    const int64_t account = path_id(rq, "id");
    TRY(staff_of(rq->db, rq->arena, rq->tenant, account, &rows));
    const struct staff_member_list members = staff_members(rq->arena, rq->language, &rows);
    *ret_page = (struct person_page){
        .person = &members.at[0],
        .is_self = account == rq->visitor->account,
        .is_operator = (staff_roles_of(&rows) & role_bit(ROLE_operator)) != 0,
    };
    return ERR_OK;
}

/* GET /people/:id */
static enum error person_show(struct request *rq, struct reply *rp) {
    struct person_page page;
    TRY(person_page_fill(rq, &page));
    return reply_view(rq, rp, &page);
}

/* GET /people/:id/roles */
static enum error roles_show(struct request *rq, struct reply *rp) {
    struct person_page page;
    TRY(person_page_fill(rq, &page));
    struct roles_form *values = ARENA_NEW(rq->arena, struct roles_form);
    for (size_t i = 0; i < page.person->roles.count; i++)
        values->roles |= staff_picks_from_roles(roles_from_codes(page.person->roles.at[i].code));
    rq->values = values;
    return reply_view(rq, rp, &page);
}

/* Where a change leads; a refusal goes back to its form. */
static enum error changed(struct request *rq, const struct form *form, enum roles_verdict verdict,
                          const char *flash) {
    if (verdict != ROLES_ALLOWED && verdict != ROLES_UNCHANGED) {
        form_refuse(rq->arena, &rq->errors, form, NULL, roles_verdict_word(verdict));
        return ERR_INVALID;
    }
    rq->outcome =
        (struct outcome){200, arena_format(rq->arena, "/people/%lld", (long long)path_id(rq, "id")),
                         verdict == ROLES_UNCHANGED ? roles_verdict_word(verdict) : flash};
    return ERR_OK;
}

/* POST /people/:id/roles — exactly these staff roles from now on. */
static enum error roles_save(struct request *rq, struct db *db) {
    const struct roles_form *form = rq->form;
    const int64_t account = path_id(rq, "id");
    struct account found;
    enum roles_verdict verdict;
    TRY(account_find(db, rq->arena, rq->tenant, account, &found));
    TRY(staff_change(db, rq, account, staff_roles_from_picks(form->roles), form->reason, &verdict));
    TRY(changed(rq, &roles_form_form, verdict, "staff.roles_saved"));
    if (form->roles == 0)
        rq->outcome.address = "/people";
    return ERR_OK;
}

/* GET /people/:id/end — the person's roles to choose among. */
static enum error role_end_show(struct request *rq, struct reply *rp) {
    struct person_page page;
    TRY(person_page_fill(rq, &page));
    const struct staff_role_view_list *roles = &page.person->roles;
    struct option_view *options = ARENA_ARRAY(rq->arena, roles->count, struct option_view);
    struct form_options *list = ARENA_NEW(rq->arena, struct form_options);
    *list = (struct form_options){"role", options, 0, NULL};
    for (size_t i = 0; i < roles->count; i++)
        if (role_find(roles->at[i].code) != ROLE_operator)
            options[list->count++] =
                (struct option_view){.code = roles->at[i].code, .label = roles->at[i].name};
    rq->options = list;
    return reply_view(rq, rp, &page);
}

static enum error role_end_prepare(struct request *rq) {
    const struct role_end_form *form = rq->form;
    const int role = role_find(form->role);
    struct staff_row_list rows;
    TRY(staff_of(rq->db, rq->arena, rq->tenant, path_id(rq, "id"), &rows));
    if (role < 0 || role == ROLE_operator ||
        (staff_roles_of(&rows) & role_bit((unsigned)role)) == 0)
        form_refuse(rq->arena, &rq->errors, &role_end_form_form, "role", "field.choose");
    if (form->last_day != INSTANT_NONE && instant_day_start(form->last_day, 1) <= rq->now)
        form_refuse(rq->arena, &rq->errors, &role_end_form_form, "last_day", "staff.day_is_past");
    return rq->errors.count > 0 ? ERR_INVALID : ERR_OK;
}

/* POST /people/:id/end — a role ends with a day, or no longer does. */
static enum error role_end_save(struct request *rq, struct db *db) {
    const struct role_end_form *form = rq->form;
    const int64_t ends_at =
        form->last_day == INSTANT_NONE ? INSTANT_NONE : instant_day_start(form->last_day, 1);
    enum roles_verdict verdict;
    TRY(staff_set_end(db, rq, path_id(rq, "id"), (enum role)role_find(form->role), ends_at,
                      form->reason, &verdict));
    return changed(rq, &role_end_form_form, verdict, "staff.end_saved");
}

/* POST /people/:id/remove — no staff role is left; the account stays as a participant's. */
static enum error staff_remove(struct request *rq, struct db *db) {
    const struct staff_remove_form *form = rq->form;
    const int64_t account = path_id(rq, "id");
    struct staff_row_list rows;
    enum roles_verdict verdict;
    TRY(staff_of(db, rq->arena, rq->tenant, account, &rows));
    TRY(staff_change(db, rq, account, 0, form->reason, &verdict));
    TRY(changed(rq, &staff_remove_form_form, verdict, "staff.removed"));
    rq->outcome.address = "/people";
    return ERR_OK;
}

/* ---- the second factor of somebody who lost telephone and recovery codes ---- */

static enum error factor_page_fill(struct request *rq, struct db *db,
                                   struct factor_page *ret_page) {
    const int64_t account = path_id(rq, "id");
    struct staff_row_list rows;
    struct second_factor_row row;
    TRY(staff_of(db, rq->arena, rq->tenant, account, &rows));
    const enum error error = second_factor_find(db, rq->arena, rq->tenant, account, &row);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    struct factor_page page = {
        .person = &staff_members(rq->arena, rq->language, &rows).at[0],
        .is_self = account == rq->visitor->account,
        .is_operator = (staff_roles_of(&rows) & role_bit(ROLE_operator)) != 0,
        .is_set_up = error == ERR_OK,
    };
    page.may_reset = page.is_set_up && !page.is_self && !page.is_operator;
    *ret_page = page;
    return ERR_OK;
}

/* GET /people/:id/second-factor */
static enum error factor_show(struct request *rq, struct reply *rp) {
    struct factor_page page;
    TRY(factor_page_fill(rq, rq->db, &page));
    return reply_view(rq, rp, &page);
}

/* POST /people/:id/second-factor — never one's own, which would be a way around proving it; never
 * the operator's, who sees more than this organisation. */
static enum error factor_reset(struct request *rq, struct db *db) {
    const struct factor_reset_form *form = rq->form;
    const long long account = (long long)path_id(rq, "id");
    struct factor_page page;
    TRY(factor_page_fill(rq, db, &page));
    if (!page.may_reset) {
        form_refuse(rq->arena, &rq->errors, &factor_reset_form_form, NULL,
                    page.is_self       ? "staff.factor.self"
                    : page.is_operator ? "staff.factor.operator"
                                       : "staff.factor.none");
        return ERR_INVALID;
    }
    rq->outcome = (struct outcome){200, arena_format(rq->arena, "/people/%lld", account),
                                   "staff.factor.done"};
    return second_factor_reset(db, rq, account, form->reason);
}

const struct route staff_routes[] = {
    ROUTE_GET("/people", people_show, .right = RIGHT_administer, .view = &people_page_shape,
              .template = "people/staff/people",
              .doc = "Staff with roles, by name, and invitations that wait."),
    ROUTE_GET("/people/:id", person_show, .right = RIGHT_administer, .view = &person_page_shape,
              .template = "people/staff/person", .doc = "One of staff, with roles."),
    ROUTE_GET("/people/:id/roles", roles_show, .right = RIGHT_administer,
              .view = &person_page_shape, .form = &roles_form_form,
              .template = "people/staff/roles", .doc = "The roles of one person, to change them."),
    ROUTE_POST("/people/:id/roles", roles_save, .right = RIGHT_administer, .form = &roles_form_form,
               .doc = "Gives the person exactly these staff roles."),
    ROUTE_GET("/people/:id/end", role_end_show, .right = RIGHT_administer,
              .view = &person_page_shape, .form = &role_end_form_form,
              .template = "people/staff/end", .doc = "Asks for the last day with a role."),
    ROUTE_POST("/people/:id/end", role_end_save, .right = RIGHT_administer,
               .form = &role_end_form_form, .prepare = role_end_prepare,
               .doc = "Sets or lifts the last day with a role."),
    ROUTE_GET("/people/:id/remove", person_show, .right = RIGHT_administer,
              .view = &person_page_shape, .form = &staff_remove_form_form,
              .template = "people/staff/remove", .doc = "Asks why the person leaves."),
    ROUTE_POST("/people/:id/remove", staff_remove, .right = RIGHT_administer,
               .form = &staff_remove_form_form, .doc = "Takes all staff roles from the person."),
    ROUTE_GET("/people/:id/second-factor", factor_show, .right = RIGHT_administer,
              .view = &factor_page_shape, .form = &factor_reset_form_form,
              .template = "people/staff/factor",
              .doc = "Asks why the second factor of the person is to be reset."),
    ROUTE_POST("/people/:id/second-factor", factor_reset, .right = RIGHT_administer,
               .form = &factor_reset_form_form,
               .doc = "Takes the second factor, sessions and tokens from the person."),
    {.path = NULL},
};
