/* Log: one key=value line per event on standard error.
 *
 * Lines carry ids, routes, counts and microseconds; never names, e-mail, addresses, text or
 * choices. Values are quoted when they hold anything but letters, digits and ._/:-+. */
#ifndef RADSLAG_BASE_LOG_H
#define RADSLAG_BASE_LOG_H

#include <stdint.h>

enum log_level { LOG_DEBUG_, LOG_INFO_, LOG_WARNING_, LOG_FAULT_ };

/* One pair; made by LOG_INT and LOG_TEXT, a list is ended by LOG_END. */
struct log_pair {
    const char *key;
    const char *text; /* NULL: use number */
    int64_t number;
};

#define LOG_INT(k, v) ((struct log_pair){.key = (k), .number = (int64_t)(v)})
#define LOG_TEXT(k, v) ((struct log_pair){.key = (k), .text = (v)})
#define LOG_PAIRS(...) ((const struct log_pair[]){__VA_ARGS__, {.key = NULL}})

/* Writes "time=… level=… event=EVENT key=value…" as one write. */
void log_event(enum log_level level, const char *event, const struct log_pair *pairs);

#define log_info(event, ...) log_event(LOG_INFO_, (event), LOG_PAIRS(__VA_ARGS__))
#define log_warning(event, ...) log_event(LOG_WARNING_, (event), LOG_PAIRS(__VA_ARGS__))

/* A fault: adds file, line and errno. */
#define log_fault(event, ...) log_fault_at(__FILE__, __LINE__, (event), LOG_PAIRS(__VA_ARGS__))
void log_fault_at(const char *file, int line, const char *event, const struct log_pair *pairs);

/* Below this level nothing is written; LOG_INFO_ unless told. */
void log_threshold(enum log_level level);

#endif
