/* Any bytes as a Pabulib file: read or refused with a line; what is read is written and reads back.
 *
 * The first byte says in how large pieces the rest is fed. */
#include <stdlib.h>
#include <string.h>

#include "methods/election/pabulib.h"
#include "methods/election/tests/same.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_back(struct arena *arena, const struct election *election) {
    const struct election *again;
    struct pabulib_refusal refusal;
    struct buffer text = election_text(arena, election);
    if (!pabulib_read(arena, text.at, text.length, &again, &refusal) ||
        !election_same(election, again))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length == 0)
        return 0;
    struct arena *arena = arena_new(256 << 20), *scratch = arena_new(256 << 20);
    struct pabulib_reader *reader = pabulib_begin(arena, scratch);
    const size_t size = (size_t)bytes[0] + 1;
    const struct election *election = NULL;
    struct pabulib_refusal refusal = {0};
    bool is_read = true;
    for (size_t at = 1; at < length && is_read; at += size)
        is_read =
            pabulib_feed(reader, (const char *)bytes + at, length - at < size ? length - at : size);
    const bool is_election = pabulib_end(reader, &election, &refusal);
    if (is_election != (election != NULL) || (is_election && !is_read) ||
        (!is_election && (refusal.line == 0 || refusal.text == NULL)))
        abort();
    arena_free(scratch);
    if (is_election)
        read_back(arena, election);
    arena_free(arena);
    return 0;
}
