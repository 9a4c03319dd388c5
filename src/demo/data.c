#include "demo/data.h"

#include "platform/base/embedded.h"
#include "platform/base/text.h"

/* Cuts the text at the first `end`; what is behind it, or NULL at the end of the text. */
static char *cut(char *text, char end) {
    char *found = strchr(text, end);
    if (found == NULL)
        return NULL;
    *found = '\0';
    return found + 1;
}

static char *file_copy(struct arena *arena, const struct embedded *file) {
    return arena_copy_span(arena, (const char *)file->bytes, file->length);
}

struct demo_people demo_people(struct arena *arena) {
    char *line = file_copy(arena, embedded_find("demo/data/people.csv"));
    struct demo_person *people = ARENA_ARRAY(arena, 64, struct demo_person);
    size_t count = 0;
    line = cut(line, '\n'); /* past the heading */
    while (line != NULL && *line != '\0' && count < 64) {
        char *next = cut(line, '\n');
        char *email = cut(line, ',');
        char *roles = cut(email, ',');
        char *language = cut(roles, ',');
        people[count++] = (struct demo_person){line, email, roles, language};
        line = next;
    }
    return (struct demo_people){people, count};
}

static const char *or_none(const char *text) {
    return *text == '\0' ? NULL : text;
}

struct demo_letters demo_letters(struct arena *arena) {
    char *line = file_copy(arena, embedded_find("demo/data/letters.csv"));
    struct demo_letter *letters = ARENA_ARRAY(arena, 64, struct demo_letter);
    size_t count = 0;
    line = cut(line, '\n'); /* past the heading */
    while (line != NULL && *line != '\0' && count < 64) {
        char *next = cut(line, '\n');
        char *subject = cut(line, ';');
        char *name = cut(subject, ';');
        char *email = cut(name, ';');
        char *message = cut(email, ';');
        letters[count++] = (struct demo_letter){(int)strtol(line, NULL, 10), subject, or_none(name),
                                                or_none(email), message};
        line = next;
    }
    return (struct demo_letters){letters, count};
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
    char *language = cut(name, '.');
    (void)cut(language, '.');
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
