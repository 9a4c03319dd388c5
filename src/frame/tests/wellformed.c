#include "frame/tests/wellformed.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "platform/base/instant.h"
#include "platform/base/text.h"

enum { OPEN_MAX_ = 64, NAMES_MAX = 4000 };

struct names {
    const char *at[NAMES_MAX];
    size_t count;
};

struct checker {
    struct arena *arena;
    const char *at;
    const char *open[OPEN_MAX_]; /* elements that are open, the innermost last */
    bool has_text[OPEN_MAX_];    /* and whether something can be read in them */
    int depth;
    struct names ids, wanted;
    const char *fault;
};

static bool is_in(const char *name, const char *const *names) {
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static void fault(struct checker *checker, const char *what, const char *name) {
    if (checker->fault == NULL)
        checker->fault =
            arena_format(checker->arena, "%s: %s near \"%.60s\"", what, name, checker->at);
}

static bool has(const struct names *names, const char *name) {
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->at[i], name) == 0)
            return true;
    return false;
}

static void remember(struct checker *checker, struct names *names, const char *name) {
    if (names->count == NAMES_MAX)
        fault(checker, "too many names", name);
    else
        names->at[names->count++] = name;
}

/* ---- attributes ---- */

struct attribute {
    const char *name, *value;
};

struct element {
    const char *name;
    struct attribute attributes[32];
    size_t count;
};

static const char *value_of(const struct element *element, const char *name) {
    for (size_t i = 0; i < element->count; i++)
        if (strcmp(element->attributes[i].name, name) == 0)
            return element->attributes[i].value;
    return NULL;
}

static const char *take(struct checker *checker, size_t length) {
    const char *taken = arena_copy_span(checker->arena, checker->at, length);
    checker->at += length;
    return taken;
}

static void read_attribute(struct checker *checker, struct element *element) {
    struct attribute attribute = {take(checker, strcspn(checker->at, " \n=>/\"'<")), ""};
    if (*attribute.name == '\0' || value_of(element, attribute.name) != NULL) {
        fault(checker, "attribute is nameless or given twice", element->name);
        return;
    }
    if (*checker->at == '=') {
        const char quote[2] = {checker->at[1], '\0'};
        if (*quote != '"' && *quote != '\'') {
            fault(checker, "attribute without quotes", attribute.name);
            return;
        }
        checker->at += 2;
        attribute.value = take(checker, strcspn(checker->at, quote));
        if (strchr(attribute.value, '<') != NULL || *checker->at == '\0')
            fault(checker, "attribute is not ended", attribute.name);
        checker->at += *checker->at != '\0';
    }
    if (element->count < sizeof element->attributes / sizeof element->attributes[0])
        element->attributes[element->count++] = attribute;
}

/* ids that others are pointed to by. */
static void note_references(struct checker *checker, const struct element *element) {
    static const char *const references[] = {"for", "aria-describedby", "aria-labelledby",
                                             "aria-controls"};
    const char *id = value_of(element, "id");
    if (id != NULL && has(&checker->ids, id))
        fault(checker, "two elements with one id", id);
    if (id != NULL)
        remember(checker, &checker->ids, id);
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        const char *list = value_of(element, references[i]);
        while (list != NULL && *list != '\0') {
            const size_t length = strcspn(list, " ");
            remember(checker, &checker->wanted, arena_copy_span(checker->arena, list, length));
            list += length + (list[length] == ' ');
        }
    }
}

/* ---- elements ---- */

static const char *parent(const struct checker *checker) {
    return checker->depth == 0 ? "" : checker->open[checker->depth - 1];
}

static void check_place(struct checker *checker, const char *name) {
    static const struct {
        const char *child;
        const char *parents[4];
    } places[] = {{"li", {"ul", "ol"}},       {"dt", {"dl", "div"}},    {"dd", {"dl", "div"}},
                  {"tr", {"thead", "tbody"}}, {"td", {"tr"}},           {"th", {"tr"}},
                  {"option", {"select"}},     {"legend", {"fieldset"}}, {"summary", {"details"}}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (strcmp(name, places[i].child) == 0 && !is_in(parent(checker), places[i].parents))
            fault(checker, "element astray", name);
}

static void open_element(struct checker *checker, const struct element *element) {
    const char *label = value_of(element, "aria-label");
    if (checker->depth == OPEN_MAX_) {
        fault(checker, "nested too deep", element->name);
        return;
    }
    checker->open[checker->depth] = element->name;
    checker->has_text[checker->depth++] =
        (label != NULL && *label != '\0') || value_of(element, "aria-labelledby") != NULL;
}

static void read_start(struct checker *checker) {
    static const char *const empty[] = {"meta", "link", "input", "br", "hr", "img", NULL};
    struct element element = {.name = take(checker, strcspn(checker->at, " \n>/"))};
    while (checker->fault == NULL && *checker->at != '>' && *checker->at != '\0') {
        const size_t space = strspn(checker->at, " \n");
        checker->at += space;
        if (checker->at[0] == '/' && checker->at[1] == '>')
            break;
        if (*checker->at != '>' && space == 0)
            fault(checker, "white space is missing", element.name);
        else if (*checker->at != '>')
            read_attribute(checker, &element);
    }
    const bool closed = *checker->at == '/';
    checker->at += closed;
    checker->at += *checker->at == '>';
    note_references(checker, &element);
    check_place(checker, element.name);
    if (!closed && !is_in(element.name, empty))
        open_element(checker, &element);
}

static void read_end(struct checker *checker) {
    const char *name = take(checker, strcspn(checker->at, ">"));
    checker->at += *checker->at == '>';
    if (strcmp(parent(checker), name) != 0) {
        fault(checker, "element is closed but not open", name);
        return;
    }
    const bool has_text = checker->has_text[--checker->depth];
    static const char *const named[] = {"a",     "button", "h1",    "h2",      "h3", "legend",
                                        "label", "th",     "title", "summary", NULL};
    if (!has_text && is_in(name, named))
        fault(checker, "element without a name", name);
    if (checker->depth > 0)
        checker->has_text[checker->depth - 1] |= has_text;
}

/* Text: nothing that begins an element by mistake, no bare ampersand. */
static void read_text(struct checker *checker) {
    const size_t length = strcspn(checker->at, "<");
    for (size_t i = 0; i < length; i++) {
        const char c = checker->at[i];
        if (c == '&' && strcspn(checker->at + i, "; \n") > 10)
            fault(checker, "bare ampersand", "&");
        if (checker->depth > 0 && c != ' ' && c != '\n')
            checker->has_text[checker->depth - 1] = true;
    }
    checker->at += length;
}

const char *wellformed_fault(struct arena *arena, const char *markup) {
    struct checker *checker = ARENA_NEW(arena, struct checker);
    *checker = (struct checker){.arena = arena, .at = markup};
    while (*checker->at != '\0' && checker->fault == NULL) {
        if (*checker->at != '<') {
            read_text(checker);
        } else if (strncasecmp(checker->at, "<!doctype html>", 15) == 0) {
            checker->at += 15;
        } else if (checker->at[1] == '/') {
            checker->at += 2;
            read_end(checker);
        } else {
            checker->at++;
            read_start(checker);
        }
    }
    if (checker->depth > 0)
        fault(checker, "element is not closed", parent(checker));
    for (size_t i = 0; i < checker->wanted.count; i++)
        if (!has(&checker->ids, checker->wanted.at[i]))
            fault(checker, "reference to nothing", checker->wanted.at[i]);
    return checker->fault;
}

/* ---- hostile views ---- */

static void fill_field(struct arena *arena, const struct field *field, void *at, int depth) {
    static int64_t next_id = 1;
    switch (field->kind) {
    case KIND_id:
    case KIND_int:
        *(int64_t *)at = next_id++;
        break;
    case KIND_money:
        *(int64_t *)at = 1250;
        break;
    case KIND_flag:
        *(bool *)at = true;
        break;
    case KIND_time:
        *(int64_t *)at = INT64_C(1781006520000000);
        break;
    case KIND_text:
        *(const char **)at = HOSTILE;
        break;
    case KIND_slug:
        *(const char **)at = arena_format(arena, "slug-%lld", (long long)next_id++);
        break;
    case KIND_url:
        *(struct url *)at = url_own("/p?a=1&b='2'");
        break;
    case KIND_html:
        *(struct html *)at = (struct html){"<p>Fritt</p>"};
        break;
    case KIND_choice:
        *(int *)at = 0;
        break;
    case KIND_one:
        if (depth > 0) {
            void *one = arena_take(arena, field->element->size);
            hostile_fill(arena, field->element, one, depth - 1);
            *(void **)at = one;
        }
        break;
    case KIND_list:
        if (depth > 0) {
            struct list *list = at;
            *list = (struct list){arena_array(arena, 2, field->element->size), 2};
            for (size_t i = 0; i < 2; i++)
                hostile_fill(arena, field->element, (char *)list->at + i * field->element->size,
                             depth - 1);
        }
        break;
    }
}

void hostile_fill(struct arena *arena, const struct shape *shape, void *view, int depth) {
    for (size_t i = 0; i < shape->count; i++)
        fill_field(arena, &shape->fields[i], (char *)view + shape->fields[i].offset, depth);
}
