/* Any bytes as a bundle: refused with a place, or judged. What is said to be right is exactly the
 * archive that its own members would be written as. */
#include <stdlib.h>

#include "budgets/files/archive.h"
#include "budgets/files/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void judge(struct arena *arena, const char *bytes, size_t length) {
    struct verification verification = {0};
    struct archive archive = {0};
    struct archive_refusal refusal = {0};
    struct buffer text = buffer_in(arena, (size_t)16 << 20);
    const char *why = NULL;
    if (!bundle_verify(arena, bytes, length, &verification, &why)) {
        if (why == NULL)
            abort();
        return;
    }
    verification_print(&text, "bundle.zip", &verification);
    verification_write_json(&text, &verification);
    if (verification.count == 0 && (!archive_read(arena, bytes, length, &archive, &refusal) ||
                                    !archive_is_exact(arena, &archive, bytes, length, &refusal)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct arena *arena = arena_new((size_t)512 << 20);
    if (!ARENA_RECOVER(arena))
        judge(arena, (const char *)bytes, length);
    arena_free(arena);
    return 0;
}
