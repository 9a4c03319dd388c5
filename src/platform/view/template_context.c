/* Where in an HTML document a tag of the template stands: a scan of the literal text around it. It
 * follows the tokenizer of the HTML standard as far as templates of ours go, and refuses the rest.
 */
#include <string.h>

#include "platform/view/template.h"

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_in(const char *name, const char *const *names) {
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static void append(char *name, size_t room, char c) {
    const size_t length = strlen(name);
    if (length + 1 < room)
        name[length] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void clear(char *name, size_t room) {
    memset(name, 0, room);
}

/* ---- reading literal text ---- */

static enum html_state inside_element(const struct html_context *html) {
    static const char *const raw[] = {"script",   "style",     "xmp",      "iframe", "noembed",
                                      "noframes", "plaintext", "noscript", NULL};
    static const char *const escapable[] = {"title", "textarea", NULL};
    if (html->is_end_tag)
        return HTML_TEXT;
    return is_in(html->element, raw)         ? HTML_RAW
           : is_in(html->element, escapable) ? HTML_ESCAPABLE
                                             : HTML_TEXT;
}

static const char *read_tag_open(struct html_context *html, char c) {
    if (c == '/' && !html->is_end_tag) {
        html->is_end_tag = true;
    } else if (is_alpha(c)) {
        clear(html->element, sizeof html->element);
        append(html->element, sizeof html->element, c);
        html->state = HTML_TAG_NAME;
    } else if (c == '!' || c == '?') {
        html->state = HTML_DECLARATION;
    } else if (html->is_end_tag) {
        return "\"</\" without a name";
    } else {
        html->state = HTML_TEXT;
    }
    return NULL;
}

/* In a tag, outside values. */
static const char *read_in_tag(struct html_context *html, char c) {
    if (c == '>') {
        html->state = inside_element(html);
    } else if (is_space(c) || c == '/') {
        html->state = HTML_SPACE;
    } else if (c == '=') {
        if (html->state != HTML_ATTRIBUTE)
            return "\"=\" without an attribute before it";
        html->state = HTML_EQUALS;
    } else if (strchr("\"'<", c) != NULL) {
        return "quote or \"<\" inside a tag";
    } else if (html->state == HTML_TAG_NAME) {
        append(html->element, sizeof html->element, c);
    } else if (html->state == HTML_ATTRIBUTE) {
        append(html->attribute, sizeof html->attribute, c);
    } else if (html->state == HTML_SPACE) {
        clear(html->attribute, sizeof html->attribute);
        append(html->attribute, sizeof html->attribute, c);
        html->state = HTML_ATTRIBUTE;
    } else {
        return "white space is missing before an attribute";
    }
    return NULL;
}

static const char *read_equals(struct html_context *html, char c) {
    clear(html->begins, sizeof html->begins);
    html->begun = false;
    if (is_space(c) || c == '>')
        return "attribute without a value behind \"=\"";
    html->quote = c;
    html->state = c == '"' || c == '\'' ? HTML_VALUE : HTML_UNQUOTED;
    return NULL;
}

static void read_value(struct html_context *html, char c) {
    if (html->state == HTML_VALUE ? c == html->quote : is_space(c)) {
        html->state = html->state == HTML_VALUE ? HTML_GAP : HTML_SPACE;
    } else if (html->state == HTML_UNQUOTED && c == '>') {
        html->state = inside_element(html);
    } else {
        if (!html->begun || (html->begins[0] != '\0' && html->begins[1] == '\0'))
            html->begins[html->begun] = c;
        html->begun = true;
    }
}

/* True when `text` goes on with "</element". */
static bool ends_element(const struct html_context *html, const char *text, const char *end) {
    const size_t length = strlen(html->element);
    if ((size_t)(end - text) < length + 2 || text[0] != '<' || text[1] != '/')
        return false;
    for (size_t i = 0; i < length; i++)
        if ((text[2 + i] | 0x20) != html->element[i])
            return false;
    return text + 2 + length == end || !is_alpha(text[2 + length]);
}

static const char *read_character(struct html_context *html, const char *at, const char *end) {
    const size_t left = (size_t)(end - at);
    switch (html->state) {
    case HTML_TEXT:
        if (*at == '<') {
            html->is_end_tag = false;
            html->state = left >= 4 && memcmp(at, "<!--", 4) == 0 ? HTML_COMMENT : HTML_TAG_OPEN;
        }
        return NULL;
    case HTML_ESCAPABLE:
    case HTML_RAW:
        if (ends_element(html, at, end)) {
            html->is_end_tag = false;
            html->state = HTML_TAG_OPEN;
        }
        return NULL;
    case HTML_COMMENT:
        if (left >= 3 && memcmp(at, "-->", 3) == 0)
            html->state = HTML_DECLARATION; /* up to its ">" */
        return NULL;
    case HTML_DECLARATION:
        if (*at == '>')
            html->state = HTML_TEXT;
        return NULL;
    case HTML_TAG_OPEN:
        return read_tag_open(html, *at);
    case HTML_EQUALS:
        return read_equals(html, *at);
    case HTML_VALUE:
    case HTML_UNQUOTED:
        read_value(html, *at);
        return NULL;
    default:
        return read_in_tag(html, *at);
    }
}

const char *context_read(struct html_context *html, const char *text, size_t length) {
    const char *why = NULL;
    for (const char *at = text; at < text + length && why == NULL; at++)
        why = read_character(html, at, text + length);
    return why;
}

/* ---- tags of the template ---- */

static bool is_link(const struct html_context *html) {
    static const char *const links[] = {"href",   "src",    "action",     "formaction", "poster",
                                        "cite",   "data",   "background", "ping",       "manifest",
                                        "usemap", "srcset", "xlink:href", NULL};
    return is_in(html->attribute, links);
}

const char *context_section(struct html_context *html) {
    switch (html->state) {
    case HTML_TEXT:
    case HTML_ESCAPABLE:
    case HTML_GAP:
    case HTML_SPACE:
    case HTML_VALUE:
        return NULL;
    case HTML_TAG_NAME:
    case HTML_ATTRIBUTE:
        html->state = HTML_GAP;
        return NULL;
    case HTML_EQUALS:
    case HTML_UNQUOTED:
        return "section in an unquoted attribute";
    case HTML_COMMENT:
        return "section in a comment: write {{! … }}";
    case HTML_RAW:
        return "section in an element that holds code or style";
    default:
        return "section inside a tag's name or a declaration";
    }
}

bool context_joins(const struct html_context *a, const struct html_context *b,
                   struct html_context *ret_after) {
    const bool a_in_tag = a->state == HTML_GAP || a->state == HTML_SPACE;
    const bool b_in_tag = b->state == HTML_GAP || b->state == HTML_SPACE;
    if (a->state != b->state && !(a_in_tag && b_in_tag))
        return false;
    const bool in_element = a->state != HTML_TEXT;
    if (in_element && (strcmp(a->element, b->element) != 0 || a->is_end_tag != b->is_end_tag))
        return false;
    if (a->state == HTML_VALUE && (strcmp(a->attribute, b->attribute) != 0 || a->quote != b->quote))
        return false;
    /* In a link it matters what stands before a tag: the same on both ways. */
    if (a->state == HTML_VALUE && is_link(a) &&
        (a->begun != b->begun || memcmp(a->begins, b->begins, sizeof a->begins) != 0))
        return false;
    *ret_after = *a;
    if (a->state == HTML_SPACE && b->state == HTML_GAP)
        ret_after->state = HTML_GAP;
    return true;
}

static const char *link_value(const struct html_context *html, enum kind kind) {
    if (strcmp(html->attribute, "srcset") == 0 || strcmp(html->attribute, "ping") == 0)
        return "tag in srcset or ping";
    if (!html->begun)
        return kind == KIND_url ? NULL : "a link begins with a tag whose kind is not url";
    if (kind != KIND_id && kind != KIND_int && kind != KIND_slug)
        return "within a link only id, int and slug may stand";
    if (html->begins[0] == '\0' || html->begins[0] == '#' || html->begins[0] == '?')
        return NULL; /* '\0': it began with a url */
    /* "/{{a}}/{{b}}" would name another host when the first is empty. */
    return html->begins[0] == '/' && is_alpha(html->begins[1])
               ? NULL
               : "a link with a tag begins with a url, #, ? or the name of a place: /name";
}

static const char *attribute_value(struct html_context *html, enum kind kind) {
    const char *why = NULL;
    if (memcmp(html->attribute, "on", 2) == 0)
        why = "tag in a handler of events";
    else if (strcmp(html->attribute, "style") == 0 || strcmp(html->attribute, "srcdoc") == 0)
        why = "tag in style or srcdoc";
    else if (kind == KIND_html)
        why = "html in an attribute";
    else if (is_link(html))
        why = link_value(html, kind);
    html->begun = true;
    return why;
}

const char *context_value(struct html_context *html, enum kind kind) {
    switch (html->state) {
    case HTML_TEXT:
        return NULL;
    case HTML_ESCAPABLE:
        return kind == KIND_html ? "html where no elements may stand" : NULL;
    case HTML_VALUE:
        return attribute_value(html, kind);
    case HTML_RAW:
        return "tag in an element that holds code or style";
    case HTML_COMMENT:
        return "tag in a comment";
    case HTML_EQUALS:
    case HTML_UNQUOTED:
        return "tag in an unquoted attribute";
    default:
        return "tag outside a value";
    }
}

bool context_for_people(const struct html_context *html) {
    static const char *const read[] = {
        "title",   "alt",     "placeholder",      "aria-label",     "label",
        "content", "summary", "aria-description", "aria-valuetext", NULL};
    return html->state != HTML_VALUE || is_in(html->attribute, read);
}
