/* Elections as Pabulib files: Faliszewski, Flis, Peters, Pierczyński, Skowron, Stolicki, Szufa,
 * Talmon, "Participatory Budgeting: Data, Tools, and Analysis", IJCAI 2023; format at pabulib.org.
 *
 * Read are UTF-8 with or without byte-order mark, LF and CRLF, a last line without its end, fields
 * in quotes, points and commas as decimal mark, columns in any order, section names and columns in
 * any letter case. Everything else is refused with its line. */
#ifndef RADSLAG_METHODS_ELECTION_PABULIB_H
#define RADSLAG_METHODS_ELECTION_PABULIB_H

#include <stdbool.h>
#include <stddef.h>

#include "methods/election/election.h"
#include "platform/base/arena.h"

/* A line may be so long, bytes. */
enum { PABULIB_LINE_MAX = 1 << 20 };

/* Why a file is refused. */
struct pabulib_refusal {
    size_t line;      /* from 1 */
    const char *text; /* one English sentence: what was found and what was expected; in arena */
};

struct pabulib_reader;

/* A reader whose election will live in `arena`. What is needed while reading alone (the ids of the
 * voters) lives in `scratch`, which must outlive the reader and may be freed after pabulib_end.
 * Both arenas' recovery points must be set: memory follows the size of the file. */
struct pabulib_reader *pabulib_begin(struct arena *arena, struct arena *scratch);

/* The next bytes of the file, in pieces of any size; borrowed for the call. False when the file is
 * refused; further pieces are then ignored. */
bool pabulib_feed(struct pabulib_reader *reader, const char *bytes, size_t length);

/* The end of the file: the election, or false and the refusal. O(bytes) in all. */
bool pabulib_end(struct pabulib_reader *reader, const struct election **ret_election,
                 struct pabulib_refusal *ret_refusal) MUST_USE;

/* The same for a whole file at once. */
bool pabulib_read(struct arena *arena, const char *bytes, size_t length,
                  const struct election **ret_election, struct pabulib_refusal *ret_refusal)
    MUST_USE;

/* Where written bytes go. */
struct pabulib_sink {
    void (*put)(void *context, const char *bytes, size_t length);
    void *context;
};

/* Writes the election as a file that reads back as the same election. Voters are numbered from 1,
 * equal ballots together, so that the file names nobody. */
void pabulib_write(const struct election *election, const struct pabulib_sink *sink);

#endif
