/* The very first organisation from the console: what `radslag serve` prints, and
 * `radslag admin organisation add`. */
#include <getopt.h>
#include <sodium.h>
#include <string.h>

#include "people/setup/make.h"
#include "people/setup/setup.h"

enum error setup_announce(struct store *store, const char *address, FILE *out) {
    struct db *db;
    bool any = true;
    TRY(store_reader(store, 1000, &db));
    const enum error error = organisation_any(db, &any);
    store_reader_done(store, db);
    if (error != ERR_OK || any)
        return error;
    char code[INVITATION_DIGITS + 1];
    TRY(setup_code(code));
    (void)fprintf(out,
                  "There is no organisation yet. Set up the first one here:\n"
                  "  %s/setup/begin?key=%s\n"
                  "The code works until the organisation is made.\n",
                  address, code);
    return ERR_OK;
}

/* ---- radslag admin organisation add ---- */

struct command {
    struct arena *arena;
    const char *host, *code, *name;
    bool json;
    struct setup_order order;
    const char *wrong; /* what is wrong with the arguments */
};

/* "NAME,EMAIL" */
static enum setup_flaw read_administrator(struct command *command, const char *text) {
    const char *comma = strrchr(text, ',');
    if (comma == NULL || comma == text)
        return SETUP_EMAIL_WRONG;
    return setup_order_administrator(command->arena,
                                     arena_copy_span(command->arena, text, (size_t)(comma - text)),
                                     comma + 1 + strspn(comma + 1, " "), &command->order);
}

static const char *flaw_text(enum setup_flaw flaw) {
    switch (flaw) {
    case SETUP_HOST_WRONG:
        return "--host wants a host name: delta.ljungsjo.se";
    case SETUP_CODE_UNKNOWN:
        return "--code wants 0781, 07, 0000 (made up) or network";
    case SETUP_NAME_MISSING:
        return "--name is missing";
    case SETUP_EMAIL_WRONG:
        return "--administrator wants NAME,EMAIL, at most eight times";
    case SETUP_SAME_EMAIL:
        return "two administrators have the same address";
    case SETUP_TOO_FEW:
        return "--administrator is wanted twice at least";
    case SETUP_FINE:
        break;
    }
    return NULL;
}

static void read_option(struct command *command, int option, const char *value) {
    switch (option) {
    case 'h':
        command->host = value;
        break;
    case 'c':
        command->code = value;
        break;
    case 'n':
        command->name = value;
        break;
    case 'a':
        command->wrong = flaw_text(read_administrator(command, value));
        break;
    case 'f':
        command->json = strcmp(value, "json") == 0;
        if (!command->json && strcmp(value, "text") != 0)
            command->wrong = "--format wants text or json";
        break;
    default:
        command->wrong = "unknown option";
        break;
    }
}

static void read_arguments(struct command *command, int count, char **arguments) {
    static const struct option options[] = {
        {"host", required_argument, NULL, 'h'},          {"code", required_argument, NULL, 'c'},
        {"name", required_argument, NULL, 'n'},          {"format", required_argument, NULL, 'f'},
        {"administrator", required_argument, NULL, 'a'}, {0},
    };
    int option;
    optind = 0; /* begin anew */
    opterr = 0;
    while (command->wrong == NULL &&
           (option = getopt_long(count, arguments, "", options, NULL)) != -1)
        read_option(command, option, optarg);
    if (command->wrong == NULL && optind < count)
        command->wrong = "unknown argument";
    if (command->wrong == NULL)
        command->wrong = flaw_text(setup_order_organisation(
            command->arena, command->host, command->code, command->name, &command->order));
    if (command->wrong == NULL && command->order.count < LEAST_ADMINISTRATORS)
        command->wrong = flaw_text(SETUP_TOO_FEW);
}

struct making {
    struct request rq;
    const struct setup_order *order;
    int64_t tenant;
};

static enum error run(void *context, struct db *db) {
    struct making *making = context;
    return setup_make(db, &making->rq, making->order, &making->tenant);
}

static void write_made(const struct command *command, int64_t tenant, FILE *out) {
    const struct organisation_new *made = &command->order.organisation;
    struct buffer json = buffer_in(command->arena, 4096);
    if (!command->json) {
        (void)fprintf(out,
                      "%s is made, on %s. An invitation is sent to each of %zu administrators.\n",
                      made->name, made->host, command->order.count);
        return;
    }
    buffer_format(&json, "{\"tenant\": %lld, \"host\": ", (long long)tenant);
    json_write_text(&json, made->host);
    buffer_text(&json, ", \"name\": ");
    json_write_text(&json, made->name);
    buffer_format(&json, ", \"administrators\": %zu}\n", command->order.count);
    (void)fputs(buffer_string(&json), out);
}

static int make(struct store *store, struct command *command, int64_t now, FILE *out, FILE *wrong) {
    struct making making = {
        .rq = {.arena = command->arena, .now = now, .language = LANGUAGE_SV, .id = "command"},
        .order = &command->order,
    };
    randombytes_buf(making.rq.seed, sizeof making.rq.seed);
    enum error error = setup_order_draw(&command->order);
    if (error == ERR_OK)
        error = store_act(store, run, &making);
    if (error != ERR_OK) {
        (void)fprintf(wrong, "radslag admin organisation add: %s\n",
                      error == ERR_CONFLICT ? "the host name is taken" : error_meaning(error));
        return 1;
    }
    write_made(command, making.tenant, out);
    return 0;
}

int setup_command(struct store *store, int count, char **arguments, int64_t now, FILE *out,
                  FILE *wrong) {
    struct command command = {.arena = arena_new(4 << 20)};
    int status = 2;
    read_arguments(&command, count, arguments);
    if (command.wrong != NULL)
        (void)fprintf(wrong, "radslag admin organisation add: %s\n", command.wrong);
    else
        status = make(store, &command, now, out, wrong);
    arena_free(command.arena);
    return status;
}
