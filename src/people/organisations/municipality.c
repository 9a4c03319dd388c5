#include "people/organisations/municipality.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "platform/base/embedded.h"
#include "platform/base/text.h"

enum { MOST_ROWS = 320, MOST_COLUMNS = 6, MOST_WORDS = 8 };

static struct municipality rows[MOST_ROWS];
static size_t row_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Cuts the line at its commas; the files have no quoted fields. Gives where the next line begins.
 */
static char *cut_line(char *line, char *columns[MOST_COLUMNS]) {
    char *end = strchr(line, '\n');
    assert(end != NULL);
    *end = '\0';
    for (size_t i = 0; i < MOST_COLUMNS; i++) {
        columns[i] = line;
        char *comma = strchr(line, ',');
        if (comma == NULL)
            break;
        *comma = '\0';
        line = comma + 1;
    }
    return end + 1;
}

static void read_table(const char *path, bool regions) {
    const struct embedded *file = embedded_find(path);
    assert(file != NULL);
    /* Kept for the life of the program: the rows point into it. */
    char *line = strdup((const char *)file->bytes);
    assert(line != NULL);
    char *columns[MOST_COLUMNS] = {NULL};
    line = cut_line(line, columns); /* heading */
    while (*line != '\0') {
        line = cut_line(line, columns);
        assert(row_count < MOST_ROWS);
        rows[row_count++] = regions ? (struct municipality){columns[0], columns[1], columns[1],
                                                            columns[1], columns[0], columns[2]}
                                    : (struct municipality){columns[0], columns[1], columns[2],
                                                            columns[3], columns[4], columns[5]};
    }
}

static void read_tables(void) {
    read_table("people/organisations/data/municipalities.csv", false);
    read_table("people/organisations/data/regions.csv", true);
}

struct municipalities municipalities_all(void) {
    pthread_once(&once, read_tables);
    return (struct municipalities){rows, row_count};
}

const struct municipality *municipality_by_code(const char *code) {
    const struct municipalities all = municipalities_all();
    for (size_t i = 0; code != NULL && i < all.count; i++)
        if (strcmp(all.at[i].code, code) == 0)
            return &all.at[i];
    return NULL;
}

/* ---- searching ---- */

/* What was typed, folded and cut into words. */
struct typed {
    const char *words[MOST_WORDS];
    size_t count;
};

static struct typed typed_words(struct arena *arena, const char *folded) {
    struct typed typed = {.count = 0};
    char *rest = arena_copy_text(arena, folded), *word;
    while (typed.count < MOST_WORDS && (word = strtok_r(rest, " \t\n-,", &rest)) != NULL)
        typed.words[typed.count++] = word;
    return typed;
}

static bool word_begins(const char *text, const char *word) {
    for (const char *at = text; at != NULL; at = strpbrk(at, " -")) {
        at += strspn(at, " -");
        if (text_begins(at, word))
            return true;
    }
    return false;
}

/* "Malmö stad" in the form that is compared; `plain` also without accents. */
static const char *compared(struct arena *arena, const char *text, bool plain) {
    return plain ? text_slug(arena, text) : text_fold(arena, text);
}

/* 0 when it does not fit; more is better. "kommun" fits each municipality, "stad" those of that
 * name. */
static int fit(struct arena *arena, const struct typed *typed, const char *whole,
               const struct municipality *row, bool plain) {
    const char *name = compared(arena, row->name, plain);
    const char *full = compared(arena, row->full_name, plain);
    const char *own = compared(arena, row->own_name, plain);
    for (size_t i = 0; i < typed->count; i++)
        if (!word_begins(full, typed->words[i]) && !word_begins(own, typed->words[i]))
            return 0;
    if (strcmp(name, whole) == 0 || strcmp(full, whole) == 0 || strcmp(own, whole) == 0)
        return 3;
    return text_begins(full, whole) || text_begins(own, whole) ? 2 : 1;
}

struct found {
    const struct municipality *row;
    int fit;
};

static int compare_found(const void *a, const void *b) {
    const struct found *one = a, *other = b;
    if (one->fit != other->fit)
        return other->fit - one->fit;
    return text_compare_sv(one->row->name, strlen(one->row->name), other->row->name,
                           strlen(other->row->name));
}

static size_t find(struct arena *arena, const char *typed, bool plain, struct found *found) {
    const struct municipalities all = municipalities_all();
    const char *whole = compared(arena, typed, plain);
    const struct typed words = typed_words(arena, whole);
    size_t count = 0;
    for (size_t i = 0; words.count > 0 && i < all.count; i++) {
        const bool code = strcmp(all.at[i].code, whole) == 0;
        const int fits = code ? 3 : fit(arena, &words, whole, &all.at[i], plain);
        if (fits > 0)
            found[count++] = (struct found){&all.at[i], fits};
    }
    return count;
}

struct municipalities municipalities_matching(struct arena *arena, const char *typed, size_t most) {
    struct found *found = ARENA_ARRAY(arena, MOST_ROWS, struct found);
    size_t count = typed == NULL ? 0 : find(arena, typed, false, found);
    if (count == 0 && typed != NULL)
        count = find(arena, typed, true, found);
    if (count > 0)
        qsort(found, count, sizeof found[0], compare_found);
    if (count > most)
        count = most;
    struct municipality *result = ARENA_ARRAY(arena, count + 1, struct municipality);
    for (size_t i = 0; i < count; i++)
        result[i] = *found[i].row;
    return (struct municipalities){result, count};
}

struct municipality_match_list municipality_matches(struct arena *arena,
                                                    struct municipalities found) {
    struct municipality_match *matches =
        ARENA_ARRAY(arena, found.count + 1, struct municipality_match);
    for (size_t i = 0; i < found.count; i++)
        matches[i] =
            (struct municipality_match){found.at[i].code, found.at[i].own_name, found.at[i].county};
    return (struct municipality_match_list){matches, found.count};
}
