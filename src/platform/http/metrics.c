#include "platform/http/metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "platform/http/pool.h"
#include "platform/http/route.h"
#include "platform/http/server.h"

/* Statuses that we answer; the last stands for all others. */
static const int statuses[] = {200, 201, 204, 206, 303, 304, 308, 400, 401, 403, 404,
                               405, 408, 409, 410, 413, 415, 422, 429, 500, 503, 0};
enum { STATUS_COUNT = sizeof statuses / sizeof statuses[0] };

/* Upper ends of the histogram, µs. */
static const int64_t ends_us[] = {100,   250,   500,    1000,   2500,   5000,    10000,
                                  25000, 50000, 100000, 250000, 500000, 1000000, 5000000};
enum { END_COUNT = sizeof ends_us / sizeof ends_us[0] };

struct tally {
    _Atomic uint64_t by_status[STATUS_COUNT];
    _Atomic uint64_t by_time[END_COUNT + 1];
    _Atomic uint64_t us;
};

struct metrics {
    size_t count;
    struct tally tallies[];
};

struct metrics *metrics_new(size_t routes) {
    const size_t count = BUILTIN_COUNT + routes;
    struct metrics *metrics = calloc(1, sizeof *metrics + count * sizeof metrics->tallies[0]);
    if (metrics != NULL)
        metrics->count = count;
    return metrics;
}

void metrics_free(struct metrics *metrics) {
    free(metrics);
}

static void add(_Atomic uint64_t *counter, uint64_t n) {
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

void metrics_count(struct metrics *metrics, size_t number, int status, int64_t us) {
    struct tally *tally = &metrics->tallies[number];
    size_t column = 0, bar = 0;
    while (column < STATUS_COUNT - 1 && statuses[column] != status)
        column++;
    while (bar < END_COUNT && us > ends_us[bar])
        bar++;
    add(&tally->by_status[column], 1);
    add(&tally->by_time[bar], 1);
    add(&tally->us, (uint64_t)us);
}

const char *metrics_route_name(const struct http *http, size_t number) {
    static const char *const builtins[BUILTIN_COUNT] = {"none", "static", "/health", "/metrics",
                                                        "/openapi.json"};
    return number < BUILTIN_COUNT ? builtins[number]
                                  : router_route(http->router, number - BUILTIN_COUNT)->path;
}

static const char *route_method(const struct http *http, size_t number) {
    return number < BUILTIN_COUNT
               ? "GET"
               : method_name(router_route(http->router, number - BUILTIN_COUNT)->method);
}

static void head(struct buffer *into, const char *name, const char *type, const char *help) {
    buffer_format(into, "# HELP radslag_%s %s\n# TYPE radslag_%s %s\n", name, help, name, type);
}

static void gauge(struct buffer *into, const char *name, const char *help, uint64_t value) {
    head(into, name, "gauge", help);
    buffer_format(into, "radslag_%s %" PRIu64 "\n", name, value);
}

static void counter(struct buffer *into, const char *name, const char *help, uint64_t value) {
    head(into, name, "counter", help);
    buffer_format(into, "radslag_%s %" PRIu64 "\n", name, value);
}

static void write_requests(const struct http *http, struct buffer *into) {
    head(into, "requests_total", "counter", "requests answered");
    for (size_t i = 0; i < http->metrics->count; i++)
        for (size_t s = 0; s < STATUS_COUNT; s++) {
            const uint64_t n = atomic_load(&http->metrics->tallies[i].by_status[s]);
            if (n > 0)
                buffer_format(into,
                              "radslag_requests_total{route=\"%s\",method=\"%s\",status=\"%d\"} "
                              "%" PRIu64 "\n",
                              metrics_route_name(http, i), route_method(http, i), statuses[s], n);
        }
}

static void write_latency(const struct http *http, struct buffer *into) {
    uint64_t by_time[END_COUNT + 1] = {0}, us = 0, sum = 0;
    for (size_t i = 0; i < http->metrics->count; i++) {
        us += atomic_load(&http->metrics->tallies[i].us);
        for (size_t t = 0; t <= END_COUNT; t++)
            by_time[t] += atomic_load(&http->metrics->tallies[i].by_time[t]);
    }
    head(into, "request_seconds", "histogram", "from the head of a request to its answer");
    for (size_t t = 0; t < END_COUNT; t++) {
        sum += by_time[t];
        buffer_format(into, "radslag_request_seconds_bucket{le=\"%g\"} %" PRIu64 "\n",
                      (double)ends_us[t] / 1e6, sum);
    }
    sum += by_time[END_COUNT];
    buffer_format(into,
                  "radslag_request_seconds_bucket{le=\"+Inf\"} %" PRIu64
                  "\nradslag_request_seconds_sum %g\nradslag_request_seconds_count %" PRIu64 "\n",
                  sum, (double)us / 1e6, sum);
}

static void write_store(const struct http *http, struct buffer *into) {
    const struct store_state store = store_state(http->options.store);
    gauge(into, "acts_waiting", "writes that wait for the lane", store.queued);
    gauge(into, "readers_busy", "reading connections in use", store.readers_busy);
    counter(into, "acts_total", "writes on disk", store.acts);
    counter(into, "commits_total", "transactions that carried them", store.commits);
    counter(into, "reruns_total", "writes run again after another's commit", store.reruns);
    gauge(into, "commit_microseconds", "the last flush to disk", (uint64_t)store.commit_us_last);
    gauge(into, "lane_microseconds", "the last batch of writes", (uint64_t)store.lane_us_last);
}

static uint64_t resident_bytes(void) {
    FILE *file = fopen("/proc/self/statm", "re");
    char line[128] = ""; /* pages: whole, resident … */
    if (file == NULL)
        return 0;
    const char *resident = fgets(line, sizeof line, file) == NULL ? NULL : strchr(line, ' ');
    (void)fclose(file);
    return resident == NULL ? 0 : strtoull(resident, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void write_words(struct buffer *into) {
    head(into, "word_fallbacks_total", "counter", "words missing in a language, shown in another");
    for (enum language language = 0; language < LANGUAGE_COUNT; language++)
        if (language_offered(language))
            buffer_format(into, "radslag_word_fallbacks_total{language=\"%s\"} %" PRIu64 "\n",
                          language_code(language), words_fallbacks(language));
}

void metrics_write(struct http *http, struct buffer *into) {
    const struct pool_state pool = pool_state(http->pool), slow = pool_state(http->slow_pool);
    const struct cache_state cache = cache_state(http->cache);
    const struct server_state server = server_state(http->server);
    write_requests(http, into);
    write_latency(http, into);
    gauge(into, "requests_waiting", "requests that wait for a worker", pool.waiting);
    gauge(into, "workers_busy", "workers at work", pool.busy);
    gauge(into, "slow_requests_waiting", "log-ins and the like that wait for theirs", slow.waiting);
    counter(into, "requests_refused_total", "requests refused because too many waited",
            pool.refused + slow.refused);
    gauge(into, "connections", "open connections", server.connections);
    counter(into, "requests_unanswered_total", "requests malformed beyond reading, or left",
            server.unanswered);
    counter(into, "connections_reaped_total", "connections shut at their deadline", server.reaped);
    gauge(into, "cache_entries", "pages kept", cache.entries);
    gauge(into, "cache_bytes", "memory of kept pages", cache.bytes);
    counter(into, "cache_hits_total", "answers from kept pages", cache.hits);
    counter(into, "cache_misses_total", "pages that were not kept", cache.misses);
    write_store(http, into);
    write_words(into);
    gauge(into, "resident_bytes", "memory of the process", resident_bytes());
    if (http->options.hooks->metrics != NULL)
        http->options.hooks->metrics(into);
}
