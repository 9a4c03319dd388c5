/* Where we listen, and what systemd is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/base/text.h"
#include "platform/http/socket.h"

static char path[] = "/tmp/radslag-socket-XXXXXX";

static int make_path(void **state) {
    (void)state;
    return mkdtemp(path) == NULL ? -1 : 0;
}

static int remove_path(void **state) {
    (void)state;
    return rmdir(path);
}

static struct listener open_listener(const char *listen) {
    struct listener listener;
    assert_int_equal(listener_open(listen, &listener), ERR_OK);
    return listener;
}

static void test_free_port_is_named(void **state) {
    (void)state;
    struct listener listener = open_listener("127.0.0.1:0");
    assert_true(text_begins(listener.address, "http://127.0.0.1:"));
    assert_string_not_equal(listener.address, "http://127.0.0.1:0");
    /* Taken is taken. */
    struct listener second;
    assert_int_equal(listener_open(listener.address + strlen("http://"), &second), ERR_UNAVAILABLE);
    listener_close(&listener);
}

static void test_malformed_addresses_are_refused(void **state) {
    (void)state;
    static const char *const malformed[] = {
        "",          "8080",       ":8080",          "localhost:8080",
        "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:123456",
        "[::1]",     "unix:",      "systemd"};
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        struct listener listener = {.socket = 77};
        assert_int_equal(listener_open(malformed[i], &listener), ERR_UNAVAILABLE);
        assert_int_equal(listener.socket, 77);
    }
}

static void test_unix_socket_is_for_the_group(void **state) {
    (void)state;
    char listen[64];
    struct stat about;
    (void)snprintf(listen, sizeof listen, "unix:%s/s", path);
    struct listener listener = open_listener(listen);
    assert_int_equal(stat(listen + 5, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0660);
    listener_close(&listener);
    assert_int_not_equal(access(listen + 5, F_OK), 0);
}

static void test_socket_left_by_a_crash_is_taken_over(void **state) {
    (void)state;
    char listen[64];
    (void)snprintf(listen, sizeof listen, "unix:%s/s", path);
    struct listener crashed = open_listener(listen);
    (void)close(crashed.socket);
    struct listener listener = open_listener(listen);
    listener_close(&listener);
    /* A file that is no socket is not ours to remove. */
    FILE *file = fopen(listen + 5, "we");
    assert_non_null(file);
    (void)fclose(file);
    assert_int_equal(listener_open(listen, &listener), ERR_UNAVAILABLE);
    assert_int_equal(unlink(listen + 5), 0);
}

/* systemd hands the socket over as descriptor 3. */
static void test_socket_of_systemd_is_used(void **state) {
    (void)state;
    enum { THIRD = 3 };
    struct listener made = open_listener("127.0.0.1:0"), listener;
    const int saved = dup(THIRD);
    char **const usual = environ;
    char pid[32];
    (void)snprintf(pid, sizeof pid, "LISTEN_PID=%d", (int)getpid());
    if (made.socket != THIRD)
        assert_int_equal(dup2(made.socket, THIRD), THIRD);
    environ = (char *[]){pid, (char *)(uintptr_t) "LISTEN_FDS=2", NULL};
    assert_int_equal(listener_open("systemd", &listener), ERR_UNAVAILABLE);
    environ = (char *[]){pid, (char *)(uintptr_t) "LISTEN_FDS=1", NULL};
    assert_int_equal(listener_open("systemd", &listener), ERR_OK);
    assert_int_equal(listener.socket, THIRD);
    assert_string_equal(listener.address, made.address);
    environ =
        (char *[]){(char *)(uintptr_t) "LISTEN_PID=1", (char *)(uintptr_t) "LISTEN_FDS=1", NULL};
    assert_int_equal(listener_open("systemd", &listener), ERR_UNAVAILABLE);
    environ = usual;
    if (made.socket != THIRD)
        listener_close(&made);
    (void)close(THIRD);
    if (saved >= 0)
        assert_int_equal(dup2(saved, THIRD), THIRD);
    (void)close(saved);
}

static void test_systemd_hears_that_we_are_ready(void **state) {
    (void)state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s/notify", path);
    const int hears = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(hears, (const struct sockaddr *)(const void *)&address, sizeof address),
                     0);
    char **const usual = environ;
    char notify[160];
    (void)snprintf(notify, sizeof notify, "NOTIFY_SOCKET=%s", address.sun_path);
    environ = (char *[]){notify, NULL};
    systemd_notify("READY=1");
    char heard[32] = "";
    assert_int_equal(recv(hears, heard, sizeof heard - 1, MSG_DONTWAIT), strlen("READY=1"));
    assert_string_equal(heard, "READY=1");
    environ = usual;
    systemd_notify("STOPPING=1");
    assert_int_equal(recv(hears, heard, sizeof heard - 1, MSG_DONTWAIT), -1);
    (void)close(hears);
    assert_int_equal(unlink(address.sun_path), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_free_port_is_named),
        cmocka_unit_test(test_malformed_addresses_are_refused),
        cmocka_unit_test(test_unix_socket_is_for_the_group),
        cmocka_unit_test(test_socket_left_by_a_crash_is_taken_over),
        cmocka_unit_test(test_socket_of_systemd_is_used),
        cmocka_unit_test(test_systemd_hears_that_we_are_ready),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
