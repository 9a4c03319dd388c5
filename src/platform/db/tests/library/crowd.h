/* Acts of which many wait at once: helpers of the lane's tests. */
#ifndef RADSLAG_DB_TESTS_LIBRARY_CROWD_H
#define RADSLAG_DB_TESTS_LIBRARY_CROWD_H

#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "platform/db/tests/library/library.h"

/* An act that adds the book with its number, and what became of it. */
struct adding {
    struct act act;
    int number;
    atomic_int times_done;
    enum error error;
    sem_t *finished;
};

static inline enum error adding_run(struct act *act, struct db *db) {
    const struct adding *adding = (const struct adding *)act;
    char isbn[24];
    (void)snprintf(isbn, sizeof isbn, "%d", adding->number);
    return book_add(db, isbn, "title");
}

static inline void adding_done(struct act *act, enum error error) {
    struct adding *adding = (struct adding *)act;
    adding->error = error;
    atomic_fetch_add(&adding->times_done, 1);
    sem_post(adding->finished);
}

/* `count` acts numbered from `first`; owned by caller. */
static inline struct adding *addings(int first, size_t count, sem_t *finished) {
    struct adding *all = calloc(count, sizeof *all);
    assert_non_null(all);
    for (size_t i = 0; i < count; i++)
        all[i] = (struct adding){.act = {.run = adding_run, .done = adding_done},
                                 .number = first + (int)i,
                                 .error = ERR_COUNT,
                                 .finished = finished};
    return all;
}

static inline void await(sem_t *semaphore, size_t times) {
    for (size_t i = 0; i < times; i++)
        while (sem_wait(semaphore) != 0)
            continue;
}

/* An act that holds its lane until it is let go, so that what is submitted meanwhile waits. */
struct gate {
    struct act act;
    sem_t entered, open, finished;
};

static inline enum error gate_run(struct act *act, struct db *db) {
    struct gate *gate = (struct gate *)act;
    (void)db;
    sem_post(&gate->entered);
    await(&gate->open, 1);
    return ERR_OK;
}

static inline void gate_done(struct act *act, enum error error) {
    struct gate *gate = (struct gate *)act;
    (void)error;
    sem_post(&gate->finished);
}

/* Returns when the lane is held. */
static inline void gate_close(struct gate *gate, struct store *store) {
    *gate = (struct gate){.act = {.run = gate_run, .done = gate_done}};
    sem_init(&gate->entered, 0, 0);
    sem_init(&gate->open, 0, 0);
    sem_init(&gate->finished, 0, 0);
    assert_int_equal(store_submit(store, &gate->act), ERR_OK);
    await(&gate->entered, 1);
}

/* Lets the lane go on, and waits until the gate's own act is done. */
static inline void gate_open(struct gate *gate) {
    sem_post(&gate->open);
    await(&gate->finished, 1);
}

#endif
