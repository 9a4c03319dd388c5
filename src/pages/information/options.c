/* Choices of the forms: who may own a page, and which languages the organisation offers. */
#include <string.h>

#include "information_statements.h"
#include "pages/information/information.h"

enum { PUBLISHERS_MAX = 200, LANGUAGE_CODE_BYTES = 12 };

static struct option_view *people_options(struct request *rq, const struct person_list *people) {
    struct option_view *at = ARENA_ARRAY(rq->arena, people->count + 1, struct option_view);
    for (size_t i = 0; i < people->count; i++) {
        const struct person *person = &people->at[i];
        at[i] = (struct option_view){
            .code = arena_format(rq->arena, "%lld", (long long)person->id),
            .label = person->name != NULL ? person->name : person->email,
        };
    }
    return at;
}

/* From codes with a blank between, "sv en". */
static size_t language_options(struct request *rq, const char *codes,
                               const struct option_view **ret_options) {
    struct option_view *at = ARENA_ARRAY(rq->arena, LANGUAGE_COUNT, struct option_view);
    size_t count = 0;
    for (const char *code = codes; *code != '\0' && count < LANGUAGE_COUNT;) {
        const size_t length = strcspn(code, " ");
        const char *one = arena_copy_span(rq->arena, code, length);
        const enum language language = language_from_code(one);
        if (language != LANGUAGE_NONE)
            at[count++] = (struct option_view){.code = one, .label = language_name(language)};
        code += length + (code[length] == ' ');
    }
    *ret_options = at;
    return count;
}

enum error information_options(struct db *db, struct request *rq,
                               const struct form_options **ret_options) {
    struct person_list people = {0};
    struct organisation organisation = {0};
    struct form_options *options = ARENA_ARRAY(rq->arena, 3, struct form_options);
    const struct option_view *languages = NULL;
    TRY(db_many(db, rq->arena, &sql_publishers, WITH(BIND_INT("tenant", rq->tenant)),
                PUBLISHERS_MAX, &person_shape, &people));
    TRY(organisation_find(db, rq->arena, rq->tenant, &organisation));
    const struct option_view *persons = people_options(rq, &people);
    const size_t language_count = language_options(rq, organisation.languages, &languages);
    options[0] = (struct form_options){"page_owner", persons, people.count, &options[1]};
    options[1] = (struct form_options){"substitute", persons, people.count, &options[2]};
    options[2] = (struct form_options){"language", languages, language_count, NULL};
    *ret_options = options;
    return ERR_OK;
}

bool option_offered(const struct form_options *options, const char *field, const char *code) {
    for (; options != NULL; options = options->next) {
        if (strcmp(options->field, field) != 0)
            continue;
        for (size_t i = 0; i < options->count; i++)
            if (strcmp(options->at[i].code, code) == 0)
                return true;
    }
    return false;
}
