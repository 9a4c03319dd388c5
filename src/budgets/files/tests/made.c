#include "budgets/files/tests/made.h"

#include <stdlib.h>
#include <string.h>

#include "budgets/files/archive.h"
#include "budgets/results/counting.h"

enum { RECEIPTS_MAX = 64, RECEIPT_BYTES = 65 };

static const char rules_form[] =
    "{\"format\":\"radslag-rules-1\",\"round\":\"Medborgarbudget 2026\",\"pots\":[{\"pot\":1,"
    "\"title\":\"Hela kommunen\",\"sum\":10000000},{\"pot\":2,\"title\":\"Norra\",\"sum\":500000}],"
    "\"options\":[{\"option\":1,\"pot\":1,\"title\":\"Lekplats\",\"cost\":6000000},"
    "{\"option\":2,\"pot\":1,\"title\":\"Brygga\",\"cost\":5000000},"
    "{\"option\":3,\"pot\":1,\"title\":\"Bänk \\\"vid ån\\\"\",\"cost\":3000000},"
    "{\"option\":4,\"pot\":2,\"title\":\"Gunga\",\"cost\":300000},"
    "{\"option\":5,\"pot\":2,\"title\":\"Kiosk\",\"cost\":400000}],"
    "\"ballot\":{\"kind\":\"%s\",\"most_choices\":%d},"
    "\"voters\":{\"eligible\":\"verified\",\"who\":\"alla\"},\"allocation\":\"skip\","
    "\"satisfaction\":\"cost\",\"least_votes\":1,\"ties\":\"%s\",\"leftover\":\"\","
    "\"dates\":{\"opens_at\":\"2026-03-01T07:00:00Z\",\"closes_at\":\"2026-03-31T22:00:00Z\","
    "\"late_until\":null}}";

static const char usual_ballots[] = "pot,choices,ballots\n0,\"\",2\n1,\"1\",3\n1,\"1,2\",4\n"
                                    "1,\"2,3\",5\n1,\"3\",2\n";

static const char seed[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

static enum error no_receipts(void *context, const struct file_sink *sink) {
    (void)context;
    (void)sink;
    return ERR_OK;
}

static enum error put_receipts(void *context, const struct file_sink *sink) {
    sink->put(sink->context, context, strlen(context));
    return ERR_OK;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *receipts_of(struct arena *arena, int64_t voters) {
    struct buffer text = buffer_in(arena, RECEIPTS_MAX * RECEIPT_BYTES);
    const char *hashes[RECEIPTS_MAX];
    for (int i = 0; i < voters; i++) {
        const char *code = arena_format(arena, "receipt %d", i);
        hashes[i] = round_hash(arena, code, strlen(code));
    }
    qsort(hashes, (size_t)voters, sizeof hashes[0], by_text);
    for (int i = 0; i < voters; i++)
        buffer_format(&text, "%s\n", hashes[i]);
    return buffer_string(&text);
}

static void must(bool is_so, const char *what) {
    if (is_so)
        return;
    (void)fprintf(stderr, "a bundle for tests: %s\n", what);
    abort();
}

static const char *read_back(struct arena *arena, FILE *file, size_t *ret_length) {
    must(fseek(file, 0, SEEK_END) == 0, "can be sought");
    const size_t length = (size_t)ftell(file);
    char *bytes = arena_take(arena, length);
    rewind(file);
    must(fread(bytes, 1, length, file) == length, "can be read back");
    (void)fclose(file);
    *ret_length = length;
    return bytes;
}

/* Pot 2 has 3 voters: two for option 4, one for 4 and 5; their ballots are not in the table. */
static void add_few(struct counted_ballot_list *ballots, struct arena *arena) {
    struct counted_ballot *at = ARENA_ARRAY(arena, ballots->count + 2, struct counted_ballot);
    memcpy(at, ballots->at, ballots->count * sizeof *at);
    at[ballots->count] = (struct counted_ballot){2, "4", 2};
    at[ballots->count + 1] = (struct counted_ballot){2, "4,5", 1};
    *ballots = (struct counted_ballot_list){at, ballots->count + 2};
}

static const char *count(struct arena *arena, struct round *round,
                         const struct counted_ballot_list *ballots, const char *receipts) {
    struct result_counting *counting = NULL;
    struct result_counted counted = {0};
    const int64_t blank = pot_ballots(ballots, 0);
    const struct count_turnout turnout = {
        pot_ballots(ballots, 1) + blank + 1, blank,
        receipts == NULL ? NULL : round_hash(arena, receipts, strlen(receipts))};
    must(result_counting_new(arena, &round->campaign, &round->paper, &counting) == ERR_OK, "rules");
    for (size_t i = 0; i < ballots->count; i++)
        must(result_counting_add(counting, &ballots->at[i]) == ERR_OK, "ballots");
    must(result_counting_finish(counting, &turnout, &counted) == ERR_OK, "a count");
    return counted.document;
}

struct made bundle_made(struct arena *arena, const struct made_plan *plan) {
    struct round round = {0};
    struct bundle_source source = {.round = &round, .readme = "Läs mig\n"};
    const char *why = NULL, *receipts = NULL;
    const char *table = plan->ballots == NULL ? usual_ballots : plan->ballots;
    struct made made = {0};
    size_t line = 0;
    FILE *file = tmpfile();
    made.rules =
        arena_format(arena, rules_form, plan->kind, strcmp(plan->kind, "cart") == 0 ? 0 : 3,
                     plan->has_no_lot ? "id" : "lot");
    must(round_read(arena, made.rules, strlen(made.rules), &round, &why), "its rules");
    must(ballots_read(arena, table, strlen(table), &source.ballots, &line, &why), "its table");
    add_few(&source.ballots, arena);
    if (!plan->has_no_lot) {
        round.paper.poll.lot_seed = seed;
        round.paper.poll.lot_hash = round_hash(arena, seed, strlen(seed));
        receipts = receipts_of(arena, pot_ballots(&source.ballots, 0) +
                                          pot_ballots(&source.ballots, 1) + 1);
    }
    made.document = count(arena, &round, &source.ballots, receipts);
    source.rules = made.rules;
    source.document = made.document;
    source.lot_hash = round.paper.poll.lot_hash;
    source.lot_seed = round.paper.poll.lot_seed;
    source.put_receipts = receipts == NULL ? no_receipts : put_receipts;
    source.context = (void *)receipts;
    must(file != NULL && bundle_write(arena, &source, file) == ERR_OK, "its file");
    made.bytes = read_back(arena, file, &made.length);
    return made;
}

struct made bundle_forged(struct arena *arena, const struct made *made, const char *name,
                          const char *bytes, size_t length) {
    struct archive archive = {0};
    struct archive_refusal refusal = {0};
    struct buffer manifest = buffer_in(arena, 1 << 16);
    struct made forged = *made;
    FILE *file = tmpfile();
    must(file != NULL && archive_read(arena, made->bytes, made->length, &archive, &refusal),
         "an archive");
    struct archive_writer *writer = archive_begin(arena, file);
    buffer_text(&manifest, BUNDLE_FORMAT "\n");
    for (size_t i = 0; i < archive.count; i++) {
        const struct archive_member *member = &archive.members[i];
        const bool is_it = strcmp(member->name, name) == 0;
        char hash[ARCHIVE_HASH_BYTES];
        archive_member(writer, member->name);
        if (strcmp(member->name, BUNDLE_MANIFEST) == 0) {
            buffer_text(&manifest, bundle_fingerprint_line(arena, manifest.at, manifest.length));
            archive_put(writer, manifest.at, manifest.length);
        } else {
            archive_put(writer, is_it ? bytes : member->bytes, is_it ? length : member->length);
        }
        archive_member_end(writer, hash);
        buffer_format(&manifest, "%s  %s\n", hash, member->name);
    }
    must(archive_end(writer) == ERR_OK, "a forged file");
    forged.bytes = read_back(arena, file, &forged.length);
    return forged;
}
