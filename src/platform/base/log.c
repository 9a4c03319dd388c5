#include "platform/base/log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

#include "platform/base/instant.h"

enum { LINE_BYTES = 2048 };

static _Atomic int threshold = LOG_INFO_;

void log_threshold(enum log_level level) {
    atomic_store(&threshold, (int)level);
}

struct line {
    char bytes[LINE_BYTES];
    size_t length;
};

/* Leaves room for the line end; what does not fit is cut. */
static void line_add(struct line *line, char c) {
    if (line->length < LINE_BYTES - 1)
        line->bytes[line->length++] = c;
}

static void line_text(struct line *line, const char *text) {
    for (; *text != '\0'; text++)
        line_add(line, *text);
}

static bool is_plain(const char *text) {
    for (const char *c = text; *c != '\0'; c++) {
        const bool alphanumeric =
            (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
        if (!alphanumeric && strchr("._/:-+", *c) == NULL)
            return false;
    }
    return *text != '\0';
}

static void line_value(struct line *line, const char *text) {
    if (is_plain(text)) {
        line_text(line, text);
        return;
    }
    line_add(line, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            line_add(line, '\\');
        line_add(line, (unsigned char)*text < 0x20 ? ' ' : *text);
    }
    line_add(line, '"');
}

static void line_number(struct line *line, int64_t number) {
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%" PRId64, number);
    line_text(line, digits);
}

static void line_begin(struct line *line, enum log_level level, const char *event) {
    static const char *const names[] = {"debug", "info", "warning", "fault"};
    const int64_t now = instant_now();
    const time_t seconds = (time_t)(now / SECONDS(1));
    struct tm utc;
    char stamp[40];
    (void)gmtime_r(&seconds, &utc);
    const size_t length = strftime(stamp, sizeof stamp, "time=%Y-%m-%dT%H:%M:%S", &utc);
    (void)snprintf(stamp + length, sizeof stamp - length, ".%03dZ", (int)(now % SECONDS(1) / 1000));
    line->length = 0;
    line_text(line, stamp);
    line_text(line, " level=");
    line_text(line, names[level]);
    line_text(line, " event=");
    line_value(line, event);
}

static void line_pairs(struct line *line, const struct log_pair *pairs) {
    for (; pairs->key != NULL; pairs++) {
        line_add(line, ' ');
        line_text(line, pairs->key);
        line_add(line, '=');
        if (pairs->text != NULL)
            line_value(line, pairs->text);
        else
            line_number(line, pairs->number);
    }
}

static void line_write(struct line *line) {
    line->bytes[line->length++] = '\n';
    ssize_t written;
    do
        written = write(STDERR_FILENO, line->bytes, line->length);
    while (written < 0 && errno == EINTR);
}

void log_event(enum log_level level, const char *event, const struct log_pair *pairs) {
    struct line line;
    if ((int)level < atomic_load(&threshold))
        return;
    line_begin(&line, level, event);
    line_pairs(&line, pairs);
    line_write(&line);
}

void log_fault_at(const char *file, int line_in_file, const char *event,
                  const struct log_pair *pairs) {
    const int saved = errno;
    struct line line;
    line_begin(&line, LOG_FAULT_, event);
    line_pairs(&line, pairs);
    line_text(&line, " at=");
    line_text(&line, file);
    line_add(&line, ':');
    line_number(&line, line_in_file);
    if (saved != 0) {
        line_text(&line, " errno=");
        line_number(&line, saved);
    }
    line_write(&line);
    errno = saved;
}
