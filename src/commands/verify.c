/* radslag verify BUNDLE…: for the journalist who doubts a result. */
#include <string.h>

#include "budgets/files/files.h"
#include "commands/command.h"
#include "commands/files.h"

#define BUNDLE_BYTES ((size_t)4 << 30)

static int bundle_check(struct arena *arena, const char *path, bool is_json) {
    struct verification verification = {0};
    struct buffer text = buffer_in(arena, (size_t)16 << 20);
    const char *bytes = NULL, *refusal = NULL;
    size_t length = 0;
    const int status = file_read_whole(arena, path, &bytes, &length);
    if (status != EXIT_DONE)
        return status;
    if (!bundle_verify(arena, bytes, length, &verification, &refusal))
        return command_refuse("%s: %s", path, refusal);
    if (is_json) {
        verification_write_json(&text, &verification);
        (void)puts(buffer_string(&text));
    } else {
        verification_print(&text, path, &verification);
        (void)fputs(buffer_string(&text), stdout);
    }
    return verification.count == 0 ? EXIT_DONE : EXIT_NO;
}

static int verify_one(const char *path, bool is_json) {
    struct arena *arena = arena_new(BUNDLE_BYTES);
    int status;
    if (ARENA_RECOVER(arena))
        status = command_refuse("%s: larger than can be checked here", path);
    else
        status = bundle_check(arena, path, is_json);
    arena_free(arena);
    return status;
}

static int verify_run(const struct options *options) {
    const char *format = option_text(options, "format", "text");
    const bool is_json = strcmp(format, "json") == 0;
    int status = EXIT_DONE;
    if (options->argument_count == 0)
        return command_refuse("verify wants one BUNDLE or more");
    if (!is_json && strcmp(format, "text") != 0)
        return command_refuse("--format: expected text or json, not %s", format);
    for (size_t i = 0; i < options->argument_count; i++) {
        const int one = verify_one(options->arguments[i], is_json);
        status = one > status ? one : status;
    }
    return status;
}

static const struct option_doc verify_options[] = {
    {"format", "text|json", "text for people (as it is), or one JSON object for each bundle"},
    {NULL, NULL, NULL}};

const struct command command_verify = {
    "verify",
    "BUNDLE…",
    "Counts a result again from its bundle, and says yes, or no with the place.",
    "A bundle is the ZIP file that stands beside a result. Checked are the digest of every file, "
    "the rules against their fingerprint, the lot against its commitment, the sums, the number of "
    "receipts, and every row of the result, which is counted again from ballots and rules. No "
    "database is needed. Compare the rules' fingerprint with the one that was published before "
    "the vote.\n\n"
    "Exit code 0: yes; 1: no; 2: this is no bundle.\n\n"
    "JSON keys: verified, round, fingerprint, rules_hash, files, voters, blank, pots, rows, count "
    "(of what is wrong), findings (file, place, expected, found), notes.",
    verify_options,
    verify_run};
