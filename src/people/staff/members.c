/* Rows of roles as people: grouped, named and searched. */
#include "people/staff/members.h"

#include <string.h>

#include "staff_statements.h"

static struct staff_role_view role_view(struct arena *arena, enum language language,
                                        const struct staff_row *row) {
    return (struct staff_role_view){
        .code = row->role,
        .name = word(language, arena_format(arena, "role.%s", row->role)),
        .granted_at = row->granted_at,
        .ends_at = row->ends_at,
    };
}

struct staff_member_list staff_members(struct arena *arena, enum language language,
                                       const struct staff_row_list *rows) {
    struct staff_member *members = ARENA_ARRAY(arena, rows->count + 1, struct staff_member);
    struct staff_role_view *roles = ARENA_ARRAY(arena, rows->count + 1, struct staff_role_view);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct staff_row *row = &rows->at[i];
        roles[i] = role_view(arena, language, row);
        if (count == 0 || members[count - 1].id != row->account)
            members[count++] = (struct staff_member){
                .id = row->account,
                .name = row->name == NULL ? row->email : row->name,
                .email = row->email,
                .last_seen_at = row->last_seen_at,
                .roles = {&roles[i], 0},
            };
        members[count - 1].roles.count++;
    }
    return (struct staff_member_list){members, count};
}

/* True when each typed word stands in the name, the address or a role's word. */
static bool fits(struct arena *arena, const struct staff_member *member, const char *folded) {
    struct buffer all = buffer_in(arena, 4096);
    buffer_format(&all, "%s %s", member->name, member->email);
    for (size_t i = 0; i < member->roles.count; i++)
        buffer_format(&all, " %s", member->roles.at[i].name);
    const char *text = text_fold(arena, buffer_string(&all));
    for (const char *at = folded; *at != '\0';) {
        const size_t length = strcspn(at, " ");
        if (length > 0 && strstr(text, arena_copy_span(arena, at, length)) == NULL)
            return false;
        at += length + (at[length] == ' ');
    }
    return true;
}

void staff_members_search(struct arena *arena, const char *typed,
                          struct staff_member_list *members) {
    if (typed == NULL || *typed == '\0')
        return;
    const char *folded = text_fold(arena, typed);
    size_t kept = 0;
    for (size_t i = 0; i < members->count; i++)
        if (fits(arena, &members->at[i], folded))
            members->at[kept++] = members->at[i];
    members->count = kept;
}

enum error staff_options(struct request *rq, struct option_view_list *ret_options) {
    struct staff_row_list rows;
    TRY(db_many(rq->db, rq->arena, &sql_staff_roles_all, WITH(BIND_INT("tenant", rq->tenant)),
                MOST_STAFF_ROWS, &staff_row_shape, &rows));
    const struct staff_member_list members = staff_members(rq->arena, rq->language, &rows);
    struct option_view *options = ARENA_ARRAY(rq->arena, members.count + 1, struct option_view);
    for (size_t i = 0; i < members.count; i++)
        options[i] = (struct option_view){
            .code = arena_format(rq->arena, "%lld", (long long)members.at[i].id),
            .label = members.at[i].name,
        };
    *ret_options = (struct option_view_list){options, members.count};
    return ERR_OK;
}
