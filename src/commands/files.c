#include "commands/files.h"

#include <errno.h>
#include <string.h>

#include "methods/election/pabulib.h"

enum { PIECE_BYTES = 64 << 10 };

static void file_close(void *file) {
    (void)fclose(file);
}

static int file_refuse(const char *path) {
    char text[128];
    return command_refuse("%s: cannot be read: %s", path, strerror_r(errno, text, sizeof text));
}

const char *file_name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

int file_read_whole(struct arena *arena, const char *path, const char **ret_bytes,
                    size_t *ret_length) {
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    size_t room = 0, length = 0, more;
    if (file == NULL)
        return file_refuse(path);
    arena_defer(arena, file_close, file);
    do {
        if (length == room) {
            const size_t wider = room == 0 ? PIECE_BYTES : room * 2;
            bytes = arena_widen(arena, bytes, room, wider);
            room = wider;
        }
        more = fread(bytes + length, 1, room - length, file);
        length += more;
    } while (more > 0);
    if (ferror(file))
        return file_refuse(path);
    *ret_bytes = bytes;
    *ret_length = length;
    return EXIT_DONE;
}

int file_read_election(struct arena *arena, struct arena *scratch, const char *path,
                       const struct election **ret_election) {
    struct pabulib_reader *reader = pabulib_begin(arena, scratch);
    struct pabulib_refusal refusal;
    char *piece = arena_take(scratch, PIECE_BYTES);
    size_t length;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return file_refuse(path);
    arena_defer(scratch, file_close, file);
    do {
        length = fread(piece, 1, PIECE_BYTES, file);
    } while (length > 0 && pabulib_feed(reader, piece, length));
    if (ferror(file))
        return file_refuse(path);
    if (!pabulib_end(reader, ret_election, &refusal))
        return command_refuse("%s:%zu: %s", path, refusal.line, refusal.text);
    return EXIT_DONE;
}
