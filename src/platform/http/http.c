/* The service: start and stop in the right order. */
#include "platform/http/http.h"

#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/http/exchange.h"
#include "platform/http/keys.h"
#include "platform/http/metrics.h"
#include "platform/http/openapi.h"
#include "platform/http/page.h"
#include "platform/http/pool.h"
#include "platform/http/rate.h"
#include "platform/http/response.h"
#include "platform/http/route.h"
#include "platform/http/server.h"
#include "platform/http/static.h"
#include "platform/http/work.h"

enum {
    SERVICE_BYTES_MAX = 64 << 20,
    FILES_WANTED = 8192,
    CACHE_BYTES_MAX = 16 << 20,
    RATE_BUCKETS = 32 << 10,
    SLOW_QUEUE = 32,
    OPENAPI_BYTES_MAX = 1 << 20,
    QUEUE_LIMIT_USUAL = 1024,
    HEADER_SECONDS_USUAL = 10,
    BODY_SECONDS_USUAL = 30
};

static void fill_options(struct http_options *options) {
    if (options->workers <= 0)
        options->workers = 2 * (int)sysconf(_SC_NPROCESSORS_ONLN);
    if (options->queue_limit == 0)
        options->queue_limit = QUEUE_LIMIT_USUAL;
    if (options->header_seconds <= 0)
        options->header_seconds = HEADER_SECONDS_USUAL;
    if (options->body_seconds <= 0)
        options->body_seconds = BODY_SECONDS_USUAL;
    if (options->upload_folder == NULL)
        options->upload_folder = "/tmp";
    if (options->clock == NULL)
        options->clock = instant_now;
}

/* A descriptor for each connection that the library may take. */
static void allow_connections(void) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= FILES_WANTED)
        return;
    files.rlim_cur = files.rlim_max < FILES_WANTED ? files.rlim_max : FILES_WANTED;
    (void)setrlimit(RLIMIT_NOFILE, &files);
}

static enum error open_keys(struct http *http) {
    unsigned char key[KEY_BYTES];
    if (http->options.keys == NULL)
        randombytes_buf(key, sizeof key);
    else
        TRY(key_open(http->options.keys, "server.key", key));
    key_derive(key, "form", http->form_key);
    sodium_memzero(key, sizeof key);
    return ERR_OK;
}

static enum error make_routes(struct http *http) {
    const char *reason = NULL;
    if (router_new(http->arena, route_tables, &http->router, &reason) != ERR_OK) {
        log_fault("routes", LOG_TEXT("why", reason));
        return ERR_FAULT;
    }
    return pages_bind(http->arena, http->router, http->options.hooks, &http->pages);
}

/* Written once: kept like a page that never changes. */
static enum error describe_api(struct http *http) {
    static const uint64_t no_versions[64];
    struct buffer into = buffer_in(http->arena, OPENAPI_BYTES_MAX);
    openapi_write(&into, http->options.version == NULL ? "0" : http->options.version);
    const char *text = buffer_string(&into);
    const struct keeping keeping = {.key = "/openapi.json",
                                    .type = "application/json",
                                    .bytes = text,
                                    .length = into.length,
                                    .versions = no_versions,
                                    .expires = INT64_MAX};
    http->openapi = cache_keep(http->cache, &keeping);
    return http->openapi == NULL ? ERR_UNAVAILABLE : ERR_OK;
}

/* Passwords and pictures take at most half the cores: pages never wait for them. */
static int slow_workers(void) {
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 3 ? (int)(cores / 2) : 1;
}

static enum error make_parts(struct http *http) {
    http->cache = cache_new(CACHE_BYTES_MAX, response_forget);
    http->rate = rate_new(RATE_BUCKETS);
    http->metrics = metrics_new(router_count(http->router));
    http->pool = pool_new(http->options.workers, http->options.queue_limit);
    http->slow_pool = pool_new(slow_workers(), SLOW_QUEUE);
    const bool whole = http->cache != NULL && http->rate != NULL && http->metrics != NULL &&
                       http->pool != NULL && http->slow_pool != NULL;
    return whole ? describe_api(http) : ERR_UNAVAILABLE;
}

static void *compress_statics(void *nothing) {
    static_compress();
    return nothing;
}

static void start_compressing(struct http *http) {
    http->is_compressing = pthread_create(&http->compressor, NULL, compress_statics, NULL) == 0;
}

static enum error start(struct http *http) {
    struct listener listener;
    TRY(open_keys(http));
    TRY(make_routes(http));
    TRY(make_parts(http));
    flight_open(&http->flight);
    if (http->options.listen == NULL)
        return ERR_OK;
    TRY(listener_open(http->options.listen, &listener));
    memcpy(http->address, listener.address, sizeof http->address);
    if (server_start(http, &listener, &http->server) != ERR_OK) {
        listener_close(&listener);
        return ERR_UNAVAILABLE;
    }
    start_compressing(http);
    systemd_notify("READY=1");
    return ERR_OK;
}

static void free_parts(struct http *http) {
    pool_free(http->slow_pool);
    pool_free(http->pool);
    kept_release(http->openapi);
    metrics_free(http->metrics);
    rate_free(http->rate);
    cache_free(http->cache);
    arena_free(http->arena);
    sodium_memzero(http->form_key, sizeof http->form_key);
    free(http);
}

enum error http_start(const struct http_options *options, struct http **ret_http) {
    struct http *http = calloc(1, sizeof *http);
    if (http == NULL || sodium_init() < 0) {
        free(http);
        return ERR_UNAVAILABLE;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    allow_connections();
    http->options = *options;
    fill_options(&http->options);
    http->arena = arena_new(SERVICE_BYTES_MAX);
    randombytes_buf(http->id_key, sizeof http->id_key);
    const enum error error = start(http);
    if (error != ERR_OK) {
        free_parts(http);
        return error;
    }
    *ret_http = http;
    return ERR_OK;
}

const char *http_address(const struct http *http) {
    return http->address;
}

void http_stop(struct http *http) {
    if (http == NULL)
        return;
    systemd_notify("STOPPING=1");
    server_quiesce(http->server);
    flight_close(&http->flight, -1);
    server_stop(http->server);
    if (http->is_compressing)
        pthread_join(http->compressor, NULL);
    free_parts(http);
}
