/* Durable acts per second: how many ballots the write lane takes while so many clients each wait
 * for their own commit.
 *
 *     acts [SECONDS] ADDRESS…       sqlite:PATH or postgresql://…, an empty database each
 *
 * A client here is an act that submits itself again when it is done, so that the lane is measured
 * and not the threads that would wait for it. Prints one line for each address and number of
 * clients. */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "acts_statements.h"
#include "platform/db/db.h"

enum { VOTERS = 100000, SAMPLES = 1 << 22, LANES = 2 };

struct client {
    struct act act;
    struct store *store;
    uint64_t chance;
    int64_t began;
};

static struct {
    atomic_bool stopping;
    atomic_int running, failed;
    atomic_size_t done;
    sem_t ended;
    int32_t *latency_us; /* one for each act, as far as there is room */
} run;

static int64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static enum error tick(struct act *act, struct db *db) {
    const struct client *client = (const struct client *)act;
    return db_exec(db, &sql_ballot_set,
                   WITH(BIND_INT("tenant", 1), BIND_INT("poll", 1),
                        BIND_INT("voter", (int64_t)(client->chance >> 33) % VOTERS),
                        BIND_TEXT("choices", "17 42 108")),
                   NULL);
}

static void client_ends(void) {
    if (atomic_fetch_sub(&run.running, 1) == 1)
        sem_post(&run.ended);
}

static void client_begins(struct client *client) {
    client->chance = client->chance * UINT64_C(6364136223846793005) + 1;
    client->began = now_us();
    if (atomic_load(&run.stopping) || store_submit(client->store, &client->act) != ERR_OK)
        client_ends();
}

static void ticked(struct act *act, enum error error) {
    struct client *client = (struct client *)act;
    const size_t n = atomic_fetch_add(&run.done, 1);
    if (n < SAMPLES)
        run.latency_us[n] = (int32_t)(now_us() - client->began);
    if (error != ERR_OK)
        atomic_fetch_add(&run.failed, 1);
    client_begins(client);
}

static int by_size(const void *a, const void *b) {
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static void pause_for(double seconds) {
    const struct timespec time = {.tv_sec = (time_t)seconds,
                                  .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)};
    (void)nanosleep(&time, NULL);
}

static void report(const char *engine, size_t clients, double seconds, struct store_state before,
                   struct store_state after) {
    const size_t done = atomic_load(&run.done), samples = done < SAMPLES ? done : SAMPLES;
    qsort(run.latency_us, samples, sizeof *run.latency_us, by_size);
    const uint64_t commits = after.commits - before.commits;
    printf("%-10s %4zu clients %8.0f acts/s  p50 %6d us  p99 %6d us  %5.1f acts/commit  "
           "%llu reruns  %d failed\n",
           engine, clients, (double)done / seconds, run.latency_us[samples / 2],
           run.latency_us[samples * 99 / 100], (double)done / (double)(commits == 0 ? 1 : commits),
           (unsigned long long)(after.reruns - before.reruns), atomic_load(&run.failed));
    (void)fflush(stdout);
}

static void measure(struct store *store, const char *engine, size_t count, double seconds) {
    struct client *clients = calloc(count, sizeof *clients);
    if (clients == NULL)
        abort();
    atomic_store(&run.stopping, false);
    atomic_store(&run.done, 0);
    atomic_store(&run.failed, 0);
    atomic_store(&run.running, (int)count);
    const struct store_state before = store_state(store);
    const int64_t start = now_us();
    for (size_t i = 0; i < count; i++) {
        clients[i] =
            (struct client){.act = {.run = tick, .done = ticked}, .store = store, .chance = i + 1};
        client_begins(&clients[i]);
    }
    pause_for(seconds);
    atomic_store(&run.stopping, true);
    while (sem_wait(&run.ended) != 0)
        continue;
    report(engine, count, (double)(now_us() - start) / 1e6, before, store_state(store));
    free(clients);
}

static int measure_address(const char *address, double seconds) {
    static const size_t counts[] = {1, 8, 64, 256};
    const struct store_options options = {
        .address = address, .readers = 1, .lanes = LANES, .queue_limit = 10000};
    struct store *store;
    if (store_open(&options, &store) != ERR_OK)
        return 1;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        measure(store, strncmp(address, "sqlite:", 7) == 0 ? "sqlite" : "postgresql", counts[i],
                seconds);
    store_close(store);
    return 0;
}

int main(int count, char **arguments) {
    double seconds = 2;
    int first = 1, status = 0;
    if (count > 1 && strtod(arguments[1], NULL) > 0) {
        seconds = strtod(arguments[1], NULL);
        first = 2;
    }
    if (first >= count) {
        (void)fprintf(stderr, "acts [SECONDS] ADDRESS...\n");
        return 2;
    }
    sem_init(&run.ended, 0, 0);
    run.latency_us = calloc(SAMPLES, sizeof *run.latency_us);
    if (run.latency_us == NULL)
        return 1;
    for (int i = first; i < count; i++)
        status |= measure_address(arguments[i], seconds);
    free(run.latency_us);
    return status;
}
