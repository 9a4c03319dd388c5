/* deploy/nginx.conf as it is given to people, in front of our unix socket: the abuse list, a page,
 * and what it tells us of the visitor. Skipped without nginx. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/base/embedded.h"
#include "platform/base/text.h"
#include "platform/db/test_store.h"
#include "platform/http/tests/site/site.h"
#include "platform/http/tests/wire.h"
#include "tests/abuse/probes.h"

enum { SLOW_MS = 6000, ANSWER_MS = 5000, CONFIGURATION_BYTES = 64 << 10 };

static const char nginx[] = "/usr/sbin/nginx";

static struct http *http;
static struct arena *arena;
static const char *folder, *address;
static pid_t server;

/* ---- the configuration, made fit for a test ---- */

/* Each line that begins with `start` (after white space) becomes `line`; there must be one. */
static const char *with_line(const char *text, const char *start, const char *line) {
    struct buffer into = buffer_in(arena, CONFIGURATION_BYTES);
    bool found = false;
    for (const char *at = text; *at != '\0';) {
        const size_t length = strcspn(at, "\n") + 1;
        const bool is_it = text_begins(at + strspn(at, " "), start);
        if (is_it)
            buffer_format(&into, "%s\n", line);
        else
            buffer_add(&into, at, length);
        found |= is_it;
        at += length;
    }
    if (!found)
        fail_msg("deploy/nginx.conf has no line \"%s\"", start);
    return buffer_string(&into);
}

static int free_port(void) {
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof any;
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(probe, (struct sockaddr *)(void *)&any, sizeof any), 0);
    assert_int_equal(getsockname(probe, (struct sockaddr *)(void *)&any, &length), 0);
    (void)close(probe);
    return ntohs(any.sin_port);
}

/* Plain HTTP on loopback instead of TLS on the open internet; shorter patience. All else stays. */
static const char *configuration(int port, const char *socket) {
    const struct embedded *given = embedded_find("deploy/nginx.conf");
    assert_non_null(given);
    const char *site = (const char *)given->bytes;
    site = with_line(site, "listen 80", "listen unix:unused.socket;");
    site = with_line(site, "listen [::]:80", "");
    site = with_line(site, "listen 443", arena_format(arena, "listen 127.0.0.1:%d;", port));
    site = with_line(site, "listen [::]:443", "");
    site = with_line(site, "ssl_", "");
    site = with_line(site, "server unix:", arena_format(arena, "server %s;", socket));
    site = with_line(site, "client_header_timeout", "client_header_timeout 2s;");
    return arena_format(arena,
                        "daemon off; master_process off; pid nginx.pid; error_log stderr crit;\n"
                        "events { worker_connections 512; }\n"
                        "http { access_log off; client_body_temp_path body; proxy_temp_path proxy;"
                        "fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;\n%s}\n",
                        site);
}

/* ---- starting and ending ---- */

static void start_nginx(int port, const char *socket) {
    const char *path = arena_format(arena, "%s/nginx.conf", folder);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fputs(configuration(port, socket), file) >= 0);
    assert_int_equal(fclose(file), 0);
    server = fork();
    if (server == 0) {
        (void)execl(nginx, nginx, "-p", folder, "-c", path, "-e", "stderr", (char *)NULL);
        _exit(127);
    }
}

static bool answers(int port) {
    struct sockaddr_in where = {.sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                                .sin_port = htons((uint16_t)port)};
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool is_there =
        connect(probe, (const struct sockaddr *)(const void *)&where, sizeof where) == 0;
    (void)close(probe);
    return is_there;
}

static void wait_for_nginx(int port) {
    const int64_t until = wire_ms() + ANSWER_MS;
    while (!answers(port)) {
        if (wire_ms() > until || waitpid(server, NULL, WNOHANG) == server)
            fail_msg("nginx does not start");
        (void)usleep(10000);
    }
}

static int open_both(void **state) {
    static char made[] = "/tmp/radslag-nginx-XXXXXX";
    if (access(nginx, X_OK) != 0)
        return 0;
    if (test_store_open_sqlite(state) != 0 || mkdtemp(made) == NULL)
        return -1;
    folder = made;
    arena = arena_new(8 << 20);
    struct http_options options = site_options(test_store(state));
    options.listen = arena_format(arena, "unix:%s/radslag.socket", folder);
    options.has_no_rates = true;
    http = site_start(&options);
    const int port = free_port();
    address = arena_format(arena, "http://127.0.0.1:%d", port);
    start_nginx(port, options.listen);
    wait_for_nginx(port);
    return 0;
}

static int close_both(void **state) {
    if (http == NULL)
        return 0;
    (void)kill(server, SIGTERM);
    (void)waitpid(server, NULL, 0);
    http_stop(http);
    const pid_t sweeper = fork();
    if (sweeper == 0) {
        (void)execl("/bin/rm", "rm", "-r", folder, (char *)NULL);
        _exit(127);
    }
    (void)waitpid(sweeper, NULL, 0);
    arena_free(arena);
    return test_store_gone(state);
}

static void need_nginx(void) {
    if (http == NULL) {
        print_message("nginx is not installed\n");
        skip();
    }
}

/* ---- tests ---- */

static void test_probes_are_refused_in_front(void **state) {
    (void)state;
    need_nginx();
    probes_run(address, true);
}

static void test_long_head_is_refused_in_front(void **state) {
    (void)state;
    need_nginx();
    probe_long_head(address);
}

static void test_slow_head_is_cut_off_in_front(void **state) {
    (void)state;
    need_nginx();
    probe_slow_head(address, SLOW_MS);
}

static void test_page_comes_through(void **state) {
    (void)state;
    need_nginx();
    static const char request[] = "GET / HTTP/1.1\r\nHost: delta.example.se\r\n\r\n";
    struct wire wire = wire_ask(address, request, sizeof request - 1, ANSWER_MS);
    assert_int_equal(wire_status(&wire, 0), 200);
    assert_non_null(strstr(wire.bytes, "<title>Anslagstavla</title>"));
    wire_close(&wire);
}

static void test_claims_of_the_visitor_are_thrown_away(void **state) {
    (void)state;
    need_nginx();
    static const char request[] =
        "GET /echo HTTP/1.1\r\nHost: Delta.Example.se\r\nX-Forwarded-For: 6.6.6.6\r\n"
        "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n\r\n";
    struct wire wire = wire_ask(address, request, sizeof request - 1, ANSWER_MS);
    assert_int_equal(wire_status(&wire, 0), 200);
    /* Plain HTTP to this nginx: so that is what we are told. */
    assert_non_null(strstr(wire.bytes, "\r\n\r\ndelta.example.se|/echo|127.0.0.1|open|-1"));
    wire_close(&wire);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_probes_are_refused_in_front),
        cmocka_unit_test(test_long_head_is_refused_in_front),
        cmocka_unit_test(test_slow_head_is_cut_off_in_front),
        cmocka_unit_test(test_page_comes_through),
        cmocka_unit_test(test_claims_of_the_visitor_are_thrown_away),
    };
    return cmocka_run_group_tests_name("nginx", tests, open_both, close_both);
}
