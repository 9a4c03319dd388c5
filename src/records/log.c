#include "records/log.h"

#include <inttypes.h>
#include <jansson.h>
#include <unistd.h>

#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "records_statements.h"

enum { DETAIL_BYTES = 16 << 10 };

/* ---- payloads ---- */

static void json_clean(void *json) {
    json_decref(json);
}

static void value_text(struct buffer *into, const json_t *value) {
    if (json_is_string(value))
        buffer_text(into, json_string_value(value));
    else if (json_is_integer(value))
        buffer_format(into, "%" PRId64, (int64_t)json_integer_value(value));
    else if (json_is_boolean(value))
        buffer_text(into, json_is_true(value) ? "true" : "false");
    else
        buffer_text(into, "-");
}

static const char *detail_text(struct arena *arena, json_t *detail) {
    struct buffer into = buffer_in(arena, DETAIL_BYTES);
    const char *name;
    json_t *value;
    json_object_foreach(detail, name, value) {
        buffer_format(&into, "%s%s: ", into.length == 0 ? "" : ", ", name);
        value_text(&into, value);
    }
    return into.length == 0 ? NULL : buffer_string(&into);
}

struct log_payload log_payload_read(struct arena *arena, const char *json) {
    json_t *root = json == NULL ? NULL : json_loads(json, 0, NULL);
    if (root == NULL)
        return (struct log_payload){.reason = NULL};
    arena_defer(arena, json_clean, root);
    return (struct log_payload){
        .reason = arena_copy_text(arena, json_string_value(json_object_get(root, "reason"))),
        .detail = detail_text(arena, json_object_get(root, "detail")),
    };
}

/* ---- rows ---- */

static const struct statement *statement_of(const struct log_part *part) {
    return part->account == 0 ? &sql_audit_log : &sql_audit_log_of;
}

/* The second has :account as well: it stands last, and the list ends before it when not asked. */
static const struct bind *binds_of(struct arena *arena, const struct log_part *part) {
    struct bind *binds = ARENA_ARRAY(arena, 5, struct bind);
    binds[0] = BIND_INT("tenant", part->tenant);
    binds[1] = BIND_INT("before", part->before);
    binds[2] = BIND_INT("limit", (int64_t)part->limit);
    if (part->account != 0)
        binds[3] = BIND_INT("account", part->account);
    return binds;
}

enum error log_read(struct db *db, struct arena *arena, const struct log_part *part,
                    struct log_row_list *ret_rows) {
    return db_many(db, arena, statement_of(part), binds_of(arena, part), part->limit,
                   &log_row_shape, ret_rows);
}

/* ---- export ---- */

struct exporting {
    FILE *file;
    struct arena *arena; /* of one row */
};

/* A cell in quotes. A sheet would run what begins like a formula: it gets an apostrophe before. */
static void cell_write(FILE *file, const char *text, const char *end) {
    (void)fputc('"', file);
    if (text != NULL && *text != '\0' && strchr("=+-@\t\r", *text) != NULL)
        (void)fputc('\'', file);
    for (const char *c = text; c != NULL && *c != '\0'; c++) {
        if (*c == '"')
            (void)fputc('"', file);
        (void)fputc(*c, file);
    }
    (void)fprintf(file, "\"%s", end);
}

static enum error row_write(void *context, const void *at) {
    const struct exporting *exporting = context;
    const struct log_row *row = at;
    FILE *file = exporting->file;
    arena_reset(exporting->arena);
    const struct log_payload payload = log_payload_read(exporting->arena, row->payload);
    (void)fprintf(file, "%" PRId64 ",", row->sequence);
    cell_write(file, instant_to_rfc3339(exporting->arena, row->at), ",");
    cell_write(file, row->act, ",");
    cell_write(file, row->object, ",");
    (void)fprintf(file, "%" PRId64 ",", row->account);
    cell_write(file, payload.reason, ",");
    cell_write(file, payload.detail, ",");
    cell_write(file, row->hash, "\r\n");
    return ferror(file) == 0 ? ERR_OK : ERR_UNAVAILABLE;
}

static enum error rows_write(struct db *db, struct arena *arena, const struct log_part *part,
                             FILE *file) {
    struct exporting exporting = {.file = file, .arena = arena_new(1 << 20)};
    (void)fputs("sequence,time,act,object,account,reason,detail,hash\r\n", file);
    const enum error error = db_each(db, arena, statement_of(part), binds_of(arena, part),
                                     &log_row_shape, row_write, &exporting);
    arena_free(exporting.arena);
    return error;
}

enum error log_export(struct db *db, struct arena *arena, const struct log_part *part,
                      const char **ret_path) {
    char *path = arena_copy_text(arena, "/tmp/radslag-log-XXXXXX");
    const int descriptor = mkstemp(path);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    enum error error = file == NULL ? ERR_UNAVAILABLE : rows_write(db, arena, part, file);
    if (file != NULL && fclose(file) != 0 && error == ERR_OK)
        error = ERR_UNAVAILABLE;
    if (error == ERR_OK) {
        *ret_path = path;
        return ERR_OK;
    }
    log_fault("log_export", LOG_TEXT("error", error_name(error)));
    if (descriptor >= 0)
        (void)unlink(path);
    return error;
}
