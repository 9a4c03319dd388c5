#include "methods/similarity/similarity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "methods/similarity/swedish.h"
#include "platform/base/text.h"

enum {
    SCRATCH_BYTES = 1 << 20, /* for folding one text */
    HEAD_LETTERS = 5,        /* parts of a compound: its first letters */
    TAIL_LETTERS = 4,        /* and its last, which may be a word of their own */
    COMPOUND_LETTERS = 7,    /* a shorter stem has no first part */
    TITLE_WEIGHT = 3,        /* a word in the title counts as so many */
    FEATURES_MAX = SIMILARITY_TEXT_BYTES * 3,
};

/* A stem or a part of one, by its hash; two that share a hash would only make a hint worse. */
struct feature {
    uint32_t hash;
    float frequency; /* later its weight */
};

struct bag {
    struct feature *features; /* by hash, each once */
    size_t count;
};

/* Features of one text as they are found. */
struct finding {
    struct feature *features;
    size_t count;
};

static uint32_t hash_of(const char *bytes, size_t length, uint32_t kind) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ kind; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    return (uint32_t)(hash ^ (hash >> 32));
}

static void finding_add(struct finding *finding, uint32_t hash, float frequency) {
    if (finding->count < FEATURES_MAX)
        finding->features[finding->count++] = (struct feature){hash, frequency};
}

/* ---- text to features ---- */

static size_t letters_of(const char *word, size_t length) {
    size_t letters = 0;
    for (size_t i = 0; i < length; i++)
        letters += ((unsigned char)word[i] & 0xc0) != 0x80;
    return letters;
}

/* Bytes of the first `letters` letters. */
static size_t bytes_of(const char *word, size_t length, size_t letters) {
    size_t at = 0;
    for (; letters > 0 && at < length; letters--)
        for (at++; at < length && ((unsigned char)word[at] & 0xc0) == 0x80;)
            at++;
    return at;
}

static void word_add(struct finding *finding, const char *word, size_t length, float weight) {
    enum { WHOLE, HEAD, TAIL };
    if (letters_of(word, length) < 2 || swedish_common(word, length))
        return;
    const size_t stem = swedish_stem(word, length);
    const size_t letters = letters_of(word, stem);
    finding_add(finding, hash_of(word, stem, WHOLE), weight);
    if (letters >= COMPOUND_LETTERS)
        finding_add(finding, hash_of(word, bytes_of(word, stem, HEAD_LETTERS), HEAD), weight / 2);
    if (letters >= TAIL_LETTERS) {
        const size_t tail = bytes_of(word, stem, letters - TAIL_LETTERS);
        finding_add(finding, hash_of(word + tail, stem - tail, TAIL), weight / 2);
    }
}

/* Bytes of a letter or digit here, 0 where a word ends: ASCII signs, and the signs of the blocks
 * that typed text has them from (U+0080–00BF, U+2000–2BFF, U+3000–303F). */
static size_t word_byte(const char *at) {
    const unsigned char c = (unsigned char)*at, next = c == '\0' ? 0 : (unsigned char)at[1];
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (c == 0xc2 || (c == 0xe2 && next < 0xb0) || (c == 0xe3 && next == 0x80))
        return 0;
    return 1;
}

/* Bytes of a sign that is no letter. */
static size_t sign_bytes(const char *at) {
    size_t bytes = 1;
    while (((unsigned char)at[bytes] & 0xc0) == 0x80)
        bytes++;
    return bytes;
}

static void words_add(struct finding *finding, const char *folded, float weight) {
    for (const char *at = folded; *at != '\0';) {
        size_t length = 0;
        while (word_byte(at + length) > 0)
            length++;
        if (length > 0)
            word_add(finding, at, length, weight);
        at += length;
        if (*at != '\0')
            at += sign_bytes(at);
    }
}

/* The beginning of a text, not cut within a letter. */
static const char *text_start(struct arena *scratch, const char *text) {
    size_t length = strnlen(text, SIMILARITY_TEXT_BYTES + 1);
    if (length > SIMILARITY_TEXT_BYTES)
        for (length = SIMILARITY_TEXT_BYTES; length > 0; length--)
            if (((unsigned char)text[length] & 0xc0) != 0x80)
                break;
    return text_fold(scratch, arena_copy_span(scratch, text, length));
}

static int feature_compare(const void *a, const void *b) {
    const struct feature *one = a, *other = b;
    return (one->hash > other->hash) - (one->hash < other->hash);
}

/* Sorted, with the frequencies of equal ones added. */
static void finding_merge(struct finding *finding) {
    size_t kept = 0;
    qsort(finding->features, finding->count, sizeof *finding->features, feature_compare);
    for (size_t i = 0; i < finding->count; i++) {
        if (kept > 0 && finding->features[kept - 1].hash == finding->features[i].hash)
            finding->features[kept - 1].frequency += finding->features[i].frequency;
        else
            finding->features[kept++] = finding->features[i];
    }
    finding->count = kept;
}

static struct bag bag_of(struct arena *arena, struct arena *scratch,
                         const struct similar_text *text) {
    arena_reset(scratch);
    struct finding finding = {.features = ARENA_ARRAY(scratch, FEATURES_MAX, struct feature)};
    if (text->title != NULL)
        words_add(&finding, text_start(scratch, text->title), TITLE_WEIGHT);
    if (text->text != NULL)
        words_add(&finding, text_start(scratch, text->text), 1);
    finding_merge(&finding);
    return (struct bag){
        arena_copy(arena, finding.features, finding.count * sizeof *finding.features),
        finding.count};
}

/* ---- weights ---- */

/* In how many texts each feature is: a table by hash, at most two thirds full. */
struct spread {
    struct {
        uint32_t hash;
        uint32_t texts; /* 0 = the place is free */
    } * places;
    size_t count;
};

static uint32_t *spread_find(const struct spread *spread, uint32_t hash) {
    for (size_t at = hash;; at++) {
        const size_t place = at & (spread->count - 1);
        if (spread->places[place].texts == 0)
            spread->places[place].hash = hash;
        if (spread->places[place].hash == hash)
            return &spread->places[place].texts;
    }
}

static struct spread spread_of(struct arena *arena, const struct bag *bags, size_t count) {
    struct spread spread = {.count = 16};
    size_t features = 0;
    for (size_t i = 0; i < count; i++)
        features += bags[i].count;
    while (spread.count * 2 < 3 * features)
        spread.count *= 2;
    spread.places = arena_array(arena, spread.count, sizeof *spread.places);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < bags[i].count; k++)
            ++*spread_find(&spread, bags[i].features[k].hash);
    return spread;
}

/* Frequencies become weights of a vector of length 1. */
static void bag_weigh(struct bag *bag, const struct spread *spread, size_t texts) {
    double squares = 0;
    for (size_t i = 0; i < bag->count; i++) {
        struct feature *feature = &bag->features[i];
        const double rarity = log1p((double)texts / *spread_find(spread, feature->hash));
        const double weight = log1p((double)feature->frequency) * rarity;
        feature->frequency = (float)weight;
        squares += weight * weight;
    }
    for (size_t i = 0; i < bag->count; i++)
        bag->features[i].frequency /= (float)sqrt(squares);
}

static double cosine(const struct bag *a, const struct bag *b) {
    double sum = 0;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        const uint32_t one = a->features[i].hash, other = b->features[k].hash;
        if (one == other)
            sum += (double)a->features[i].frequency * b->features[k].frequency;
        i += one <= other;
        k += other <= one;
    }
    return sum < 1 ? sum : 1;
}

/* ---- the best ---- */

static bool is_before(const struct similar_found *a, const struct similar_found *b) {
    return a->score > b->score || (a->score >= b->score && a->id < b->id);
}

static size_t best_insert(struct similar_found *best, size_t count, size_t most,
                          struct similar_found found) {
    size_t at = count;
    while (at > 0 && is_before(&found, &best[at - 1]))
        at--;
    if (at == most)
        return count;
    const size_t moved = (count < most ? count : most - 1) - at;
    memmove(&best[at + 1], &best[at], moved * sizeof *best);
    best[at] = found;
    return count < most ? count + 1 : most;
}

static void scratch_free(void *scratch) {
    arena_free(scratch);
}

size_t similarity_find(struct arena *arena, const struct similar_text *written,
                       const struct similar_text *texts, size_t count, size_t most,
                       struct similar_found *ret_found) {
    if (count > SIMILARITY_TEXTS_MAX)
        count = SIMILARITY_TEXTS_MAX;
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    arena_defer(arena, scratch_free, scratch);
    struct bag *bags = ARENA_ARRAY(arena, count + 1, struct bag);
    for (size_t i = 0; i < count; i++)
        bags[i] = bag_of(arena, scratch, &texts[i]);
    bags[count] = bag_of(arena, scratch, written);
    arena_reset(scratch);
    const struct spread spread = spread_of(arena, bags, count + 1);
    for (size_t i = 0; i <= count; i++)
        bag_weigh(&bags[i], &spread, count + 1);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const double score = cosine(&bags[count], &bags[i]);
        if (score >= SIMILARITY_LEAST)
            found = best_insert(ret_found, found, most, (struct similar_found){texts[i].id, score});
    }
    return found;
}
