#include "statement_plan.h"

#include <string.h>
#include <strings.h>

#include "platform/base/text.h"
#include "platform/db/engine.h"
#include "platform/db/migration.h"

enum { STEPS_MAX = 200, TEXT_BYTES = 1 << 20 };

#define PLAN_STEP(F, T) F(T, text, detail, , "what the engine says")
SHAPE(plan_step, PLAN_STEP);

#define PLAN_TYPE(F, T)                                                                            \
    F(T, int, number, , "of the parameter, from 1")                                                \
    F(T, text, detail, , "its type")
SHAPE(plan_type, PLAN_TYPE);

/* A statement made of other SQL, run once. */
static struct statement made_of(const char *sql) {
    return (struct statement){
        .name = "plan", .kind = STATEMENT_MANY, .sql = {sql, sql}, .number = STATEMENT_UNLISTED};
}

const char *plan_small_tables(struct arena *arena) {
    static const char mark[] = "\n-- small tables:";
    struct buffer out = buffer_in(arena, TEXT_BYTES);
    buffer_text(&out, " ");
    for (size_t i = 0; i < migration_count; i++) {
        for (const char *at = migration_table[i].sql; (at = strstr(at, mark)) != NULL;) {
            at += strlen(mark);
            buffer_add(&out, at, strcspn(at, "\n"));
            buffer_text(&out, " ");
        }
    }
    return buffer_string(&out);
}

/* ---- SQLite ---- */

/* NULL for every parameter of the statement. */
static const struct bind *binds_of_nothing(struct arena *arena, const struct statement_text *text) {
    struct bind *binds = ARENA_ARRAY(arena, text->count + 1, struct bind);
    for (size_t i = 0; i < text->count; i++)
        binds[i] =
            BIND_NULL(arena_copy_span(arena, text->parameters[i].at, text->parameters[i].length));
    return binds;
}

static enum error table_exists(struct db *db, const char *name, bool *ret_exists) {
    static const struct statement find = {
        .name = "plan_table",
        .kind = STATEMENT_ONE,
        .sql = {"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = :name", ""},
        .number = STATEMENT_UNLISTED};
    int64_t count;
    TRY(db_integer(db, &find, WITH(BIND_TEXT("name", name)), &count));
    *ret_exists = count > 0;
    return ERR_OK;
}

/* The table whose name stands before `alias` in the SQL, or before AS; NULL when there is none: the
 * alias of a subquery. */
static enum error table_of_alias(struct db *db, struct arena *arena, const char *sql,
                                 const char *alias, const char **ret_table) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    const char *words[3] = {"", "", ""}; /* the last ones with only blanks between */
    bool exists = false;
    *ret_table = NULL;
    for (const char *at = sql; *at != '\0' && !exists;) {
        const size_t length = strspn(at, letters);
        if (length == 0) {
            if (strchr(" \t\n", *at++) == NULL)
                words[0] = words[1] = words[2] = "";
            continue;
        }
        words[0] = words[1];
        words[1] = words[2];
        words[2] = arena_copy_span(arena, at, length);
        at += length;
        if (strcmp(words[2], alias) != 0)
            continue;
        *ret_table = strcasecmp(words[1], "AS") == 0 ? words[0] : words[1];
        TRY(table_exists(db, *ret_table, &exists));
    }
    if (!exists)
        *ret_table = NULL;
    return ERR_OK;
}

/* "SCAN book", "SCAN b USING INDEX …" → "book"; NULL for another step, or of no table. */
static enum error scanned_table(struct db *db, struct arena *arena, const char *sql,
                                const char *detail, const char **ret_table) {
    bool exists;
    *ret_table = NULL;
    if (!text_begins(detail, "SCAN "))
        return ERR_OK;
    const char *start = detail + strlen("SCAN ");
    const char *name = arena_copy_span(arena, start, strcspn(start, " "));
    TRY(table_exists(db, name, &exists));
    if (!exists)
        return table_of_alias(db, arena, sql, name, ret_table);
    *ret_table = name;
    return ERR_OK;
}

enum error plan_scan(struct db *db, struct arena *arena, const struct statement *statement,
                     const char *small, const char **ret_table) {
    const char *sql = statement->sql[ENGINE_SQLITE];
    struct statement_text text;
    struct plan_step_list steps;
    TRY(statement_text(arena, sql, ENGINE_SQLITE, &text));
    const struct statement explain = made_of(arena_format(arena, "EXPLAIN QUERY PLAN %s", sql));
    TRY(db_many(db, arena, &explain, binds_of_nothing(arena, &text), STEPS_MAX, &plan_step_shape,
                &steps));
    *ret_table = NULL;
    for (size_t i = 0; i < steps.count && *ret_table == NULL; i++) {
        const char *table;
        TRY(scanned_table(db, arena, sql, steps.at[i].detail, &table));
        if (table != NULL && strstr(small, arena_format(arena, " %s ", table)) == NULL)
            *ret_table = table;
    }
    return ERR_OK;
}

/* ---- PostgreSQL ---- */

/* A flag: the parameter is only compared with a literal 0 or 1, and 32 bits are enough for it. */
static bool is_flag(struct arena *arena, const char *sql, struct span name) {
    const char *parameter = arena_format(arena, ":%.*s", (int)name.length, name.at);
    const char *at = strstr(sql, parameter);
    if (at == NULL)
        return false;
    at += strlen(parameter);
    at += strspn(at, " ");
    at += strspn(at, "=<>");
    at += strspn(at, " ");
    return (at[0] == '0' || at[0] == '1') && strchr("0123456789.", at[1]) == NULL;
}

enum error plan_parameter(struct db *db, struct arena *arena, const struct statement *statement,
                          const char **ret_type) {
    static const char types[] =
        "SELECT one.number, CAST(one.type AS TEXT) AS detail FROM pg_prepared_statements,"
        " unnest(parameter_types) WITH ORDINALITY AS one (type, number)"
        " WHERE name = 'checked' AND CAST(one.type AS TEXT) NOT IN ('bigint', 'text', 'bytea')";
    const char *sql = statement->sql[ENGINE_POSTGRESQL];
    struct statement_text text;
    struct plan_type_list found;
    TRY(statement_text(arena, sql, ENGINE_POSTGRESQL, &text));
    TRY(db_script(db, arena_format(arena, "PREPARE checked AS %s", text.sql)));
    const struct statement list = made_of(types);
    const enum error error =
        db_many(db, arena, &list, WITH_NOTHING, STEPS_MAX, &plan_type_shape, &found);
    TRY(db_script(db, "DEALLOCATE checked"));
    TRY(error);
    *ret_type = NULL;
    for (size_t i = 0; i < found.count; i++)
        if (strcmp(found.at[i].detail, "integer") != 0 ||
            !is_flag(arena, sql, text.parameters[found.at[i].number - 1]))
            *ret_type = found.at[i].detail;
    return ERR_OK;
}
