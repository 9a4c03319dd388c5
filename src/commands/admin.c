/* radslag admin …: what an operator does from the command line. */
#include "commands/command.h"
#include "commands/database.h"
#include "people/second_factor/second_factor.h"
#include "people/setup/setup.h"
#include "platform/base/instant.h"
#include "platform/jobs/jobs.h"

enum { ARGUMENTS_MAX = 140 };

/* The options again as words, as setup_command reads them. */
static int organisation_run(const struct options *options, struct store *store) {
    char *words[ARGUMENTS_MAX] = {(char *)"add"};
    char names[64][32];
    int count = 1;
    for (size_t i = 0; i < options->given_count && count + 2 < ARGUMENTS_MAX; i++) {
        if (strcmp(options->given[i].name, "database") == 0 ||
            strcmp(options->given[i].name, "keys") == 0)
            continue;
        (void)snprintf(names[i], sizeof names[i], "--%s", options->given[i].name);
        words[count++] = names[i];
        words[count++] = (char *)options->given[i].value;
    }
    return setup_command(store, count, words, instant_now(), stdout, stderr);
}

static enum error accept_act(void *context, struct db *db) {
    (void)context;
    return job_clock_accept(db);
}

static int clock_run(struct store *store) {
    if (store_act(store, accept_act, NULL) != ERR_OK)
        return command_refuse("the database did not take it");
    (void)puts("jobs go on");
    return EXIT_DONE;
}

static bool asks_for(const struct options *options, const char *first, const char *second) {
    return options->argument_count == (second == NULL ? 1u : 2u) &&
           strcmp(options->arguments[0], first) == 0 &&
           (second == NULL || strcmp(options->arguments[1], second) == 0);
}

static int admin_run(const struct options *options) {
    const bool adds = asks_for(options, "organisation", "add");
    const bool resets = asks_for(options, "second-factor-reset", NULL);
    const struct factor_order order = {option_text(options, "host", NULL),
                                       option_text(options, "email", NULL),
                                       option_text(options, "reason", NULL)};
    struct store *store;
    if (!adds && !resets && !asks_for(options, "clock-accept", NULL))
        return command_refuse(
            "admin wants: organisation add, second-factor-reset, or clock-accept");
    if (resets && (order.host == NULL || order.email == NULL || order.reason == NULL))
        return command_refuse("second-factor-reset wants --host, --email and --reason");
    if (database_open(options, &store) != ERR_OK)
        return command_refuse("the database cannot be opened");
    if ((adds || resets) && sending_prepare(options) != ERR_OK) {
        store_close(store);
        return command_refuse("the key folder cannot be used");
    }
    const int status = adds ? organisation_run(options, store)
                       : resets
                           ? second_factor_command(store, &order, instant_now(), stdout, stderr)
                           : clock_run(store);
    store_close(store);
    return status;
}

static const struct option_doc admin_options[] = {
    DATABASE_OPTION,
    KEYS_OPTION,
    {"host", "HOST", "host name that the organisation answers on"},
    {"code", "CODE", "organisation add: of the municipality (four digits) or region (two)"},
    {"name", "NAME", "organisation add: as it calls itself, when not as in the list"},
    {"administrator", "NAME,EMAIL", "organisation add: twice at least"},
    {"email", "ADDRESS", "second-factor-reset: of the account"},
    {"reason", "TEXT", "second-factor-reset: kept in the audit chain"},
    {"format", "FORMAT", "text or json"},
    {NULL, NULL, NULL}};

const struct command command_admin = {"admin",
                                      "organisation add | second-factor-reset | clock-accept",
                                      "Makes a new organisation with its administrators, resets a "
                                      "second factor, or says that the clock "
                                      "is right.",
                                      "`second-factor-reset` is for operators, and for "
                                      "administrators when no other is left who could "
                                      "do it. Jobs stop when the clock jumps more than an hour; "
                                      "`clock-accept` lets them go on. The service "
                                      "may run meanwhile.",
                                      admin_options,
                                      admin_run};
