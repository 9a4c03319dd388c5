#include "demo/data.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "platform/base/embedded.h"
#include "platform/base/text.h"

/* How often a character stands in the text before `end`. */
static size_t text_count(const char *text, char character, char end) {
    size_t count = 0;
    for (; *text != end; text++)
        count += *text == character;
    return count;
}

char *demo_cut(char *text, char end) {
    char *found = strchr(text, end);
    if (found == NULL)
        return NULL;
    *found = '\0';
    return found + 1;
}

static char *file_copy(struct arena *arena, const struct embedded *file) {
    return arena_copy_span(arena, (const char *)file->bytes, file->length);
}

struct demo_table demo_table(struct arena *arena, const char *name) {
    const struct embedded *file = embedded_find(arena_format(arena, "demo/data/%s.csv", name));
    assert(file != NULL);
    char *line = file_copy(arena, file);
    const size_t columns = text_count(line, ';', '\n') + 1, lines = text_count(line, '\n', '\0');
    const char **cells = ARENA_ARRAY(arena, lines * columns, const char *);
    size_t count = 0;
    for (char *next; line != NULL && *line != '\0'; line = next) {
        next = demo_cut(line, '\n');
        for (char *cell = line; cell != NULL; count++) {
            assert(count < lines * columns);
            cells[count] = cell;
            cell = demo_cut(cell, ';');
        }
        assert(count % columns == 0);
    }
    return (struct demo_table){cells, cells + columns, columns, lines - 1};
}

const char *demo_cell(const struct demo_table *table, size_t row, const char *column) {
    size_t place = 0;
    while (place < table->columns && strcmp(table->heading[place], column) != 0)
        place++;
    assert(place < table->columns && row < table->rows);
    return table->cells[row * table->columns + place];
}

const char *demo_cell_or_none(const struct demo_table *table, size_t row, const char *column) {
    const char *cell = demo_cell(table, row, column);
    return *cell == '\0' ? NULL : cell;
}

int64_t demo_number(const struct demo_table *table, size_t row, const char *column,
                    int64_t otherwise) {
    const char *cell = demo_cell(table, row, column);
    return *cell == '\0' ? otherwise : strtoll(cell, NULL, 10);
}

struct demo_people demo_people(struct arena *arena) {
    const struct demo_table table = demo_table(arena, "people");
    struct demo_person *people = ARENA_ARRAY(arena, table.rows, struct demo_person);
    for (size_t i = 0; i < table.rows; i++)
        people[i] = (struct demo_person){
            .name = demo_cell(&table, i, "name"),
            .email = demo_cell(&table, i, "email"),
            .roles = demo_cell(&table, i, "roles"),
            .language = demo_cell(&table, i, "language"),
        };
    return (struct demo_people){people, table.rows};
}

/* Value of "key: value" in the head of a page file, or NULL. */
static const char *head_value(struct arena *arena, const char *head, const char *key) {
    const char *line = head;
    const size_t length = strlen(key);
    while (line != NULL && *line != '\0') {
        if (strncmp(line, key, length) == 0 && line[length] == ':')
            return arena_copy_span(arena, line + length + 2, strcspn(line + length + 2, "\n"));
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    return NULL;
}

static struct demo_page page_read(struct arena *arena, const char *path, char *text) {
    char *body = strstr(text, "\n\n");
    body[1] = '\0';
    char *name = arena_copy_text(arena, strrchr(path, '/') + 1);
    char *language = demo_cut(name, '.');
    (void)demo_cut(language, '.');
    return (struct demo_page){
        .name = name,
        .language = language,
        .title = head_value(arena, text, "title"),
        .lead = head_value(arena, text, "lead"),
        .owner = head_value(arena, text, "owner"),
        .author = head_value(arena, text, "author"),
        .state = head_value(arena, text, "state"),
        .reason = head_value(arena, text, "reason"),
        .body = body + 2,
    };
}

struct demo_pages demo_pages(struct arena *arena) {
    struct demo_page *pages = ARENA_ARRAY(arena, 64, struct demo_page);
    size_t count = 0;
    for (int other = 0; other <= 1; other++) {
        for (size_t i = 0; i < embedded_count && count < 64; i++) {
            const struct embedded *file = &embedded_files[i];
            const bool is_swedish = strstr(file->path, ".sv.md") != NULL;
            if (text_begins(file->path, "demo/data/pages/") && is_swedish == (other == 0))
                pages[count++] = page_read(arena, file->path, file_copy(arena, file));
        }
    }
    return (struct demo_pages){pages, count};
}
