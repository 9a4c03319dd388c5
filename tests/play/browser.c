/* What a browser does: cookies, forms with their hidden field. */
#include "play.h"

#include "platform/base/text.h"

const char *pattern_match(struct arena *arena, const char *pattern, const char *text, bool whole) {
    const char *star = strchr(pattern, '*');
    if (star == NULL) {
        const bool fits = whole ? strcmp(pattern, text) == 0 : strstr(text, pattern) != NULL;
        return fits ? pattern : NULL;
    }
    const char *before = arena_copy_span(arena, pattern, (size_t)(star - pattern));
    const char *start = whole ? (text_begins(text, before) ? text : NULL) : strstr(text, before);
    if (start == NULL)
        return NULL;
    start += strlen(before);
    const char *end = star[1] == '\0'
                          ? start + (whole ? strlen(start) : strcspn(start, "\"'<>& \n"))
                          : strstr(start, star + 1);
    if (end == NULL || (whole && strlen(end) != strlen(star + 1)))
        return NULL;
    if (!whole && *before != '\0') /* the place nearest to what follows it */
        for (const char *next; (next = strstr(start, before)) != NULL && next < end;)
            start = next + strlen(before);
    return arena_copy_span(arena, start, (size_t)(end - start));
}

/* The next line of the reply's headers that begins with `name: `, after `from`. */
static const char *header_line(struct play *play, const char *name, const char **from) {
    const char *line = *from;
    const size_t length = strlen(name);
    while (line != NULL && *line != '\0') {
        const char *end = strchr(line, '\n');
        const char *next = end == NULL ? NULL : end + 1;
        if (strncmp(line, name, length) == 0 && line[length] == ':') {
            const char *value = line + length + 1 + (line[length + 1] == ' ');
            *from = next;
            return arena_copy_span(play->arena, value,
                                   end == NULL ? strlen(value) : (size_t)(end - value));
        }
        line = next;
    }
    return NULL;
}

const char *reply_header_value(struct play *play, const char *name) {
    const char *from = play->reply.headers;
    return header_line(play, name, &from);
}

static void cookie_keep(struct play *play, struct actor *actor, const char *header) {
    const char *equals = strchr(header, '=');
    const char *end = header + strcspn(header, ";");
    if (equals == NULL || equals > end)
        return;
    const char *name = arena_copy_span(play->arena, header, (size_t)(equals - header));
    const char *value = arena_copy_span(play->arena, equals + 1, (size_t)(end - equals - 1));
    const bool ended = strstr(end, "Max-Age=0") != NULL;
    size_t free_place = PLAY_COOKIES;
    for (size_t i = 0; i < PLAY_COOKIES; i++) {
        if (actor->cookies[i][0] == NULL) {
            free_place = i < free_place ? i : free_place;
        } else if (strcmp(actor->cookies[i][0], name) == 0) {
            free_place = i;
            break;
        }
    }
    if (free_place == PLAY_COOKIES)
        return;
    actor->cookies[free_place][0] = ended ? NULL : name;
    actor->cookies[free_place][1] = value;
}

static const char *cookie_header(struct play *play, const struct actor *actor) {
    struct buffer line = buffer_in(play->arena, 1 << 14);
    buffer_text(&line, "Cookie: ");
    for (size_t i = 0; i < PLAY_COOKIES; i++)
        if (actor->cookies[i][0] != NULL)
            buffer_format(&line, "%s=%s; ", actor->cookies[i][0], actor->cookies[i][1]);
    return buffer_string(&line);
}

bool browser_send(struct play *play, struct actor *actor) {
    if (actor->target == NULL)
        return play_fail(play, "%s has sent nothing yet", actor->name);
    const char *lines[] = {cookie_header(play, actor),
                           actor->json ? "Accept: application/json" : "Accept: text/html",
                           "Accept-Language: sv",
                           "Sec-Fetch-Site: same-origin",
                           actor->method == METHOD_POST
                               ? "Content-Type: application/x-www-form-urlencoded"
                               : "X-Play: 1",
                           NULL};
    const char *body = actor->body == NULL ? "" : actor->body;
    const enum error error =
        http_test(service_http(play->service), play->arena, actor->method, actor->host,
                  actor->target, lines, body, strlen(body), &play->reply);
    play->has_reply = error == ERR_OK;
    if (error != ERR_OK)
        return play_fail(play, "the door did not answer: %s", error_meaning(error));
    const char *from = play->reply.headers;
    for (const char *header; (header = header_line(play, "set-cookie", &from)) != NULL;)
        cookie_keep(play, actor, header);
    if (play->reply.body != NULL && play->reply.length > 0 && !actor->json)
        actor->page = play->reply.body;
    return true;
}

static void add_encoded(struct buffer *body, const char *text) {
    for (; *text != '\0'; text++) {
        const unsigned char c = (unsigned char)*text;
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain || strchr("-_.~", c) != NULL)
            buffer_add(body, text, 1);
        else
            buffer_format(body, "%%%02X", c);
    }
}

/* The hidden one-time field of the page's form for this address, or of any form on the page. */
static const char *hidden_field(struct play *play, const char *page, const char *target) {
    const char *action =
        arena_format(play->arena, "action=\"%.*s\"", (int)strcspn(target, "?"), target);
    const char *form = page == NULL ? NULL : strstr(page, action);
    if (form == NULL && page != NULL && strstr(page, "action=\"") == NULL)
        form = page;
    return form == NULL ? NULL
                        : pattern_match(play->arena, "name=\"form\" value=\"*\"", form, false);
}

/* Fetches the page of a form; its hidden field, or NULL with a message. */
static const char *fetch_field(struct play *play, struct actor *actor,
                               const struct form_place *place) {
    actor->method = METHOD_GET;
    actor->target = place->page;
    actor->json = false;
    if (!browser_send(play, actor))
        return NULL;
    const char *token = hidden_field(play, actor->page, place->target);
    if (token == NULL && actor->page != NULL)
        token = pattern_match(play->arena, "name=\"form\" value=\"*\"", actor->page, false);
    if (token == NULL)
        (void)play_fail(play, "no form at %s (status %d)", place->page, play->reply.status);
    return token;
}

const char *browser_form(struct play *play, struct actor *actor, const struct form_place *place,
                         char *const *fields, size_t count) {
    struct buffer body = buffer_in(play->arena, 1 << 20);
    const char *token = place->forged ? NULL : hidden_field(play, actor->page, place->target);
    if (token == NULL && !place->forged) {
        token = fetch_field(play, actor, place);
        if (token == NULL)
            return NULL;
    }
    if (token != NULL) {
        buffer_text(&body, "form=");
        add_encoded(&body, token);
    }
    for (size_t i = 0; i < count; i++) {
        const char *equals = strchr(fields[i], '=');
        if (equals == NULL) {
            (void)play_fail(play, "want field=value, not %s", fields[i]);
            return NULL;
        }
        buffer_add(&body, "&", body.length > 0 ? 1 : 0);
        buffer_add(&body, fields[i], (size_t)(equals - fields[i] + 1));
        add_encoded(&body, equals + 1);
    }
    return buffer_string(&body);
}
