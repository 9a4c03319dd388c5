/* Any bytes as a request to a whole service: door, workers, lane, templates. Never a fault of ours.
 *
 * First line: G or P and the target; then header lines, an empty line, the body. */
#include <stdlib.h>
#include <string.h>

#include "platform/base/log.h"
#include "platform/db/test_store.h"
#include "platform/http/tests/site/site.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { LINES_MAX = 40 };

static struct http *http;
static void *state;

static void end(void) {
    http_stop(http);
    (void)test_store_gone(&state);
}

static void begin(void) {
    if (test_store_open_sqlite(&state) != 0 || atexit(end) != 0)
        abort();
    struct http_options options = site_options(test_store(&state));
    options.has_no_rates = true;
    http = site_start(&options);
    log_threshold(LOG_FAULT_);
}

/* Cuts lines off the text until an empty one; what is left is the body. */
static char *cut_lines(char *text, const char *lines[LINES_MAX + 1], size_t *ret_count) {
    size_t count = 0;
    while (text != NULL && *text != '\n' && *text != '\0' && count < LINES_MAX) {
        char *end_of_line = strchr(text, '\n');
        lines[count++] = text;
        text = end_of_line == NULL ? NULL : end_of_line + 1;
        if (end_of_line != NULL)
            *end_of_line = '\0';
    }
    *ret_count = count;
    return text == NULL || *text == '\0' ? NULL : text + 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (http == NULL)
        begin();
    struct arena *arena = arena_new(64 << 20);
    char *text = arena_copy_span(arena, (const char *)bytes, length);
    const char *lines[LINES_MAX + 1] = {0};
    size_t count = 0;
    const char *body = cut_lines(text, lines, &count);
    struct http_test_reply reply;
    if (count > 0 && lines[0][0] != '\0') {
        const size_t body_length = body == NULL ? 0 : length - (size_t)(body - text);
        if (http_test(http, arena, lines[0][0] == 'P' ? METHOD_POST : METHOD_GET, "board.example",
                      lines[0] + 1, lines + 1, body, body_length, &reply) != ERR_OK ||
            reply.status < 200 || (reply.status >= 500 && reply.status != 503))
            abort();
    }
    arena_free(arena);
    return 0;
}
