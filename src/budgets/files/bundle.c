#include "budgets/files/bundle.h"

#include <string.h>

#include "budgets/files/archive.h"

enum { MANIFEST_BYTES = 64 << 10 };

struct writing {
    struct arena *arena;
    struct archive_writer *archive;
    struct buffer manifest;
};

static void put(void *context, const char *bytes, size_t length) {
    struct writing *writing = context;
    archive_put(writing->archive, bytes, length);
}

static void end(struct writing *writing, const char *name) {
    char hash[ARCHIVE_HASH_BYTES];
    archive_member_end(writing->archive, hash);
    buffer_format(&writing->manifest, "%s  %s\n", hash, name);
}

static void put_file(struct writing *writing, const char *name, const char *text) {
    archive_member(writing->archive, name);
    archive_put(writing->archive, text, strlen(text));
    end(writing, name);
}

const char *bundle_lot(struct arena *arena, const char *lot_hash, const char *lot_seed) {
    return arena_format(arena, "commitment;%s\nseed;%s\n", lot_hash, lot_seed);
}

const char *bundle_fingerprint_line(struct arena *arena, const char *lines, size_t length) {
    return arena_format(arena, "# fingerprint %s\n", round_hash(arena, lines, length));
}

static enum error put_pots(struct writing *writing, const struct bundle_source *source,
                           const struct file_sink *sink) {
    for (size_t i = 0; i < source->round->paper.pots.count; i++) {
        const int64_t pot = source->round->paper.pots.at[i].pot;
        const char *name = pot_file_name(writing->arena, pot);
        if (!pot_may_show_ballots(pot_ballots(&source->ballots, pot)))
            continue;
        archive_member(writing->archive, name);
        TRY(pot_write(writing->arena, source->round, pot, &source->ballots, sink));
        end(writing, name);
    }
    return ERR_OK;
}

enum error bundle_write(struct arena *arena, const struct bundle_source *source, FILE *file) {
    struct writing writing = {arena, archive_begin(arena, file), buffer_in(arena, MANIFEST_BYTES)};
    const struct file_sink sink = {put, &writing};
    buffer_text(&writing.manifest, BUNDLE_FORMAT "\n");
    put_file(&writing, BUNDLE_README, source->readme);
    put_file(&writing, BUNDLE_RULES, source->rules);
    put_file(&writing, BUNDLE_RESULT, source->document);
    if (source->lot_hash != NULL && source->lot_seed != NULL)
        put_file(&writing, BUNDLE_LOT, bundle_lot(arena, source->lot_hash, source->lot_seed));
    archive_member(writing.archive, BUNDLE_BALLOTS);
    ballots_write(arena, &source->ballots, &sink);
    end(&writing, BUNDLE_BALLOTS);
    TRY(put_pots(&writing, source, &sink));
    archive_member(writing.archive, BUNDLE_RECEIPTS);
    TRY(source->put_receipts(source->context, &sink));
    end(&writing, BUNDLE_RECEIPTS);
    buffer_text(&writing.manifest,
                bundle_fingerprint_line(arena, writing.manifest.at, writing.manifest.length));
    archive_member(writing.archive, BUNDLE_MANIFEST);
    archive_put(writing.archive, writing.manifest.at, writing.manifest.length);
    archive_member_end(writing.archive, NULL);
    return archive_end(writing.archive);
}
