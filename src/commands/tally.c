/* radslag tally FILE.pb…: counts elections from files, for anybody who wants to check a result. */
#include <string.h>

#include "commands/command.h"
#include "commands/files.h"
#include "commands/tally_text.h"
#include "methods/tally/tally.h"

/* Memory that one file may take: an election, and what is needed while reading it. */
enum { ELECTION_BYTES = 1 << 30, SCRATCH_BYTES = 1 << 30 };

struct tallying {
    struct tally_options rules;
    bool is_json;
};

/* ---- options ---- */

/* One of a set of words, as its number; -1 with a message otherwise. */
static int word_of(const struct options *options, const char *name, const char *const *words) {
    const char *typed = option_text(options, name, words[0]);
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], typed) == 0)
            return i;
    (void)command_refuse("--%s: expected another word than %s; see radslag tally --help", name,
                         typed);
    return -1;
}

static bool rules_read(const struct options *options, struct arena *arena,
                       struct tally_options *rules) {
    const char *rule = option_text(options, "rule", "greedy");
    const char *satisfaction = option_text(options, "satisfaction", "cost");
    const char *ties = option_text(options, "ties", "id");
    rules->rule = rule_find(rule);
    if (rules->rule == NULL)
        (void)command_refuse("--rule: there is no rule %s; see radslag tally --help", rule);
    else if (!satisfaction_find(satisfaction, &rules->satisfaction))
        (void)command_refuse("--satisfaction: expected cost, cardinality, points or borda, not %s",
                             satisfaction);
    else if (!ties_parse(arena, ties, &rules->ties))
        (void)command_refuse("--ties: expected id, supporters, cost, earliest or lot:SEED, or "
                             "several with commas; not %s",
                             ties);
    else
        return true;
    return false;
}

static bool tallying_read(const struct options *options, struct arena *arena,
                          struct tallying *ret_tallying) {
    struct tallying tallying = {0};
    const int support =
        word_of(options, "zero-support", (const char *[]){"never", "eligible", NULL});
    const int format = word_of(options, "format", (const char *[]){"text", "json", NULL});
    if (support < 0 || format < 0 || !rules_read(options, arena, &tallying.rules))
        return false;
    tallying.rules.zero_support_eligible = support == 1;
    tallying.rules.stops = option_given(options, "stop");
    tallying.rules.minimum_votes = (uint64_t)option_number(options, "minimum-votes", 0);
    tallying.rules.explains = option_given(options, "explain");
    tallying.is_json = format == 1;
    *ret_tallying = tallying;
    return true;
}

/* ---- one file ---- */

static int file_tally(struct arena *arena, struct arena *scratch, const char *path,
                      const struct tallying *tallying) {
    const struct election *election;
    const struct tally *tally;
    struct buffer text = buffer_in(arena, ELECTION_BYTES / 4);
    const int status = file_read_election(arena, scratch, path, &election);
    if (status != EXIT_DONE)
        return status;
    const enum tally_refusal refusal = tally_run(arena, election, &tallying->rules, &tally);
    if (refusal != TALLY_FINE)
        return command_refuse("%s: %s", path, tally_refusal_text(refusal));
    if (tallying->is_json)
        tally_write_json(&text, tally, tallying->rules.explains);
    else
        tally_print(&text, path, tally);
    (void)puts(buffer_string(&text));
    return EXIT_DONE;
}

static int tally_one(const char *path, const struct tallying *tallying) {
    struct arena *arena = arena_new(ELECTION_BYTES), *scratch = arena_new(SCRATCH_BYTES);
    int status;
    if (ARENA_RECOVER(arena) || ARENA_RECOVER(scratch))
        status = command_refuse("%s: larger than can be counted here", path);
    else
        status = file_tally(arena, scratch, path, tallying);
    arena_free(scratch);
    arena_free(arena);
    return status;
}

static int tally_run_command(const struct options *options) {
    struct arena *arena = arena_new(1 << 20);
    struct tallying tallying;
    int status = EXIT_USAGE;
    if (options->argument_count == 0) {
        (void)command_refuse("tally wants one FILE or more");
    } else if (tallying_read(options, arena, &tallying)) {
        status = EXIT_DONE;
        for (size_t i = 0; i < options->argument_count; i++) {
            const int one = tally_one(options->arguments[i], &tallying);
            status = one != EXIT_DONE ? one : status;
        }
    }
    arena_free(arena);
    return status;
}

static const struct option_doc tally_options[] = {
    {"rule", "greedy", "the rule of counting (as it is: greedy)"},
    {"satisfaction", "cost|cardinality|points|borda",
     "what a project is worth to a voter: its cost (as it is; with greedy: most votes first), 1, "
     "the "
     "points given, or by rank"},
    {"stop", NULL, "end at the first project that does not fit; otherwise it is skipped"},
    {"minimum-votes", "N", "projects with fewer votes are out"},
    {"zero-support", "never|eligible",
     "projects on no ballot are out (as it is), or may come last"},
    {"ties", "id|supporters|cost|earliest|lot:SEED",
     "which of equal projects comes first: smallest id by code points (as it is), most voters, "
     "lowest cost, earliest in the file, by lot; several with commas"},
    {"explain", NULL, "what each project lacked that is out, found by counting again"},
    {"format", "text|json", "text for people (as it is), or one JSON object for each file"},
    {NULL, NULL, NULL}};

const struct command command_tally = {
    "tally",
    "FILE.pb…",
    "Counts elections from Pabulib files and says why each project is in or out.",
    "The outcome is that of exact arithmetic. A file with a fault is refused with FILE:LINE and "
    "what "
    "was expected there (exit code 2); the other files are counted.\n\n"
    "The lot orders projects by HMAC-SHA-256 with the seed as key and the id as message, smallest "
    "first.\n\n"
    "JSON keys: rule, satisfaction, completion, increment, ties, budget, voters, projects, "
    "selected "
    "(ids sorted by code points), total_cost, increments, welfare, tie_breaks, ledger (null "
    "without "
    "--explain). Amounts are whole numbers, or fractions as text: \"57001/2\".",
    tally_options,
    tally_run_command};
