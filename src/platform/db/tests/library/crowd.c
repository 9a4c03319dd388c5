#include "platform/db/tests/library/crowd.h"

#include <stdio.h>
#include <stdlib.h>

enum error adding_run(struct act *act, struct db *db) {
    const struct adding *adding = (const struct adding *)act;
    char isbn[24];
    (void)snprintf(isbn, sizeof isbn, "%d", adding->number);
    return book_add(db, isbn, "title");
}

void adding_done(struct act *act, enum error error) {
    struct adding *adding = (struct adding *)act;
    adding->error = error;
    atomic_fetch_add(&adding->times_done, 1);
    sem_post(adding->finished);
}

struct adding *addings(int first, size_t count, sem_t *finished) {
    struct adding *all = calloc(count, sizeof *all);
    assert_non_null(all);
    for (size_t i = 0; i < count; i++)
        all[i] = (struct adding){.act = {.run = adding_run, .done = adding_done},
                                 .number = first + (int)i,
                                 .error = ERR_COUNT,
                                 .finished = finished};
    return all;
}

void await(sem_t *semaphore, size_t times) {
    for (size_t i = 0; i < times; i++)
        while (sem_wait(semaphore) != 0)
            continue;
}

static enum error gate_run(struct act *act, struct db *db) {
    struct gate *gate = (struct gate *)act;
    (void)db;
    sem_post(&gate->entered);
    await(&gate->open, 1);
    return ERR_OK;
}

static void gate_done(struct act *act, enum error error) {
    struct gate *gate = (struct gate *)act;
    (void)error;
    sem_post(&gate->finished);
}

void gate_close(struct gate *gate, struct store *store) {
    *gate = (struct gate){.act = {.run = gate_run, .done = gate_done}};
    sem_init(&gate->entered, 0, 0);
    sem_init(&gate->open, 0, 0);
    sem_init(&gate->finished, 0, 0);
    assert_int_equal(store_submit(store, &gate->act), ERR_OK);
    await(&gate->entered, 1);
}

void gate_open(struct gate *gate) {
    sem_post(&gate->open);
    await(&gate->finished, 1);
}
