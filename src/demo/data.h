/* The texts of the demonstration, read from the program's embedded files. */
#ifndef RADSLAG_DEMO_DATA_H
#define RADSLAG_DEMO_DATA_H

#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"

/* Cuts the text at the first `end`; what is behind it, or NULL at the end of the text. */
char *demo_cut(char *text, char end);

/* A file of lines with ';' between cells; the first line names the columns. */
struct demo_table {
    const char *const *heading; /* heading[columns] */
    const char *const *cells;   /* cells[rows * columns] */
    size_t columns, rows;
};

/* data/NAME.csv; asserts that it is there and has as many cells in each line. */
struct demo_table demo_table(struct arena *arena, const char *name);

/* A cell by the name of its column; asserts that there is one. */
const char *demo_cell(const struct demo_table *table, size_t row, const char *column);

/* The same, NULL when it is empty; and as a number, `otherwise` when it is empty. */
const char *demo_cell_or_none(const struct demo_table *table, size_t row, const char *column);
int64_t demo_number(const struct demo_table *table, size_t row, const char *column,
                    int64_t otherwise);

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

#endif
