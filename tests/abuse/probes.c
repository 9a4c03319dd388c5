#include "tests/abuse/probes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/http/tests/wire.h"

enum { ANSWER_MS = 3000, LONG_HEAD_BYTES = 64 << 10 };

static const int refused[] = {400, 0}, too_large[] = {400, 413, 0}, unknown[] = {400, 405, 501, 0},
                 version[] = {400, 505, 0};

#define PROBE(name, statuses, text)                                                                \
    { name, text, sizeof(text) - 1, statuses, false }
#define MENDED(name, statuses, text)                                                               \
    { name, text, sizeof(text) - 1, statuses, true }

const struct probe probes[] = {
    PROBE("no Host", refused, "GET / HTTP/1.1\r\n\r\n"),
    PROBE("two Host", refused, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    PROBE(
        "two lengths that differ", refused,
        "POST /notes HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
    PROBE(
        "length and coding", refused,
        "POST /notes HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"),
    PROBE("length +5", refused,
          "POST /notes HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello"),
    PROBE("length 1e20", too_large,
          "POST /notes HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000000000000000\r\n\r\nhello"),
    PROBE("space before colon", refused, "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
    PROBE("space before colon of another field", refused,
          "GET / HTTP/1.1\r\nHost: a\r\nContent-Length : 5\r\n\r\n"),
    PROBE("folded line", refused, "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n"),
    PROBE("folded line between", refused,
          "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n\tc\r\nX-B: d\r\n\r\n"),
    PROBE("folded line of nothing", refused, "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n \r\n\r\n"),
    PROBE("folded first line", refused, "GET / HTTP/1.1\r\n Host: a\r\nHost: b\r\n\r\n"),
    PROBE("NUL in a value", refused, "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n"),
    PROBE("NUL in a value between", refused,
          "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\nX-B: d\r\n\r\n"),
    PROBE("NUL at the end of a value", refused, "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\0\r\n\r\n"),
    PROBE("NUL in the target", refused, "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"),
    PROBE("CR in a value", refused, "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\rX-B: c\r\n\r\n"),
    PROBE("coding we do not know", unknown,
          "POST /notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    PROBE("coding of HTTP/1.0", refused,
          "POST /notes HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    MENDED("line without colon", refused, "GET / HTTP/1.1\r\nHost: a\r\nfoo\r\n\r\n"),
    PROBE("version 3.7", version, "GET / HTTP/3.7\r\nHost: a\r\n\r\n"),
    {NULL, NULL, 0, NULL, false}};

static bool is_wanted(int status, const int *statuses) {
    for (; *statuses != 0; statuses++)
        if (*statuses == status)
            return true;
    return false;
}

static void run(const char *address, const struct probe *probe) {
    struct wire wire = wire_ask(address, probe->bytes, probe->length, ANSWER_MS);
    const int status = wire_status(&wire, 0);
    wire_read(&wire, 2, ANSWER_MS); /* what a smuggled request would bring, or the close */
    if (!is_wanted(status, probe->statuses) || wire_count(&wire) != 1 || !wire.is_closed)
        fail_msg("%s: status %d, %zu answers, %s", probe->name, status, wire_count(&wire),
                 wire.is_closed ? "closed" : "open");
    wire_close(&wire);
}

void probes_run(const char *address, bool is_nginx) {
    for (const struct probe *probe = probes; probe->name != NULL; probe++)
        if (!is_nginx || !probe->nginx_mends)
            run(address, probe);
}

void probe_long_head(const char *address) {
    static char head[LONG_HEAD_BYTES + 64];
    const char start[] = "GET / HTTP/1.1\r\nHost: a\r\nX-A: ", end[] = "\r\n\r\n";
    memcpy(head, start, sizeof start - 1);
    memset(head + sizeof start - 1, 'v', LONG_HEAD_BYTES);
    memcpy(head + sizeof start - 1 + LONG_HEAD_BYTES, end, sizeof end - 1);
    struct wire wire =
        wire_ask(address, head, sizeof start - 1 + LONG_HEAD_BYTES + sizeof end - 1, ANSWER_MS);
    const int status = wire_status(&wire, 0);
    if (status != 431 && status != 400 && status != 414)
        fail_msg("64 KiB head: status %d", status);
    wire_close(&wire);
}

void probe_slow_head(const char *address, int ms) {
    static const char head[] =
        "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: abcdefghijklmnopqrstuvwxyz\r\n";
    struct wire wire = wire_open(address);
    const int64_t start = wire_ms();
    for (size_t i = 0; i < sizeof head - 1 && !wire.is_closed && wire_ms() - start < ms; i++) {
        (void)wire_send(&wire, &head[i], 1);
        wire_read(&wire, 2, 1000); /* one byte a second, or the end at once */
    }
    if (!wire.is_closed)
        fail_msg("slow head: still open after %d ms", ms);
    wire_close(&wire);
}
