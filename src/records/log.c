#include "records/log.h"

#include <inttypes.h>
#include <unistd.h>

#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "records/payload.h"
#include "records_statements.h"

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
    const struct payload payload = payload_read(exporting->arena, LANGUAGE_NONE, row->payload);
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
