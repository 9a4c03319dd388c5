#include "platform/db/db.h"

#include <assert.h>
#include <string.h>

#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "platform/db/engine.h"

enum { MEMORY_BYTES = 64 << 20, STATEMENT_BYTES = 1 << 20, LIST_START = 16 };

static const struct span no_name = {"", 0};

static void run_end(struct db *db);

/* ---- the connection ---- */

void db_common_open(struct db *db, const struct engine_calls *calls, enum role role) {
    db->calls = calls;
    db->role = role;
    db->memory = arena_new(MEMORY_BYTES);
    db->prepared = ARENA_ARRAY(db->memory, statement_count, struct prepared *);
}

void db_common_close(struct db *db) {
    run_end(db);
    for (size_t i = 0; i < statement_count; i++)
        if (db->prepared[i] != NULL)
            db->calls->forget(db, db->prepared[i]);
    arena_free(db->memory);
}

enum engine db_engine(const struct db *db) {
    return db->calls->engine;
}

struct db_meter db_meter(const struct db *db) {
    return db->meter;
}

void db_meter_reset(struct db *db) {
    db->meter = (struct db_meter){0};
}

/* ---- preparing and binding ---- */

static enum error misused(const struct statement *statement, const char *why, struct span name) {
    struct arena *arena = arena_new(STATEMENT_BYTES);
    log_fault("db.misused", LOG_TEXT("statement", statement->name), LOG_TEXT("why", why),
              LOG_TEXT("parameter", arena_copy_span(arena, name.at, name.length)));
    arena_free(arena);
    return ERR_FAULT;
}

static enum error prepare_text(struct db *db, struct prepared *prepared, struct arena *scratch) {
    const struct statement *statement = prepared->statement;
    struct statement_text text;
    if (statement_text(scratch, statement->sql[db_engine(db)], db_engine(db), &text) != ERR_OK)
        return misused(statement, "open quote or too many parameters", no_name);
    prepared->parameters =
        arena_copy(prepared->memory, text.parameters, text.count * sizeof *text.parameters);
    prepared->parameter_count = text.count;
    return db->calls->prepare(db, text.sql, prepared);
}

/* The connection's copy of a statement, made at its first use. */
static enum error statement_prepared(struct db *db, const struct statement *statement,
                                     struct prepared **ret_prepared) {
    const bool listed = statement->number != STATEMENT_UNLISTED;
    assert(!listed || statement->number < statement_count);
    if (listed && db->prepared[statement->number] != NULL) {
        *ret_prepared = db->prepared[statement->number];
        return ERR_OK;
    }
    struct arena *memory = listed ? db->memory : arena_new(STATEMENT_BYTES);
    struct arena *scratch = arena_new(STATEMENT_BYTES);
    struct prepared *prepared = ARENA_NEW(memory, struct prepared);
    *prepared = (struct prepared){.statement = statement, .memory = memory};
    const enum error error = prepare_text(db, prepared, scratch);
    arena_free(scratch);
    if (error != ERR_OK) {
        if (!listed)
            arena_free(memory);
        return error;
    }
    if (listed)
        db->prepared[statement->number] = prepared;
    *ret_prepared = prepared;
    return ERR_OK;
}

/* Number of the parameter called so, looking first at `guess` (binds mostly come in the order of
 * the parameters); parameter_count when there is none. */
static size_t parameter_find(const struct prepared *prepared, const char *name, size_t guess) {
    const size_t length = strlen(name), count = prepared->parameter_count;
    for (size_t tried = 0; tried < count; tried++) {
        const size_t i = (guess + tried) % count;
        const struct span *parameter = &prepared->parameters[i];
        if (parameter->length == length && memcmp(parameter->at, name, length) == 0)
            return i;
    }
    return count;
}

/* Puts the binds in the order of the parameters. */
static enum error binds_match(const struct prepared *prepared, const struct bind *binds,
                              const struct bind **values) {
    const struct statement *statement = prepared->statement;
    const size_t count = prepared->parameter_count;
    size_t next = 0;
    for (const struct bind *bind = binds; bind->name != NULL; bind++) {
        const struct span name = {bind->name, strlen(bind->name)};
        const size_t i = parameter_find(prepared, bind->name, next);
        if (i == count) {
            if (bind->spare)
                continue;
            return misused(statement, "no such parameter", name);
        }
        if (values[i] != NULL)
            return misused(statement, "bound twice", name);
        values[i] = bind;
        next = i + 1;
    }
    for (size_t i = 0; i < count; i++)
        if (values[i] == NULL)
            return misused(statement, "not bound", prepared->parameters[i]);
    return ERR_OK;
}

/* ---- one run of a statement: begin, advance …, end ---- */

/* Ends the run, if one is open: also one that an arena's recovery left half done. */
static void run_end(struct db *db) {
    struct prepared *prepared = db->active;
    if (prepared == NULL)
        return;
    db->active = NULL;
    db->calls->finish(db, prepared);
    if (prepared->statement->number == STATEMENT_UNLISTED) {
        db->calls->forget(db, prepared);
        arena_free(prepared->memory);
    }
}

/* After an error of the engine. */
static enum error run_failed(struct db *db, enum error error) {
    run_end(db);
    if (db->in_transaction && db->failed == ERR_OK)
        db->failed = error;
    return error;
}

static enum error run_begin(struct db *db, const struct statement *statement,
                            enum statement_kind kind, const struct bind *binds, bool streaming,
                            struct prepared **ret_prepared) {
    const struct bind *values[PARAMETERS_MAX] = {NULL};
    struct prepared *prepared;

    run_end(db);
    if (db->failed != ERR_OK)
        return db->failed;
    if (statement->kind != kind)
        return misused(statement, "run by the call of another kind", no_name);
    enum error error = statement_prepared(db, statement, &prepared);
    if (error != ERR_OK)
        return run_failed(db, error);
    db->active = prepared;
    error = binds_match(prepared, binds, values);
    if (error != ERR_OK) {
        run_end(db);
        return error;
    }
    db->meter.statements++;
    db->meter.reads |= statement->reads;
    db->meter.writes |= statement->writes;
    error = db->calls->start(db, prepared, values, streaming);
    if (error != ERR_OK)
        return run_failed(db, error);
    *ret_prepared = prepared;
    return ERR_OK;
}

static enum error run_advance(struct db *db, struct prepared *prepared, bool *ret_row) {
    const enum error error = db->calls->next(db, prepared, ret_row);
    if (error != ERR_OK)
        return run_failed(db, error);
    if (*ret_row)
        db->meter.rows++;
    return ERR_OK;
}

/* The only row of a :one statement. */
static enum error run_only_row(struct db *db, const struct statement *statement,
                               const struct bind *binds, struct prepared **ret_prepared) {
    struct prepared *prepared;
    bool row;
    TRY(run_begin(db, statement, STATEMENT_ONE, binds, false, &prepared));
    TRY(run_advance(db, prepared, &row));
    if (!row) {
        run_end(db);
        return ERR_NOT_FOUND;
    }
    *ret_prepared = prepared;
    return ERR_OK;
}

/* After the only row was read: sees to it that it was. Its value has been copied by now. */
static enum error run_no_more(struct db *db, struct prepared *prepared) {
    bool row;
    TRY(run_advance(db, prepared, &row));
    const struct statement *statement = prepared->statement;
    run_end(db);
    return row ? misused(statement, "more than one row", no_name) : ERR_OK;
}

/* ---- the calls of db.h ---- */

enum error db_one(struct db *db, struct arena *arena, const struct statement *statement,
                  const struct bind *binds, const struct shape *shape, void *ret_row) {
    struct prepared *prepared;
    const struct mapping *mapping;
    TRY(run_only_row(db, statement, binds, &prepared));
    TRY(row_mapping(db, prepared, shape, &mapping));
    void *row = arena_take(arena, shape->size);
    TRY(row_read(db, prepared, mapping, arena, row));
    TRY(run_no_more(db, prepared));
    memcpy(ret_row, row, shape->size);
    return ERR_OK;
}

/* Room for one more element, doubling up to `limit`. */
static void *list_room(struct arena *arena, void *at, size_t count, size_t *room, size_t limit,
                       size_t size) {
    if (count < *room)
        return at;
    size_t wider = *room == 0 ? LIST_START : 2 * *room;
    if (wider > limit)
        wider = limit;
    void *list = arena_array(arena, wider, size);
    if (count > 0)
        memcpy(list, at, count * size);
    *room = wider;
    return list;
}

enum error db_many(struct db *db, struct arena *arena, const struct statement *statement,
                   const struct bind *binds, size_t limit, const struct shape *shape,
                   void *ret_list) {
    struct prepared *prepared;
    const struct mapping *mapping;
    struct list list = {NULL, 0};
    size_t room = 0;
    bool row;
    TRY(run_begin(db, statement, STATEMENT_MANY, binds, false, &prepared));
    TRY(row_mapping(db, prepared, shape, &mapping));
    while (list.count < limit) {
        TRY(run_advance(db, prepared, &row));
        if (!row)
            break;
        list.at = list_room(arena, list.at, list.count, &room, limit, shape->size);
        TRY(row_read(db, prepared, mapping, arena, (char *)list.at + list.count * shape->size));
        list.count++;
    }
    run_end(db);
    memcpy(ret_list, &list, sizeof list);
    return ERR_OK;
}

static void scratch_free(void *scratch) {
    arena_free(scratch);
}

enum error db_each(struct db *db, struct arena *arena, const struct statement *statement,
                   const struct bind *binds, const struct shape *shape,
                   enum error (*each)(void *context, const void *row), void *context) {
    struct prepared *prepared;
    const struct mapping *mapping;
    bool row;
    TRY(run_begin(db, statement, STATEMENT_MANY, binds, true, &prepared));
    struct arena *scratch = arena_new(MEMORY_BYTES);
    arena_defer(arena, scratch_free, scratch);
    for (;;) {
        TRY(run_advance(db, prepared, &row));
        if (!row)
            break;
        arena_reset(scratch);
        TRY(row_mapping(db, prepared, shape, &mapping)); /* a stream has no columns before a row */
        void *fields = arena_take(scratch, shape->size);
        TRY(row_read(db, prepared, mapping, scratch, fields));
        const enum error error = each(context, fields);
        assert(db->active == prepared);
        if (error != ERR_OK) {
            run_end(db);
            return error;
        }
    }
    run_end(db);
    return ERR_OK;
}

enum error db_integer(struct db *db, const struct statement *statement, const struct bind *binds,
                      int64_t *ret_value) {
    struct prepared *prepared;
    int64_t value = 0;
    TRY(run_only_row(db, statement, binds, &prepared));
    if (!db->calls->is_null(db, prepared, 0) &&
        db->calls->integer(db, prepared, 0, &value) != ERR_OK) {
        run_end(db);
        return misused(statement, "first column is no integer", no_name);
    }
    TRY(run_no_more(db, prepared));
    *ret_value = value;
    return ERR_OK;
}

enum error db_blob(struct db *db, struct arena *arena, const struct statement *statement,
                   const struct bind *binds, const void **ret_bytes, size_t *ret_length) {
    struct prepared *prepared;
    struct span blob = {NULL, 0};
    TRY(run_only_row(db, statement, binds, &prepared));
    if (!db->calls->is_null(db, prepared, 0) &&
        db->calls->blob(db, arena, prepared, 0, &blob) != ERR_OK) {
        run_end(db);
        return misused(statement, "first column is no blob", no_name);
    }
    TRY(run_no_more(db, prepared));
    *ret_bytes = blob.at;
    *ret_length = blob.length;
    return ERR_OK;
}

enum error db_exec(struct db *db, const struct statement *statement, const struct bind *binds,
                   int64_t *ret_changed) {
    struct prepared *prepared;
    bool row;
    TRY(run_begin(db, statement, STATEMENT_EXEC, binds, false, &prepared));
    TRY(run_advance(db, prepared, &row));
    const int64_t changed = db->calls->changed(db, prepared);
    run_end(db);
    if (row)
        return misused(statement, "gives rows", no_name);
    if (ret_changed != NULL)
        *ret_changed = changed;
    return ERR_OK;
}

/* ---- transactions ---- */

enum error db_transact(struct db *db, enum transact what) {
    run_end(db);
    const enum error error = db->calls->transact(db, what);
    if (what == TRANSACT_ROLLBACK || what == TRANSACT_ROLLBACK_TO)
        db->failed = error;
    db->in_transaction = db->calls->in_transaction(db);
    if (!db->in_transaction)
        db->failed = ERR_OK;
    return error;
}

enum error db_script(struct db *db, const char *sql) {
    run_end(db);
    const enum error error = db->calls->script(db, sql);
    return error == ERR_OK ? ERR_OK : run_failed(db, error);
}

enum error db_begin(struct db *db) {
    return db_transact(db, TRANSACT_BEGIN);
}

enum error db_commit(struct db *db) {
    if (db->failed != ERR_OK) {
        const enum error error = db->failed;
        db_rollback(db);
        return error;
    }
    return db_transact(db, TRANSACT_COMMIT);
}

void db_rollback(struct db *db) {
    if (db_transact(db, TRANSACT_ROLLBACK) != ERR_OK)
        log_warning("db.rollback", LOG_TEXT("state", "failed"));
}
