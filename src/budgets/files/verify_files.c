/* Checking the files that stand around the count: manifest, lot, receipts, ballots of the pots. */
#include <inttypes.h>
#include <string.h>

#include "budgets/files/inside.h"

enum { HEX_DIGITS = 64, MANIFEST_BYTES = 1 << 20, POT_FILE_BYTES = 1 << 30 };

static bool is_hash(const char *text, size_t length) {
    return length == HEX_DIGITS && strspn(text, "0123456789abcdef") >= HEX_DIGITS;
}

/* ---- manifest ---- */

/* The manifest anew: each member with its digest, then the fingerprint. Where a line of it differs,
 * either the member or the line was changed. */
void verify_manifest(struct verifying *verifying) {
    struct buffer lines = buffer_in(verifying->arena, MANIFEST_BYTES);
    const struct archive *archive = &verifying->archive;
    const struct archive_member *manifest = archive_find(archive, BUNDLE_MANIFEST);
    buffer_text(&lines, BUNDLE_FORMAT "\n");
    for (size_t i = 0; i < archive->count; i++) {
        const struct archive_member *member = &archive->members[i];
        const char *line =
            arena_format(verifying->arena, "%s  %s\n",
                         round_hash(verifying->arena, member->bytes, member->length), member->name);
        if (strcmp(member->name, BUNDLE_MANIFEST) == 0)
            continue;
        buffer_text(&lines, line);
        if (manifest != NULL &&
            memmem(manifest->bytes, manifest->length, line, strlen(line)) == NULL)
            discrepancy_add(verifying, member->name, "",
                            "the SHA-256 that " BUNDLE_MANIFEST " says",
                            arena_copy_span(verifying->arena, line, HEX_DIGITS));
    }
    verifying->verification->fingerprint = round_hash(verifying->arena, lines.at, lines.length);
    buffer_text(&lines, bundle_fingerprint_line(verifying->arena, lines.at, lines.length));
    compare_lines(verifying, BUNDLE_MANIFEST, lines.at, lines.length);
}

/* ---- lot ---- */

void verify_lot(struct verifying *verifying) {
    struct arena *arena = verifying->arena;
    const char *hash = result_text(verifying->result, "lot_hash");
    const char *seed = result_text(verifying->result, "lot_seed");
    const struct archive_member *lot = archive_find(&verifying->archive, BUNDLE_LOT);
    if (hash == NULL || seed == NULL) {
        if (lot != NULL)
            discrepancy_add(verifying, BUNDLE_LOT, "", "no lot, as " BUNDLE_RESULT " says",
                            "a lot");
        return;
    }
    const char *computed = round_hash(arena, seed, strlen(seed));
    if (strcmp(computed, hash) != 0)
        discrepancy_add(verifying, BUNDLE_RESULT, "lot_seed",
                        arena_format(arena, "a seed whose SHA-256 is %s", hash),
                        arena_format(arena, "one whose SHA-256 is %s", computed));
    const char *lines = bundle_lot(arena, hash, seed);
    compare_lines(verifying, BUNDLE_LOT, lines, strlen(lines));
}

/* ---- receipts ---- */

/* Number of lines, or -1 after a finding. */
static int64_t read_receipts(struct verifying *verifying, const struct archive_member *member) {
    const char *at = member->bytes, *end = at + member->length, *before = NULL;
    int64_t count = 0;
    for (; at < end; at += HEX_DIGITS + 1) {
        count++;
        const bool is_whole =
            end - at > HEX_DIGITS && at[HEX_DIGITS] == '\n' &&
            is_hash(arena_copy_span(verifying->arena, at, HEX_DIGITS), HEX_DIGITS);
        if (!is_whole || (before != NULL && memcmp(before, at, HEX_DIGITS) >= 0)) {
            discrepancy_add(
                verifying, BUNDLE_RECEIPTS, arena_format(verifying->arena, "line %" PRId64, count),
                is_whole ? "receipts in rising order, none twice" : "64 hexadecimal digits",
                "something else");
            return -1;
        }
        before = at;
    }
    return count;
}

void verify_receipts(struct verifying *verifying) {
    struct arena *arena = verifying->arena;
    const struct archive_member *member = archive_find(&verifying->archive, BUNDLE_RECEIPTS);
    const char *hash = result_text(verifying->result, "receipts_hash");
    const int64_t voters = result_number(verifying->result, "voters");
    if (member == NULL) {
        discrepancy_add(verifying, BUNDLE_RECEIPTS, "", "the receipts", "no such file");
        return;
    }
    const int64_t count = read_receipts(verifying, member);
    const char *computed = round_hash(arena, member->bytes, member->length);
    if (hash == NULL)
        note_add(verifying, "there are no receipts: the ballots were not cast here");
    if (hash == NULL ? member->length > 0 : strcmp(hash, computed) != 0)
        discrepancy_add(
            verifying, BUNDLE_RECEIPTS, "",
            hash == NULL ? "no receipts, as " BUNDLE_RESULT " says"
                         : arena_format(arena, "the SHA-256 that " BUNDLE_RESULT " says, %s", hash),
            computed);
    if (hash != NULL && count >= 0 && count != voters)
        discrepancy_add(verifying, BUNDLE_RECEIPTS, "",
                        arena_format(arena, "one for each of %" PRId64 " voters", voters),
                        arena_format(arena, "%" PRId64, count));
}

/* ---- ballots of the pots ---- */

static void collect(void *context, const char *bytes, size_t length) {
    buffer_add(context, bytes, length);
}

void verify_pots(struct verifying *verifying) {
    const struct poll_pot_list *pots = &verifying->round.paper.pots;
    struct archive *archive = &verifying->archive;
    size_t expected = 0;
    for (size_t i = 0; i < pots->count; i++) {
        const char *name = pot_file_name(verifying->arena, pots->at[i].pot);
        struct buffer text = buffer_in(verifying->arena, POT_FILE_BYTES);
        if (pot_ballots(&verifying->ballots, pots->at[i].pot) < COUNTED_FEWEST) {
            note_add(verifying,
                     arena_format(verifying->arena,
                                  "pot %" PRId64 ": fewer than %d voted, so there are only totals: "
                                  "the money can be counted again, the votes cannot",
                                  pots->at[i].pot, COUNTED_FEWEST));
            continue;
        }
        expected++;
        if (pot_write(verifying->arena, &verifying->round, pots->at[i].pot, &verifying->ballots,
                      &(struct file_sink){collect, &text}) == ERR_OK)
            compare_lines(verifying, name, text.at, text.length);
        else
            discrepancy_add(verifying, BUNDLE_BALLOTS,
                            arena_format(verifying->arena, "pot %" PRId64, pots->at[i].pot),
                            "ballots of this round", "others");
    }
    for (size_t i = 0; i < archive->count; i++)
        if (strncmp(archive->members[i].name, "POT-", 4) == 0) {
            if (expected == 0)
                discrepancy_add(verifying, archive->members[i].name, "", "no such file", "one");
            else
                expected--;
        }
}
