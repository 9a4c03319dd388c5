/* What the parts of the Pabulib reader share: lines, then rows of each section. */
#ifndef RADSLAG_METHODS_ELECTION_INSIDE_H
#define RADSLAG_METHODS_ELECTION_INSIDE_H

#include "methods/election/names.h"
#include "methods/election/pabulib.h"

/* Fields of one line, and columns of one section, at most. */
enum { PABULIB_FIELDS_MAX = 128, PABULIB_FACTS_MAX = 256 };

enum pabulib_section { SECTION_NONE, SECTION_META, SECTION_PROJECTS, SECTION_VOTES };

struct pabulib_fields {
    char *at[PABULIB_FIELDS_MAX]; /* each ended by NUL, without outer blanks */
    size_t count;
};

/* What META must say; `line` 0 = it has not. */
struct pabulib_meta {
    enum election_kind kind;
    struct amount budget;
    int64_t projects, votes;
    size_t kind_line, budget_line, projects_line, votes_line;
};

struct pabulib_reader {
    struct arena *arena, *scratch;
    struct election_draft *draft; /* NULL until PROJECTS */

    char *line; /* the line being put together, ended by NUL once whole */
    size_t length, room;
    size_t line_number; /* of that line, from 1 */

    enum pabulib_section section;
    bool wants_columns; /* the line after a section's name */
    size_t columns;     /* of the section */
    int id, cost, name; /* columns of PROJECTS; -1 = none */
    int voter, vote, points;
    int details[ELECTION_DETAILS_MAX];
    size_t detail_count;
    struct pabulib_fields fields; /* of the line */

    struct pabulib_meta meta;
    struct names *keys;
    struct election_fact facts[PABULIB_FACTS_MAX];
    size_t fact_count;
    int64_t projects, votes; /* rows so far */
    struct names *voters;
    struct mark *marks; /* of the ballot being read */

    struct pabulib_refusal refusal; /* text NULL = none */
};

/* Ends the reading with a reason, at the present line; false. The first one counts. */
bool pabulib_refuse(struct pabulib_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Reads the line that names the section's columns. */
bool pabulib_columns(struct pabulib_reader *reader);

/* Makes the draft once META is known; every line it needs must have come. */
bool pabulib_meta_done(struct pabulib_reader *reader);

/* Reads reader->fields as a row of the section. */
bool pabulib_row(struct pabulib_reader *reader);

/* Cuts a line in place, which is ended by NUL. Blank fields past `most` are left out. NULL, or what
 * is wrong with the line. */
const char *pabulib_cut(char *line, size_t most, struct pabulib_fields *ret_fields);

/* The text up to `end` without outer blanks; cut in place. */
char *pabulib_trim(char *text, char *end);

/* A text from the file as it may stand in a message: short, without control characters, in quotes.
 */
const char *pabulib_quote(struct arena *arena, const char *text);

#endif
