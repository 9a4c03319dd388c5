/* The demonstration: Ljungsjö kommun, invented, with people in every role, pages in every state,
 * and things to do. Dates are counted from the day it is filled, so it is alive on any day.
 *
 * The texts stand in data/: people.csv and one file per page. */
#ifndef RADSLAG_DEMO_H
#define RADSLAG_DEMO_H

#include <stdio.h>

#include "platform/base/error.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

/* Host name of the demonstration municipality; it answers on 127.0.0.1 and localhost too. */
#define DEMO_HOST "ljungsjo.localhost"

/* Fills an empty database; does nothing when there is an organisation. */
enum error demo_fill(struct store *store, int64_t now) MUST_USE;

/* The log-ins, for the person at the keyboard. */
void demo_announce(const char *address, FILE *out);

/* The routes below answer only after this (serve --demo); otherwise they are not found. */
void demo_switch_on(void);

/* GET /demo and POST /demo/login: choose a person and be logged in. */
extern const struct route demo_routes[];

#endif
