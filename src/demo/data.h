/* The texts of the demonstration, read from the program's embedded files. */
#ifndef RADSLAG_DEMO_DATA_H
#define RADSLAG_DEMO_DATA_H

#include <stddef.h>

#include "platform/base/arena.h"

struct demo_person {
    const char *name, *email;
    const char *roles; /* codes with spaces between; "" = a resident */
    const char *language;
};

struct demo_people {
    const struct demo_person *at;
    size_t count;
};

/* All rows of data/people.csv. */
struct demo_people demo_people(struct arena *arena);

struct demo_page {
    const char *name, *language; /* of the file: hamnen.sv.md */
    const char *title, *lead, *owner, *author, *state, *reason, *body; /* reason may be NULL */
};

struct demo_pages {
    const struct demo_page *at;
    size_t count;
};

/* All files of data/pages, Swedish before other languages. */
struct demo_pages demo_pages(struct arena *arena);

struct demo_letter {
    int days;                                     /* ago */
    const char *subject, *name, *email, *message; /* subject: a code; name and email NULL = none */
};

struct demo_letters {
    const struct demo_letter *at;
    size_t count;
};

/* All rows of data/letters.csv. */
struct demo_letters demo_letters(struct arena *arena);

#endif
