/* Any bytes as the body of a form, and as JSON: read, checked and shown again. */
#include <stdlib.h>
#include <string.h>

#include "platform/base/text.h"
#include "platform/view/form.h"
#include "platform/view/tests/shapes.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define FUZZ_FORM(F, T)                                                                            \
    F(T, text, name, , REQUIRED, 20, account, "")                                                  \
    F(T, lines, story, , OPTIONAL, 90, draft, "")                                                  \
    F(T, email, email, , OPTIONAL, 0, account, "")                                                 \
    F(T, code, code, , OPTIONAL, 6, code, "")                                                      \
    F(T, flag, agree, , OPTIONAL, 0, none, "")                                                     \
    F(T, number, people, , OPTIONAL, 180, none, "")                                                \
    F(T, money, cost, , OPTIONAL, 5000000, none, "")                                               \
    F(T, date, day, , OPTIONAL, 0, none, "")                                                       \
    F(T, clock, hour, , OPTIONAL, 0, none, "")                                                     \
    F(T, choice, state, test_state, OPTIONAL, 0, none, "")                                         \
    F(T, picks, states, test_state, OPTIONAL, 2, none, "")                                         \
    F(T, option, slot, , OPTIONAL, 0, none, "")                                                    \
    F(T, id, page, , OPTIONAL, 0, none, "")                                                        \
    F(T, ids, rows, , OPTIONAL, 3, none, "")                                                       \
    F(T, file, picture, , OPTIONAL, 100, page, "")
FORM(fuzz_form, FUZZ_FORM);

static void check_pairs(const struct input *input) {
    size_t count = 0;
    for (const struct input_pair *pair = input->first; pair != NULL; pair = pair->next, count++)
        if (strlen(pair->value) != pair->length || !text_utf8(pair->value, pair->length) ||
            !text_utf8(pair->name, strlen(pair->name)))
            abort();
    if (count != input->count || count > INPUT_PAIRS_MAX)
        abort();
}

static void read_and_show(struct arena *arena, const struct input *input) {
    struct fuzz_form form = {0};
    struct fuzz_form_fields fields = {.head = {0}};
    struct form_errors errors = {.count = 0};
    check_pairs(input);
    form_read(&fuzz_form_form, arena, input, &form, &errors);
    form_show(&fuzz_form_form, arena, LANGUAGE_SV, input, NULL, &errors, NULL, &fields);
    if ((size_t)fields.head.error_count > errors.count)
        abort();
    form_show(&fuzz_form_form, arena, LANGUAGE_SV, NULL, &form, NULL, NULL, &fields);
    if (form.name != NULL && !text_valid(form.name, strlen(form.name)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static bool loaded;
    if (!loaded && words_load(NULL) != ERR_OK)
        abort();
    loaded = true;
    struct arena *arena = arena_new(64 << 20);
    struct input input = {.count = 0};
    if (!ARENA_RECOVER(arena)) {
        if (input_from_form(arena, (const char *)bytes, length, &input) == ERR_OK)
            read_and_show(arena, &input);
        if (input_from_json(arena, (const char *)bytes, length, &input) == ERR_OK)
            read_and_show(arena, &input);
    }
    arena_free(arena);
    return 0;
}
