/* radslag check: is what is stored whole? */
#include "commands/command.h"
#include "commands/database.h"
#include "people/organisations/organisations.h"
#include "records/records.h"

enum { CHECK_BYTES = 64 << 20 };

struct checking {
    struct arena *arena;
    struct db *db;
    struct buffer found;
    bool whole;
};

/* One organisation's records; their trouble does not keep the next from being checked. */
static enum error check_one(void *context, const void *row) {
    struct checking *checking = context;
    const struct organisation_name *organisation = row;
    buffer_format(&checking->found, "%s (%s)\n", organisation->name, organisation->host);
    const enum error error =
        records_check(checking->db, checking->arena, organisation->id, &checking->found);
    checking->whole = checking->whole && error == ERR_OK;
    return error == ERR_CONFLICT ? ERR_OK : error;
}

static enum error check_all(struct store *store, struct checking *checking) {
    struct db *list;
    TRY(store_reader(store, 1000, &checking->db));
    enum error error = store_reader(store, 1000, &list);
    if (error == ERR_OK) {
        error = organisations_each(list, checking->arena, check_one, checking);
        store_reader_done(store, list);
    }
    store_reader_done(store, checking->db);
    return error;
}

static int check_run(const struct options *options) {
    struct store *store;
    struct checking checking = {.arena = arena_new(CHECK_BYTES), .whole = true};
    checking.found = buffer_in(checking.arena, CHECK_BYTES / 4);
    if (database_open(options, &store) != ERR_OK) {
        arena_free(checking.arena);
        return command_refuse("the database cannot be opened, or a migration was changed");
    }
    const enum error error = check_all(store, &checking);
    (void)fputs(buffer_string(&checking.found), stdout);
    store_close(store);
    arena_free(checking.arena);
    if (error != ERR_OK)
        return command_refuse("not checked to the end: %s", error_meaning(error));
    (void)puts(checking.whole ? "whole" : "NOT whole");
    return checking.whole ? EXIT_DONE : EXIT_NO;
}

static const struct option_doc check_options[] = {DATABASE_OPTION, {NULL, NULL, NULL}};

const struct command command_check = {
    "check",
    NULL,
    "Checks that what is stored is whole: migrations, and the audit chain of each "
    "organisation.",
    "Exit code 1 when something was changed or is missing; the lines say where.",
    check_options,
    check_run};
