/* radslag tally: what is printed where, and the exit code. PB-8, PB-19. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "commands/command.h"
#include "platform/base/arena.h"

extern const struct command command_tally;

enum { PRINTED_BYTES = 16 << 10, ARGUMENTS_MAX = 12 };

struct ran {
    int status;
    char out[PRINTED_BYTES], err[PRINTED_BYTES];
};

static const char good[] = "META\nkey;value\nnum_projects;3\nnum_votes;3\nbudget;100\n"
                           "vote_type;approval\nPROJECTS\nproject_id;cost;name\n"
                           "p1;60;Bänk\x1b\np2;50;Gunga\np3;40;Brygga\n"
                           "VOTES\nvoter_id;vote\nv1;p1,p2\nv2;p1\nv3;\n";

/* A file with these bytes that has a name as long as it is open. */
static char *file_with(char path[64], const char *bytes, size_t length) {
    const int file = memfd_create("election", 0);
    assert_true(file >= 0);
    assert_true(write(file, bytes, length) == (ssize_t)length);
    (void)snprintf(path, 64, "/proc/self/fd/%d", file);
    return path;
}

static void take(int file, char ret_text[PRINTED_BYTES]) {
    const ssize_t length = pread(file, ret_text, PRINTED_BYTES - 1, 0);
    assert_true(length >= 0);
    ret_text[length] = '\0';
    assert_int_equal(close(file), 0);
}

/* Runs the command in a process of its own. */
static void run(struct ran *ran, const char *const *arguments, int count) {
    const int out = memfd_create("out", 0), err = memfd_create("err", 0);
    const pid_t child = fork();
    if (child == 0) {
        struct options options;
        struct arena *arena = arena_new(1 << 16);
        char *typed[ARGUMENTS_MAX];
        for (int i = 0; i < count && i < ARGUMENTS_MAX; i++)
            typed[i] = arena_copy_text(arena, arguments[i]);
        (void)dup2(out, STDOUT_FILENO);
        (void)dup2(err, STDERR_FILENO);
        const int status = options_read(&command_tally, count, typed, &options)
                               ? command_tally.run(&options)
                               : EXIT_USAGE;
        (void)fflush(stdout);
        _exit(status);
    }
    int status = 0;
    assert_true(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
    ran->status = WEXITSTATUS(status);
    take(out, ran->out);
    take(err, ran->err);
}

#define RUN(ran, ...)                                                                              \
    run((ran), (const char *[]){__VA_ARGS__},                                                      \
        (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)))

static char good_path[64], *good_file;

/* The good file, with `from` replaced by `to`. */
static char *spoilt(char path[64], const char *from, const char *to) {
    char text[1024];
    const char *at = strstr(good, from);
    assert_non_null(at);
    const int length =
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at - good), good, to, at + strlen(from));
    (void)file_with(path, text, (size_t)length);
    return path;
}

static void json_is_one_object(void **state) {
    (void)state;
    static struct ran ran;
    char path[64];
    char *file = spoilt(path, "\x1b", "");
    RUN(&ran, file, "--format", "json");
    assert_int_equal(ran.status, EXIT_DONE);
    assert_string_equal(ran.err, "");
    assert_string_equal(
        ran.out, "{\"rule\":\"greedy\",\"satisfaction\":\"cost\",\"completion\":\"none\","
                 "\"increment\":null,\"ties\":\"id\",\"budget\":100,\"voters\":3,\"projects\":3,"
                 "\"selected\":[\"p1\"],\"total_cost\":60,\"increments\":null,\"welfare\":null,"
                 "\"tie_breaks\":[],\"ledger\":null}\n");
    RUN(&ran, file, "--format=json", "--zero-support", "eligible", "--rule", "greedy",
        "--satisfaction", "cardinality", "--ties", "cost,lot:7");
    assert_int_equal(ran.status, EXIT_DONE);
    assert_non_null(strstr(ran.out, "\"selected\":[\"p1\",\"p3\"]"));
    assert_non_null(strstr(ran.out, "\"ties\":\"cost,lot:7\""));
}

static void text_says_why_PB_8(void **state) {
    (void)state;
    static struct ran ran;
    char path[64];
    char *file = spoilt(path, "\x1b", "");
    RUN(&ran, "--explain", file);
    assert_int_equal(ran.status, EXIT_DONE);
    assert_non_null(
        strstr(ran.out, "in              2 ████████████████████            60  p1  Bänk"));
    assert_non_null(strstr(ran.out, "40 was left, 10 too little; in with 2 more votes, or costing "
                                    "10 less"));
    assert_non_null(strstr(ran.out, "on no ballot; in with 1 more vote\n"));
    assert_non_null(strstr(ran.out, "1 project for 60; 40 left"));
    RUN(&ran, "--minimum-votes", "3", "--stop", file);
    assert_non_null(strstr(ran.out, "below the minimum of 3 votes"));
    assert_non_null(strstr(ran.out, "0 projects for 0; 100 left"));
}

static void faults_are_named_with_file_and_line_PB_19(void **state) {
    (void)state;
    static struct ran ran;
    char first[64], second[64], said[256];
    char *whole = spoilt(first, "\x1b", ""), *bad = spoilt(second, "\x1b\np2;50", "\np2;-50");
    RUN(&ran, bad, whole, "--format", "json");
    assert_int_equal(ran.status, EXIT_USAGE);
    (void)snprintf(said, sizeof said, "radslag: %s:10: cost: expected an amount of 0 or more", bad);
    assert_true(strncmp(ran.err, said, strlen(said)) == 0);
    assert_non_null(strstr(ran.out, "\"selected\":[\"p1\"]")); /* the other is counted */
    RUN(&ran, good_file);
    assert_int_equal(ran.status, EXIT_USAGE);
    assert_non_null(strstr(ran.err, ":9: expected text in UTF-8 without control characters"));
    assert_string_equal(ran.out, "");
}

static void bad_usage_is_refused(void **state) {
    (void)state;
    static struct ran ran;
    static const char *const bad[][2] = {
        {"--rule", "fairest"},       {"--satisfaction", "joy"}, {"--ties", "dice"},
        {"--zero-support", "maybe"}, {"--format", "paper"},     {"--satisfaction", "points"},
        {"--satisfaction", "borda"}, {"--minimum-votes", "-1"}, {"--colour", "red"}};
    char path[64];
    char *file = spoilt(path, "\x1b", "");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        RUN(&ran, bad[i][0], bad[i][1], file);
        assert_int_equal(ran.status, EXIT_USAGE);
        assert_string_equal(ran.out, "");
        assert_true(strncmp(ran.err, "radslag: ", 9) == 0);
    }
    RUN(&ran, "--explain");
    assert_int_equal(ran.status, EXIT_USAGE);
    RUN(&ran, "/nowhere/election.pb");
    assert_int_equal(ran.status, EXIT_USAGE);
    assert_non_null(strstr(ran.err, "/nowhere/election.pb: cannot be read"));
    RUN(&ran, "/proc/self"); /* a folder */
    assert_int_equal(ran.status, EXIT_USAGE);
    assert_non_null(strstr(ran.err, "/proc/self: cannot be read"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_one_object),
        cmocka_unit_test(text_says_why_PB_8),
        cmocka_unit_test(faults_are_named_with_file_and_line_PB_19),
        cmocka_unit_test(bad_usage_is_refused),
    };
    good_file = file_with(good_path, good, sizeof good - 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
