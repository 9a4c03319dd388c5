/* Any bytes as a multipart body: read alike however they are cut, and within the limits. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/base/text.h"
#include "platform/http/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool has_folder;
static char folder[] = "/tmp/radslag-fuzz-XXXXXX";
static const struct multipart_limits limits = {.fields = 300, .files = 300};

static void remove_folder(void) {
    (void)rmdir(folder);
}

static void make_folder(void) {
    if (mkdtemp(folder) == NULL || atexit(remove_folder) != 0)
        abort();
    has_folder = true;
}

static void require(bool holds) {
    if (!holds)
        abort();
}

static enum error read_parts(struct arena *arena, const char *bytes, size_t length, size_t step,
                             struct input *ret_input) {
    struct multipart *parts = multipart_new(arena, "B", limits, folder);
    for (size_t i = 0; i < length; i += step)
        TRY(multipart_feed(parts, bytes + i, length - i < step ? length - i : step));
    return multipart_end(parts, ret_input);
}

static void check(const struct input *input) {
    size_t fields = 0, files = 0;
    for (const struct input_pair *pair = input->first; pair != NULL; pair = pair->next) {
        require(text_utf8(pair->value, pair->length) && strlen(pair->value) == pair->length);
        require(text_utf8(pair->name, strlen(pair->name)) && *pair->name != '\0');
        if (pair->upload == NULL)
            fields += pair->length;
        else
            files += pair->upload->size;
        require(pair->upload == NULL || strpbrk(pair->upload->name, "/\\\n") == NULL);
    }
    require(fields <= limits.fields && files <= limits.files);
    require(input->count <= MULTIPART_PARTS_MAX);
}

static void check_same(const struct input *a, const struct input *b) {
    const struct input_pair *x = a->first, *y = b->first;
    for (; x != NULL && y != NULL; x = x->next, y = y->next)
        require(strcmp(x->name, y->name) == 0 && strcmp(x->value, y->value) == 0 &&
                (x->upload == NULL) == (y->upload == NULL));
    require(x == NULL && y == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < 1)
        return 0;
    if (!has_folder)
        make_folder();
    const char *body = (const char *)bytes + 1;
    struct arena *arena = arena_new(8 << 20);
    struct input whole = {0}, cut = {0};
    const enum error one = read_parts(arena, body, length - 1, SIZE_MAX / 2, &whole);
    const enum error other = read_parts(arena, body, length - 1, bytes[0] % 31 + 1u, &cut);
    require(one == other);
    check(&whole);
    check_same(&whole, &cut);
    arena_free(arena);
    return 0;
}
