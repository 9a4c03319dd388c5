/* What was found in a bundle, as text for people and as JSON. */
#include <inttypes.h>

#include "budgets/files/verify.h"
#include "platform/view/view.h"

static size_t kept(const struct verification *verification) {
    return verification->count < DISCREPANCIES_MAX ? verification->count : DISCREPANCIES_MAX;
}

static void print_discrepancy(struct buffer *into, const struct discrepancy *found) {
    buffer_format(into, "%s%s%s\n    expected  %s\n    found     %s\n", found->file,
                  found->place[0] == '\0' ? "" : ": ", found->place, found->expected, found->found);
}

void verification_print(struct buffer *into, const char *path,
                        const struct verification *verification) {
    const size_t count = kept(verification);
    buffer_format(into, "%s%s%s\n", path, verification->round == NULL ? "" : ": ",
                  verification->round == NULL ? "" : verification->round);
    if (verification->fingerprint != NULL)
        buffer_format(into, "fingerprint %s\n", verification->fingerprint);
    if (verification->rules_hash != NULL)
        buffer_format(into, "rules       %s\n", verification->rules_hash);
    for (size_t i = 0; i < count; i++)
        print_discrepancy(into, &verification->findings[i]);
    if (verification->count > count)
        buffer_format(into, "… and %zu more\n", verification->count - count);
    for (size_t i = 0; i < verification->note_count; i++)
        buffer_format(into, "Note: %s.\n", verification->notes[i]);
    if (verification->count > 0)
        buffer_format(into, "No: %zu thing%s not as %s should be.\n", verification->count,
                      verification->count == 1 ? " is" : "s are",
                      verification->count == 1 ? "it" : "they");
    else
        buffer_format(into,
                      "Yes: %zu files are whole, and %" PRId64 " voters' ballots (%" PRId64
                      " blank) counted again by the locked rules give the same result in all %zu "
                      "rows of %zu pot%s.\n",
                      verification->files, verification->voters, verification->blank,
                      verification->rows, verification->pots, verification->pots == 1 ? "" : "s");
}

static void put_text(struct buffer *into, const char *name, const char *text) {
    buffer_format(into, "\"%s\":", name);
    if (text == NULL)
        buffer_text(into, "null");
    else
        json_write_text(into, text);
}

static void put_discrepancy(struct buffer *into, const struct discrepancy *found) {
    buffer_text(into, "{");
    put_text(into, "file", found->file);
    buffer_text(into, ",");
    put_text(into, "place", found->place);
    buffer_text(into, ",");
    put_text(into, "expected", found->expected);
    buffer_text(into, ",");
    put_text(into, "found", found->found);
    buffer_text(into, "}");
}

void verification_write_json(struct buffer *into, const struct verification *verification) {
    buffer_format(into, "{\"verified\":%s,", verification->count == 0 ? "true" : "false");
    put_text(into, "round", verification->round);
    buffer_text(into, ",");
    put_text(into, "fingerprint", verification->fingerprint);
    buffer_text(into, ",");
    put_text(into, "rules_hash", verification->rules_hash);
    buffer_format(into,
                  ",\"files\":%zu,\"voters\":%" PRId64 ",\"blank\":%" PRId64
                  ",\"pots\":%zu,\"rows\":%zu,\"count\":%zu,\"findings\":[",
                  verification->files, verification->voters, verification->blank,
                  verification->pots, verification->rows, verification->count);
    for (size_t i = 0; i < kept(verification); i++) {
        buffer_text(into, i == 0 ? "" : ",");
        put_discrepancy(into, &verification->findings[i]);
    }
    buffer_text(into, "],\"notes\":[");
    for (size_t i = 0; i < verification->note_count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write_text(into, verification->notes[i]);
    }
    buffer_text(into, "]}");
}
