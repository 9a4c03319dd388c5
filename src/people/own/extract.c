/* The register extract as a page: what the sources write as JSON, in words. */
#include <jansson.h>
#include <string.h>

#include "people/own/extract.h"
#include "people/own/own.h"

enum { SOURCE_BYTES = 2 << 20 };

#define MOMENT(F, T) F(T, time, at, , "")
SHAPE(moment, MOMENT);

static void release(void *json) {
    json_decref(json);
}

/* Codes of roles with spaces between, in words. */
static const char *roles_value(struct request *rq, const char *codes) {
    struct buffer into = buffer_in(rq->arena, SOURCE_BYTES);
    const uint32_t roles = roles_from_codes(codes);

    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if (roles & role_bit(role))
            buffer_format(&into, "%s%s", into.length > 0 ? ", " : "",
                          word(rq->language, arena_format(rq->arena, "role.%s",
                                                          choice_code(&role_choices, (int)role))));
    return buffer_string(&into);
}

/* Times, keys of words and languages as people read them; the rest as it stands. */
static const char *text_value(struct request *rq, const char *key, const char *text) {
    const struct moment moment = {.at = instant_from_rfc3339(text)};
    const char *said = strchr(text, '.') != NULL ? word_if_any(rq->language, text) : NULL;
    const enum language language = language_from_code(text);

    if (strcmp(key, "roles") == 0)
        return roles_value(rq, text);
    if (strcmp(key, "language") == 0 && language != LANGUAGE_NONE)
        return language_name(language);
    if (said != NULL)
        return said;
    if (moment.at == INSTANT_NONE)
        return arena_copy_text(rq->arena, text);
    return format_field(rq->arena, rq->language, FORMAT_DATETIME, &moment_shape.fields[0], &moment);
}

static const char *json_value(struct request *rq, const char *key, const json_t *value) {
    if (json_is_string(value))
        return text_value(rq, key, json_string_value(value));
    if (json_is_integer(value))
        return arena_format(rq->arena, "%lld", (long long)json_integer_value(value));
    if (json_is_true(value))
        return word(rq->language, "extract.yes");
    if (json_is_false(value))
        return word(rq->language, "extract.no");
    return NULL;
}

static const char *label_of(struct request *rq, const char *key) {
    const char *label = word_if_any(rq->language, arena_format(rq->arena, "extract.field.%s", key));

    return label != NULL ? label : arena_copy_text(rq->arena, key);
}

/* What is not known is left out. */
static struct extract_fact_list facts_of(struct request *rq, json_t *record) {
    struct extract_fact_list facts = {
        .at = ARENA_ARRAY(rq->arena, json_object_size(record), struct extract_fact)};
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(record, key, value) {
        const char *text = json_value(rq, key, value);
        if (text != NULL)
            facts.at[facts.count++] = (struct extract_fact){label_of(rq, key), text};
    }
    return facts;
}

static enum error read_source(struct request *rq, const struct register_source *source,
                              struct extract_section *ret_section) {
    struct buffer into = buffer_in(rq->arena, SOURCE_BYTES);

    TRY(source->extract(rq->db, rq->arena, rq->tenant, rq->visitor->account, &into));
    json_t *records = json_loads(buffer_string(&into), JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_array(records)) {
        json_decref(records);
        return ERR_FAULT;
    }
    arena_defer(rq->arena, release, records);
    struct extract_section section = {.title = word(rq->language, source->name)};
    section.records.count = json_array_size(records);
    section.records.at = ARENA_ARRAY(rq->arena, section.records.count, struct extract_record);
    for (size_t i = 0; i < section.records.count; i++)
        section.records.at[i].facts = facts_of(rq, json_array_get(records, i));
    *ret_section = section;
    return ERR_OK;
}

enum error extract_read(struct request *rq, struct extract_page *ret_page) {
    struct extract_page page = {0};
    size_t count = 0;

    while (register_sources[count] != NULL)
        count++;
    page.sections.at = ARENA_ARRAY(rq->arena, count, struct extract_section);
    page.sections.count = count;
    for (size_t i = 0; i < count; i++)
        TRY(read_source(rq, register_sources[i], &page.sections.at[i]));
    *ret_page = page;
    return ERR_OK;
}
