/* Acts of which many wait at once. */
#ifndef RADSLAG_DB_TESTS_LIBRARY_CROWD_H
#define RADSLAG_DB_TESTS_LIBRARY_CROWD_H

#include <semaphore.h>
#include <stdatomic.h>

#include "platform/db/tests/library/library.h"

/* An act that adds the book with its number, and what became of it. */
struct adding {
    struct act act;
    int number;
    atomic_int times_done;
    enum error error;
    sem_t *finished;
};

/* The act's two parts, for acts that do more. */
enum error adding_run(struct act *act, struct db *db);

/* Keeps the result and posts `finished`. */
void adding_done(struct act *act, enum error error);

/* `count` acts numbered from `first`; owned by caller (free). */
struct adding *addings(int first, size_t count, sem_t *finished);

/* Waits so many times. */
void await(sem_t *semaphore, size_t times);

/* An act that holds its lane until it is let go, so that what is submitted meanwhile waits. */
struct gate {
    struct act act;
    sem_t entered, open, finished;
};

/* Returns when the lane is held. */
void gate_close(struct gate *gate, struct store *store);

/* Lets the lane go on, and waits until the gate's own act is done. */
void gate_open(struct gate *gate);

#endif
