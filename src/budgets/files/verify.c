/* The order of checking a bundle, and how findings are kept. */
#include "budgets/files/verify.h"

#include <inttypes.h>
#include <string.h>

#include "budgets/files/inside.h"

enum { SHOWN_BYTES = 120 };

void discrepancy_add(struct verifying *verifying, const char *file, const char *place,
                     const char *expected, const char *found) {
    struct verification *verification = verifying->verification;
    if (verification->count < DISCREPANCIES_MAX)
        verification->findings[verification->count] =
            (struct discrepancy){file, place, expected, found};
    verification->count++;
}

void note_add(struct verifying *verifying, const char *text) {
    struct verification *verification = verifying->verification;
    if (verification->note_count < DISCREPANCIES_MAX)
        verification->notes[verification->note_count++] = text;
}

/* A line as a message may show it: not too long, and nothing that a terminal would obey. */
static const char *shown(struct arena *arena, const char *line, const char *end) {
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    size_t length = (size_t)((stop == NULL ? end : stop) - line);
    const bool is_cut = length > SHOWN_BYTES;
    if (line == end)
        return "nothing more";
    length = is_cut ? SHOWN_BYTES : length;
    while (is_cut && ((unsigned char)line[length] & 0xc0) == 0x80)
        length--;
    char *copy = arena_copy_span(arena, line, length);
    if (!text_utf8(copy, length))
        for (size_t i = 0; i < length; i++)
            copy[i] = (unsigned char)copy[i] >= 0x80 ? '?' : copy[i];
    for (char *at = copy; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = '?';
    return is_cut ? arena_format(arena, "%s…", copy) : copy;
}

void compare_lines(struct verifying *verifying, const char *file, const char *expected,
                   size_t length) {
    struct arena *arena = verifying->arena;
    const struct archive_member *member = archive_find(&verifying->archive, file);
    size_t line = 1, begin = 0, at = 0;
    if (member == NULL) {
        discrepancy_add(verifying, file, "", "the file", "no such file");
        return;
    }
    if (member->length == length && memcmp(member->bytes, expected, length) == 0)
        return;
    for (; at < length && at < member->length && expected[at] == member->bytes[at]; at++)
        if (expected[at] == '\n') {
            line++;
            begin = at + 1;
        }
    discrepancy_add(verifying, file, arena_format(arena, "line %zu", line),
                    shown(arena, expected + begin, expected + length),
                    shown(arena, member->bytes + begin, member->bytes + member->length));
}

/* ---- parts ---- */

static bool read_rules(struct verifying *verifying) {
    const struct archive_member *rules = archive_find(&verifying->archive, BUNDLE_RULES);
    const char *why = NULL;
    if (rules == NULL) {
        discrepancy_add(verifying, BUNDLE_RULES, "", "the rules", "no such file");
        return false;
    }
    if (round_read(verifying->arena, rules->bytes, rules->length, &verifying->round, &why)) {
        verifying->verification->round = verifying->round.campaign.title;
        verifying->verification->rules_hash = verifying->round.paper.poll.rules_hash;
        return true;
    }
    discrepancy_add(verifying, BUNDLE_RULES, "", "rules that can be read", why);
    return false;
}

static void release(void *json) {
    json_decref(json);
}

static bool read_result(struct verifying *verifying) {
    const struct archive_member *result = archive_find(&verifying->archive, BUNDLE_RESULT);
    json_error_t error;
    if (result == NULL) {
        discrepancy_add(verifying, BUNDLE_RESULT, "", "the result", "no such file");
        return false;
    }
    json_t *json = json_loadb(result->bytes, result->length, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL) {
        discrepancy_add(verifying, BUNDLE_RESULT,
                        arena_format(verifying->arena, "byte %d", error.position + 1),
                        "a JSON object", arena_copy_text(verifying->arena, error.text));
        return false;
    }
    arena_defer(verifying->arena, release, json);
    verifying->result = json;
    return true;
}

static bool read_ballots(struct verifying *verifying) {
    const struct archive_member *ballots = archive_find(&verifying->archive, BUNDLE_BALLOTS);
    size_t line = 0;
    const char *why = NULL;
    if (ballots == NULL) {
        discrepancy_add(verifying, BUNDLE_BALLOTS, "", "the ballots", "no such file");
        return false;
    }
    if (ballots_read(verifying->arena, ballots->bytes, ballots->length, &verifying->ballots, &line,
                     &why))
        return true;
    const char *at = ballots->bytes, *end = at + ballots->length;
    for (size_t i = 1; i < line; i++)
        at = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
    discrepancy_add(verifying, BUNDLE_BALLOTS, arena_format(verifying->arena, "line %zu", line),
                    why, shown(verifying->arena, at, end));
    return false;
}

static void verify_archive(struct verifying *verifying) {
    struct archive_refusal refusal = {0};
    if (archive_is_exact(verifying->arena, &verifying->archive, verifying->bytes, verifying->length,
                         &refusal))
        return;
    discrepancy_add(verifying, refusal.member == NULL ? "the archive" : refusal.member,
                    arena_format(verifying->arena, "byte %zu of the archive", refusal.offset + 1),
                    "an archive as it was written", refusal.text);
}

bool bundle_verify(struct arena *arena, const char *bytes, size_t length,
                   struct verification *ret_verification, const char **ret_refusal) {
    struct verification verification = {.arena = arena};
    struct verifying verifying = {
        .verification = &verification, .arena = arena, .bytes = bytes, .length = length};
    struct archive_refusal refusal = {0};
    if (!archive_read(arena, bytes, length, &verifying.archive, &refusal)) {
        *ret_refusal = arena_format(arena, "byte %zu: %s", refusal.offset + 1, refusal.text);
        return false;
    }
    verification.files = verifying.archive.count;
    verify_archive(&verifying);
    verify_manifest(&verifying);
    const bool has_rules = read_rules(&verifying);
    const bool has_result = read_result(&verifying);
    const bool has_ballots = read_ballots(&verifying);
    if (has_result) {
        verify_lot(&verifying);
        verify_receipts(&verifying);
    }
    if (has_rules && has_result && has_ballots)
        verify_count(&verifying);
    if (has_rules && has_ballots)
        verify_pots(&verifying);
    *ret_verification = verification;
    return true;
}
