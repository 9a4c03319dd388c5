#include "pages/rules.h"

#include <string.h>

#include "platform/base/instant.h"
#include "platform/base/text.h"

/* ---- states ---- */

bool page_may_become(enum page_state from, enum page_state to) {
    static const struct {
        enum page_state from, to;
    } allowed[] = {
        {page_state_draft, page_state_review},
        {page_state_draft, page_state_published},
        {page_state_review, page_state_draft},
        {page_state_review, page_state_published},
        {page_state_published, page_state_unpublished},
        {page_state_unpublished, page_state_published},
        {page_state_unpublished, page_state_archived},
        {page_state_archived, page_state_disposed},
    };
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (allowed[i].from == from && allowed[i].to == to)
            return true;
    return false;
}

bool page_state_wants_reason(enum page_state to) {
    return to == page_state_unpublished || to == page_state_disposed;
}

/* ---- publish checks ---- */

enum { FINDINGS_MAX = 20, EXCERPT_BYTES = 60 };

struct findings {
    struct arena *arena;
    struct finding *at;
    size_t count;
};

struct line {
    const char *at;
    size_t length;
    int number;
};

/* Cut between characters, never inside one. */
static const char *excerpt(struct arena *arena, const char *at, size_t length) {
    if (length <= EXCERPT_BYTES)
        return arena_copy_span(arena, at, length);
    size_t end = EXCERPT_BYTES;
    while (end > 0 && ((unsigned char)at[end] & 0xC0) == 0x80)
        end--;
    return arena_format(arena, "%.*s…", (int)end, at);
}

static void add(struct findings *findings, enum finding_kind kind, const char *field,
                struct line line) {
    if (findings->count == FINDINGS_MAX)
        return;
    findings->at[findings->count++] = (struct finding){
        .kind = (int)kind,
        .field = field,
        .line = line.number,
        .excerpt = line.at == NULL ? NULL : excerpt(findings->arena, line.at, line.length),
    };
}

static struct line trimmed(struct line line) {
    while (line.length > 0 && strchr(" \t", line.at[0]) != NULL) {
        line.at++;
        line.length--;
    }
    while (line.length > 0 && strchr(" \t", line.at[line.length - 1]) != NULL)
        line.length--;
    return line;
}

/* What a template asks its writer to fill in: "Ange plats", "Ange …", "[Ange dag]". A sentence such
 * as "Ange ditt namn när du ringer oss." is somebody's own: it is long or ends with a stop. */
static bool asks_to_fill_in(const char *folded) {
    static const char *const verbs[] = {
#define ASKS(text) text,
#define LEFT(text)
#include "pages/template_texts.def"
#undef ASKS
#undef LEFT
    };
    const size_t length = strlen(folded);
    const bool trails_off = length >= 3 && strcmp(folded + length - 3, "...") == 0;
    size_t words = 1;
    for (const char *at = folded; *at != '\0'; at++)
        words += *at == ' ';
    if (length == 0 || words > 4 || (strchr(".!?:", folded[length - 1]) != NULL && !trails_off))
        return false;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (text_begins(folded, verbs[i]))
            return true;
    return false;
}

static bool is_template_text(struct arena *arena, struct line line) {
    static const char *const phrases[] = {
#define ASKS(text)
#define LEFT(text) text,
#include "pages/template_texts.def"
#undef ASKS
#undef LEFT
    };
    line = trimmed(line);
    while (line.length > 0 && strchr("#*->_ ", line.at[0]) != NULL)
        line = (struct line){line.at + 1, line.length - 1, line.number};
    const char *folded = text_fold(arena, arena_copy_span(arena, line.at, line.length));
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (strstr(folded, phrases[i]) != NULL)
            return true;
    for (const char *open = strchr(folded, '['); open != NULL; open = strchr(open + 1, '[')) {
        const char *close = strchr(open, ']');
        if (close == NULL)
            break;
        if (close[1] != '(' &&
            asks_to_fill_in(arena_copy_span(arena, open + 1, (size_t)(close - open - 1))))
            return true;
    }
    return asks_to_fill_in(folded);
}

/* "[](address)" or "[ ](address)". */
static bool has_empty_link(struct line line) {
    for (size_t i = 0; i + 2 < line.length; i++) {
        if (line.at[i] != '[' || (i > 0 && line.at[i - 1] == '\\'))
            continue;
        size_t end = i + 1;
        while (end < line.length && strchr(" \t", line.at[end]) != NULL)
            end++;
        if (end + 1 < line.length && line.at[end] == ']' && line.at[end + 1] == '(')
            return true;
    }
    return false;
}

/* "## " with nothing behind it. */
static bool is_empty_heading(struct line line) {
    line = trimmed(line);
    size_t marks = 0;
    while (marks < line.length && line.at[marks] == '#')
        marks++;
    return marks >= 1 && marks <= 6 && marks == line.length;
}

static void check_lines(struct findings *findings, const char *field, const char *text,
                        bool is_markdown) {
    struct line line = {.number = 1};
    for (const char *at = text; at != NULL; line.number++) {
        const char *end = strchr(at, '\n');
        line.at = at;
        line.length = end == NULL ? strlen(at) : (size_t)(end - at);
        if (is_template_text(findings->arena, line))
            add(findings, finding_kind_template_text, field, line);
        if (is_markdown && has_empty_link(line))
            add(findings, finding_kind_link_without_text, field, line);
        if (is_markdown && is_empty_heading(line))
            add(findings, finding_kind_empty_heading, field, line);
        at = end == NULL ? NULL : end + 1;
    }
}

void page_findings(struct arena *arena, const struct page_text *text,
                   struct finding_list *ret_findings) {
    struct findings findings = {arena, ARENA_ARRAY(arena, FINDINGS_MAX, struct finding), 0};
    const struct {
        const char *name, *text;
        enum finding_kind missing;
        bool is_markdown;
    } fields[] = {
        {"title", text->title, finding_kind_no_title, false},
        {"lead", text->lead, finding_kind_no_lead, false},
        {"body", text->body, finding_kind_no_text, true},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (fields[i].text == NULL || fields[i].text[0] == '\0')
            add(&findings, fields[i].missing, fields[i].name, (struct line){0});
        else
            check_lines(&findings, fields[i].name, fields[i].text, fields[i].is_markdown);
    }
    *ret_findings = (struct finding_list){findings.at, findings.count};
}

/* ---- addresses ---- */

bool page_slug_reserved(const char *slug) {
    static const char *const used[] = {"new", "hand-over"};
    for (size_t i = 0; i < sizeof used / sizeof used[0]; i++)
        if (strcmp(slug, used[i]) == 0)
            return true;
    return false;
}

const char *page_slug_candidate(struct arena *arena, const char *title, int n) {
    const char *slug = text_slug(arena, title);
    if (slug[strspn(slug, "-")] == '\0')
        slug = "sida";
    else if (page_slug_reserved(slug))
        slug = arena_format(arena, "sida-%s", slug);
    return n <= 1 ? slug : arena_format(arena, "%s-%d", slug, n);
}

/* ---- variants ---- */

bool variant_is_old(int64_t variant_text_at, int64_t original_text_at) {
    return variant_text_at != INSTANT_NONE && original_text_at != INSTANT_NONE &&
           variant_text_at < original_text_at;
}
