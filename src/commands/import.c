/* radslag import pabulib FILE…, and export: real elections in and out. */
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "budgets/files/files.h"
#include "commands/database.h"
#include "commands/files.h"
#include "demo/demo.h"
#include "people/organisations/organisations.h"
#include "platform/base/instant.h"
#include "platform/view/words.h"

enum { BAR_CELLS = 30 };
#define FILE_BYTES ((size_t)2 << 30)

struct file_import {
    const char *path;
    struct import_order order;
};

static bool words_match(const char *typed, const char *one, const char *other, bool *ret_is_other) {
    *ret_is_other = strcmp(typed, other) == 0;
    return *ret_is_other || strcmp(typed, one) == 0;
}

/* ---- progress ---- */

/* One line that is written over; on a terminal alone. */
static void show_progress(void *context, size_t done, size_t all) {
    const char *name = context;
    const size_t cells = done * BAR_CELLS / (all == 0 ? 1 : all);
    if (!isatty(STDERR_FILENO))
        return;
    (void)fprintf(stderr, "\r%-45.45s ", name);
    for (size_t i = 0; i < BAR_CELLS; i++)
        (void)fputs(i < cells ? "█" : "·", stderr);
    (void)fprintf(stderr, " %zu/%zu%s", done, all, done == all ? "\n" : "");
}

/* ---- reading all files before anything is written ---- */

static int read_one(struct arena *arena, struct arena *scratch, struct file_import *file) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    char *hex = arena_take(arena, sizeof digest * 2 + 1);
    const char *bytes = NULL;
    size_t length = 0;
    int status = file_read_whole(scratch, file->path, &bytes, &length);
    if (status == EXIT_DONE)
        status = file_read_election(arena, scratch, file->path, &file->order.election);
    if (status != EXIT_DONE)
        return status;
    crypto_hash_sha256(digest, (const unsigned char *)bytes, length);
    file->order.hash = sodium_bin2hex(hex, sizeof digest * 2 + 1, digest, sizeof digest);
    file->order.file = file_name_of(file->path);
    const enum import_refusal refusal = import_judge(&file->order);
    if (refusal != IMPORT_FINE)
        return command_refuse("%s: %s", file->path, import_refusal_text(refusal));
    return EXIT_DONE;
}

/* ---- one round ---- */

static int write_round(struct arena *arena, struct db *db, int64_t tenant,
                       struct file_import *file) {
    struct page page = {0};
    enum import_refusal refusal = IMPORT_FINE;
    int64_t id = 0;
    file->order.now = instant_now();
    file->order.progress = show_progress;
    file->order.context = (void *)file->order.file;
    if (db_begin(db) != ERR_OK)
        return command_refuse("%s: the database does not answer", file->path);
    enum error error = import_run(db, arena, tenant, &file->order, &refusal, &id);
    if (error == ERR_OK && refusal == IMPORT_FINE)
        error = page_find(db, arena, tenant, id, &page);
    if (error == ERR_OK && refusal == IMPORT_FINE)
        error = db_commit(db);
    else
        db_rollback(db);
    if (refusal != IMPORT_FINE)
        return command_refuse("%s: %s", file->path, import_refusal_text(refusal));
    if (error != ERR_OK)
        return command_refuse("%s: not imported: %s", file->path, error_meaning(error));
    (void)printf("%s: /budgets/%s\n", file->path, page.slug);
    return EXIT_DONE;
}

static int import_file(struct db *db, int64_t tenant, struct file_import *file) {
    struct arena *arena = arena_new(FILE_BYTES), *scratch = arena_new(FILE_BYTES);
    int status;
    if (ARENA_RECOVER(arena) || ARENA_RECOVER(scratch)) {
        db_rollback(db);
        status = command_refuse("%s: larger than can be imported here", file->path);
    } else {
        status = read_one(arena, scratch, file);
        if (status == EXIT_DONE && db != NULL)
            status = write_round(arena, db, tenant, file);
    }
    arena_free(scratch);
    arena_free(arena);
    return status;
}

/* All files are read and judged first: nothing is written when one of them is bad. */
static int import_all(const struct options *options, struct db *db, int64_t tenant,
                      const struct import_order *order) {
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 1; i < options->argument_count; i++) {
            struct file_import file = {options->arguments[i], *order};
            const int status = import_file(pass == 0 ? NULL : db, tenant, &file);
            if (status != EXIT_DONE)
                return status;
        }
    return EXIT_DONE;
}

/* ---- the database ---- */

static int64_t tenant_of(struct db *db, struct arena *arena, const char *host) {
    struct organisation organisation = {0};
    if (organisation_by_host(db, arena, host, &organisation) == ERR_OK)
        return organisation.id;
    (void)command_refuse("--tenant: no organisation answers on %s", host);
    return 0;
}

/* Opens the database and hands it to `run`. */
static int with_database(const struct options *options,
                         int (*run)(const struct options *options, struct db *db, int64_t tenant,
                                    const void *context),
                         const void *context) {
    const char *host = option_text(options, "tenant", NULL);
    struct store *store = NULL;
    struct db *db = NULL;
    int status = EXIT_USAGE;
    if (host == NULL)
        return command_refuse("%s wants --tenant HOST", options->command->name);
    if ((option_given(options, "demo") ? sending_prepare(options) : words_load(NULL)) != ERR_OK ||
        database_open(options, &store) != ERR_OK)
        return command_refuse("the database cannot be opened");
    if (option_given(options, "demo") && demo_fill(store, instant_now()) != ERR_OK) {
        store_close(store);
        return command_refuse("the demonstration cannot be filled in");
    }
    struct arena *arena = arena_new(1 << 20);
    if (store_single(store, &db) == ERR_OK) {
        const int64_t tenant = tenant_of(db, arena, host);
        if (tenant != 0)
            status = run(options, db, tenant, context);
        store_single_done(store, db);
    } else {
        (void)command_refuse("the database does not answer");
    }
    arena_free(arena);
    store_close(store);
    return status;
}

static int import_into(const struct options *options, struct db *db, int64_t tenant,
                       const void *context) {
    return import_all(options, db, tenant, context);
}

static int import_run_command(const struct options *options) {
    const char *satisfaction = option_text(options, "satisfaction", "file");
    const char *support = option_text(options, "zero-support", "never");
    struct import_order order = {0};
    bool by_cardinality = false;
    if (options->argument_count < 2 || strcmp(options->arguments[0], "pabulib") != 0)
        return command_refuse("import wants: pabulib FILE.pb…");
    if (!words_match(satisfaction, "file", "cardinality", &by_cardinality))
        return command_refuse("--satisfaction: expected file or cardinality, not %s", satisfaction);
    if (!words_match(support, "never", "eligible", &order.zero_support))
        return command_refuse("--zero-support: expected never or eligible, not %s", support);
    order.by_votes = !by_cardinality;
    return with_database(options, import_into, &order);
}

static const struct option_doc import_options[] = {
    DATABASE_OPTION,
    {"tenant", "HOST", "host name of the organisation that gets the rounds"},
    KEYS_OPTION,
    {"demo", NULL, "fills an empty database with the demonstration first"},
    {"satisfaction", "file|cardinality",
     "file (as it is): most votes first, of points and rankings most points; cardinality: most "
     "votes for each krona first"},
    {"zero-support", "never|eligible",
     "projects on no ballot are out (as it is), or may come last"},
    {NULL, NULL, NULL}};

const struct command command_import = {
    "import",
    "pabulib FILE.pb…",
    "Makes a finished round of each real election: pages, ballots, counted result.",
    "All files are read first: when one has a fault, FILE:LINE says what was expected, and nothing "
    "is written (exit code 2). Each file is then one transaction, so no round is ever half there; "
    "importing a file of the same name twice is refused. Sums keep their currency, which the page "
    "names. Projects on equal votes are put in the order of their ids.",
    import_options,
    import_run_command};

/* ---- export ---- */

static int export_pot(const struct options *options, struct arena *arena, struct db *db,
                      int64_t tenant) {
    const long pot = option_number(options, "pot", 0);
    const char *slug = options->arguments[1];
    struct campaign_whole campaign = {0};
    if (campaign_by_slug(db, arena, tenant, slug, instant_now(), &campaign) != ERR_OK)
        return command_refuse("there is no round %s", slug);
    if (pot == 0 && campaign.pots.count > 1)
        return command_refuse("the round has %zu pots: which? --pot N", campaign.pots.count);
    FILE *file = tmpfile();
    const char *name = arena_format(arena, "POT-%ld.pb", pot == 0 ? 1 : pot);
    const enum error error =
        file == NULL ? ERR_UNAVAILABLE
                     : round_file_write(db, arena, tenant, &campaign, instant_now(), name, file);
    if (error != ERR_OK)
        return command_refuse("%s: %s", slug,
                              error == ERR_NOT_FOUND ? "it has no such pot, or no public result"
                              : error == ERR_FORBIDDEN
                                  ? "fewer than 10 voted in this pot: its ballots are not shown"
                                  : error_meaning(error));
    char piece[1 << 14];
    rewind(file);
    for (size_t length; (length = fread(piece, 1, sizeof piece, file)) > 0;)
        (void)fwrite(piece, 1, length, stdout);
    (void)fclose(file);
    return ferror(stdout) || fflush(stdout) != 0 ? command_refuse("it cannot be written")
                                                 : EXIT_DONE;
}

static int export_from(const struct options *options, struct db *db, int64_t tenant,
                       const void *context) {
    struct arena *arena = arena_new(FILE_BYTES);
    int status;
    (void)context;
    if (ARENA_RECOVER(arena))
        status = command_refuse("the round is larger than can be exported here");
    else
        status = export_pot(options, arena, db, tenant);
    arena_free(arena);
    return status;
}

static int export_run_command(const struct options *options) {
    if (options->argument_count != 2 || strcmp(options->arguments[0], "pabulib") != 0)
        return command_refuse("export wants: pabulib CAMPAIGN");
    return with_database(options, export_from, NULL);
}

static const struct option_doc export_options[] = {
    DATABASE_OPTION,
    {"tenant", "HOST", "host name of the organisation"},
    {"pot", "N", "which pot, when the round has several"},
    {NULL, NULL, NULL}};

const struct command command_export = {
    "export",
    "pabulib CAMPAIGN",
    "Writes the ballots of a round with a public result as a Pabulib file to standard output.",
    "CAMPAIGN is the last part of the round's address. Voters are numbered anew in the order of "
    "what they chose, so that nobody can be found.",
    export_options,
    export_run_command};
