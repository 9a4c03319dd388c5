/* radslag backup FILE: a copy of the database while the service runs. */
#include "commands/command.h"
#include "commands/database.h"

static int backup_run(const struct options *options) {
    struct store *store;
    if (options->argument_count != 1)
        return command_refuse("backup wants one FILE");
    if (database_open(options, &store) != ERR_OK)
        return command_refuse("the database cannot be opened");
    const enum error error = store_backup(store, options->arguments[0]);
    store_close(store);
    if (error != ERR_OK)
        return command_refuse("no copy was made: %s", error_meaning(error));
    (void)printf("copied to %s\n", options->arguments[0]);
    return EXIT_DONE;
}

static const struct option_doc backup_options[] = {DATABASE_OPTION, {NULL, NULL, NULL}};

const struct command command_backup = {
    "backup",
    "FILE",
    "Copies the database to FILE while the service runs.",
    "SQLite's copy is a data file of its own; PostgreSQL's is made by pg_dump. Keep the key folder "
    "apart from it: together they are all there is.",
    backup_options,
    backup_run};
