#include "platform/mail/tests/server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

struct server {
    pid_t process;
    FILE *commands, *answers;
    char address[64];
};

static const char script[] = __FILE__; /* beside this file */

/* `more`: options of the script, ended by NULL. */
static void start(struct server *server, const char *const *more, int commands, int answers) {
    char path[4096];
    posix_spawn_file_actions_t actions;
    char python[] = "python3";
    char *arguments[10] = {python, path};
    for (size_t i = 0; more[i] != NULL; i++)
        arguments[i + 2] = (char *)(uintptr_t)more[i];
    (void)snprintf(path, sizeof path, "%.*ssmtp_server.py",
                   (int)(strrchr(script, '/') + 1 - script), script);
    assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, commands, 0), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, answers, 1), 0);
    assert_int_equal(
        posix_spawn(&server->process, "/usr/bin/python3", &actions, NULL, arguments, environ), 0);
    (void)posix_spawn_file_actions_destroy(&actions);
}

static struct server *begin(const char *scheme, const char *const *more) {
    int commands[2], answers[2];
    char line[40];
    struct server *server = calloc(1, sizeof *server);
    assert_non_null(server);
    assert_int_equal(pipe2(commands, O_CLOEXEC), 0);
    assert_int_equal(pipe2(answers, O_CLOEXEC), 0);
    start(server, more, commands[0], answers[1]);
    (void)close(commands[0]);
    (void)close(answers[1]);
    server->commands = fdopen(commands[1], "w");
    server->answers = fdopen(answers[0], "r");
    assert_non_null(fgets(line, sizeof line, server->answers));
    assert_memory_equal(line, "port ", 5);
    (void)snprintf(server->address, sizeof server->address, "%s://127.0.0.1:%ld", scheme,
                   strtol(line + 5, NULL, 10));
    return server;
}

struct server *server_new(const char *log_in) {
    const char *const more[] = {log_in == NULL ? NULL : "--log-in", log_in, NULL};
    return begin("smtp", more);
}

struct server *server_new_tls(const char *how, const char *name, const char *folder) {
    const char *const more[] = {"--tls", how, "--name", name, "--folder", folder, NULL};
    return begin(strcmp(how, "smtps") == 0 ? "smtps" : "smtp", more);
}

void server_free(struct server *server) {
    (void)fclose(server->commands);
    (void)fclose(server->answers);
    (void)waitpid(server->process, NULL, 0);
    free(server);
}

const char *server_address(const struct server *server) {
    return server->address;
}

/* One line back, owned by caller. */
static char *ask(struct server *server, const char *command) {
    char *line = NULL;
    size_t room = 0;
    assert_true(fprintf(server->commands, "%s\n", command) > 0);
    assert_int_equal(fflush(server->commands), 0);
    assert_true(getline(&line, &room, server->answers) > 0);
    return line;
}

void server_tell(struct server *server, const char *command) {
    char *answer = ask(server, command);
    assert_string_equal(answer, "ok\n");
    free(answer);
}

static json_t *ask_json(struct server *server, const char *command) {
    char *answer = ask(server, command);
    json_t *json = json_loads(answer, 0, NULL);
    free(answer);
    assert_non_null(json);
    return json;
}

static size_t counted(struct server *server, const char *name) {
    json_t *json = ask_json(server, "state");
    const size_t count = (size_t)json_integer_value(json_object_get(json, name));
    json_decref(json);
    return count;
}

size_t server_messages(struct server *server) {
    return counted(server, "messages");
}

size_t server_connections(struct server *server) {
    return counted(server, "connections");
}

json_t *server_message(struct server *server, size_t number) {
    char command[40];
    (void)snprintf(command, sizeof command, "message %zu", number);
    return ask_json(server, command);
}

const char *message_text(const json_t *message, const char *object, const char *name) {
    return json_string_value(json_object_get(json_object_get(message, object), name));
}

const char *message_part(const json_t *message, size_t number) {
    const json_t *part = json_array_get(json_object_get(message, "parts"), number);
    return json_string_value(json_object_get(part, "text"));
}
