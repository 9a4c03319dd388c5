#include "platform/http/multipart.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/base/text.h"

enum { WINDOW_BYTES = 8192, BOUNDARY_MAX = 70 };

enum state { STATE_START, STATE_HEAD, STATE_DATA, STATE_AFTER_BOUNDARY, STATE_END };

/* The upload stands first, so that its address is the stored file's too. */
struct stored {
    struct upload upload;
    int file;
    crypto_hash_sha256_state hash;
    unsigned char digest[crypto_hash_sha256_BYTES];
};

struct multipart {
    struct arena *arena;
    struct multipart_limits limits;
    const char *folder;
    const char *delimiter; /* CRLF "--" boundary */
    size_t delimiter_length;
    enum state state;
    size_t count;
    struct input input;
    struct input_pair **end;

    /* the part under way */
    const char *name;
    struct buffer value;
    struct stored *stored; /* NULL: a field */
    bool is_skipped;       /* a file field left empty */

    /* bytes not understood yet: a delimiter or head may be cut anywhere */
    size_t used;
    char window[WINDOW_BYTES];
};

/* ---- the Content-Type ---- */

const char *multipart_boundary(struct arena *arena, const char *content_type) {
    static const char key[] = "boundary=";
    const char *at = strcasestr(content_type, key);
    if (at == NULL || at == content_type || strchr("; \t", at[-1]) == NULL)
        return NULL;
    at += sizeof key - 1;
    const bool is_quoted = *at == '"';
    at += is_quoted;
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "'()+_,-./:=?";
    const size_t length = strspn(at, allowed);
    const char after = at[length];
    const bool is_ended = is_quoted ? after == '"' : after == '\0' || strchr("; \t", after) != NULL;
    return length == 0 || length > BOUNDARY_MAX || !is_ended ? NULL
                                                             : arena_copy_span(arena, at, length);
}

struct multipart *multipart_new(struct arena *arena, const char *boundary,
                                struct multipart_limits limits, const char *folder) {
    struct multipart *parts = ARENA_NEW(arena, struct multipart);
    parts->arena = arena;
    parts->limits = limits;
    parts->folder = folder;
    parts->delimiter = arena_format(arena, "\r\n--%s", boundary);
    parts->delimiter_length = strlen(parts->delimiter);
    parts->end = &parts->input.first;
    memcpy(parts->window, "\r\n", 2); /* so that the first boundary looks like the others */
    parts->used = 2;
    return parts;
}

/* ---- the head of a part ---- */

static int hex_digit(char c) {
    const char *digits = "0123456789abcdef", *at = c == '\0' ? NULL : strchr(digits, c | 0x20);
    return at == NULL || (c >= 0x10 && c < '0') ? -1 : (int)(at - digits);
}

/* Value of a quoted parameter; browsers write a quote or line end in it as %22, %0D, %0A. */
static const char *head_parameter(struct arena *arena, const char *line, const char *key) {
    const size_t key_length = strlen(key);
    const char *at = line;
    while ((at = strcasestr(at, key)) != NULL && strchr("; \t", at[-1]) == NULL)
        at += key_length;
    if (at == NULL || at[key_length] != '"')
        return NULL;
    at += key_length + 1;
    const size_t length = strcspn(at, "\"");
    if (at[length] != '"')
        return NULL;
    char *value = arena_take(arena, length + 1), *out = value;
    for (size_t i = 0; i < length; i++) {
        const bool is_escape = at[i] == '%' && i + 2 < length;
        const int high = is_escape ? hex_digit(at[i + 1]) : -1;
        const int low = is_escape ? hex_digit(at[i + 2]) : -1;
        const int c = high * 16 + low;
        if (high >= 0 && low >= 0 && (c == '"' || c == '\r' || c == '\n')) {
            *out++ = (char)c;
            i += 2;
        } else {
            *out++ = at[i];
        }
    }
    return value;
}

/* The last part of a file's name, as a text that can be shown. */
static const char *file_name(struct arena *arena, const char *given) {
    const char *last = given;
    for (const char *c = given; *c != '\0'; c++)
        if (*c == '/' || *c == '\\')
            last = c + 1;
    const char *name = NULL;
    if (strlen(last) > MULTIPART_NAME_MAX ||
        text_clean(arena, last, strlen(last), &name) != ERR_OK || strpbrk(name, "\t\n") != NULL)
        return "";
    return name;
}

static void stored_remove(void *thing) {
    struct stored *stored = thing;
    if (stored->file >= 0)
        (void)close(stored->file);
    (void)unlink(stored->upload.path);
}

static enum error stored_open(struct multipart *parts, const char *name, const char *type) {
    struct stored *stored = ARENA_NEW(parts->arena, struct stored);
    char *path = arena_format(parts->arena, "%s/upload-XXXXXX", parts->folder);
    stored->upload = (struct upload){.path = path, .name = name, .type = type};
    stored->file = -1;
    arena_defer(parts->arena, stored_remove, stored);
    stored->file = mkostemp(path, O_CLOEXEC);
    if (stored->file < 0) {
        log_fault("upload", LOG_TEXT("why", "no temporary file"));
        return ERR_UNAVAILABLE;
    }
    crypto_hash_sha256_init(&stored->hash);
    parts->stored = stored;
    return ERR_OK;
}

/* A NUL-terminated head: lines of one part. */
static enum error head_read(struct multipart *parts, const char *head) {
    static const char disposition[] = "Content-Disposition: form-data;";
    const char *type = "application/octet-stream", *line = NULL;
    for (const char *at = head; *at != '\0';) {
        const size_t length = strcspn(at, "\r\n");
        if (strncasecmp(at, disposition, sizeof disposition - 1) == 0)
            line = arena_copy_span(parts->arena, at, length);
        else if (strncasecmp(at, "Content-Type: ", 14) == 0)
            type = arena_copy_span(parts->arena, at + 14, length - 14);
        at += length + strspn(at + length, "\r\n");
    }
    const char *name = line == NULL ? NULL : head_parameter(parts->arena, line, "name=");
    if (name == NULL || *name == '\0' || strlen(name) > MULTIPART_NAME_MAX ||
        !text_utf8(name, strlen(name)) || ++parts->count > MULTIPART_PARTS_MAX)
        return ERR_BAD_REQUEST;
    const char *file = head_parameter(parts->arena, line, "filename=");
    parts->name = name;
    parts->stored = NULL;
    parts->is_skipped = file != NULL && *file == '\0';
    parts->value = buffer_in(parts->arena, parts->limits.fields + 1);
    if (file == NULL || parts->is_skipped)
        return ERR_OK;
    if (parts->limits.files == 0)
        return ERR_TOO_LARGE;
    return stored_open(parts, file_name(parts->arena, file), type);
}

/* ---- what a part holds ---- */

static enum error stored_add(struct multipart *parts, const char *bytes, size_t length) {
    struct stored *stored = parts->stored;
    if (length > parts->limits.files)
        return ERR_TOO_LARGE;
    parts->limits.files -= length;
    stored->upload.size += length;
    crypto_hash_sha256_update(&stored->hash, (const unsigned char *)bytes, length);
    while (length > 0) {
        const ssize_t written = write(stored->file, bytes, length);
        if (written < 0) {
            log_fault("upload", LOG_TEXT("why", "temporary file not written"));
            return ERR_UNAVAILABLE;
        }
        bytes += written;
        length -= (size_t)written;
    }
    return ERR_OK;
}

static enum error data_add(struct multipart *parts, const char *bytes, size_t length) {
    if (length == 0)
        return ERR_OK;
    if (parts->is_skipped)
        return ERR_BAD_REQUEST; /* a file without a name */
    if (parts->stored != NULL)
        return stored_add(parts, bytes, length);
    if (length > parts->limits.fields)
        return ERR_TOO_LARGE;
    parts->limits.fields -= length;
    buffer_add(&parts->value, bytes, length);
    return ERR_OK;
}

static enum error part_end(struct multipart *parts) {
    struct input_pair *pair = ARENA_NEW(parts->arena, struct input_pair);
    pair->name = parts->name;
    if (parts->is_skipped)
        return ERR_OK;
    if (parts->stored != NULL) {
        struct stored *stored = parts->stored;
        (void)close(stored->file);
        stored->file = -1;
        crypto_hash_sha256_final(&stored->hash, stored->digest);
        pair->upload = &stored->upload;
        pair->value = stored->upload.name;
        pair->length = strlen(pair->value);
    } else {
        pair->value = buffer_string(&parts->value);
        pair->length = parts->value.length;
        if (!text_utf8(pair->value, pair->length))
            return ERR_BAD_REQUEST;
    }
    *parts->end = pair;
    parts->end = &pair->next;
    parts->input.count++;
    return ERR_OK;
}

/* ---- cutting ---- */

static void window_drop(struct multipart *parts, size_t length) {
    memmove(parts->window, parts->window + length, parts->used - length);
    parts->used -= length;
}

/* Data up to the delimiter, or up to where one may begin. */
static enum error step_data(struct multipart *parts, bool *ret_more) {
    const char *found =
        memmem(parts->window, parts->used, parts->delimiter, parts->delimiter_length);
    const size_t held = parts->delimiter_length - 1;
    const size_t ready = found != NULL        ? (size_t)(found - parts->window)
                         : parts->used > held ? parts->used - held
                                              : 0;
    if (parts->state == STATE_DATA)
        TRY(data_add(parts, parts->window, ready));
    else if (ready > 0)
        return ERR_BAD_REQUEST; /* nothing may stand before the first boundary */
    window_drop(parts, ready);
    if (found == NULL)
        return ERR_OK;
    window_drop(parts, parts->delimiter_length);
    if (parts->state == STATE_DATA)
        TRY(part_end(parts));
    parts->state = STATE_AFTER_BOUNDARY;
    *ret_more = true;
    return ERR_OK;
}

/* CRLF: another part; "--": the end. */
static enum error step_after_boundary(struct multipart *parts, bool *ret_more) {
    if (parts->used < 2)
        return ERR_OK;
    if (memcmp(parts->window, "\r\n", 2) == 0)
        parts->state = STATE_HEAD;
    else if (memcmp(parts->window, "--", 2) == 0)
        parts->state = STATE_END;
    else
        return ERR_BAD_REQUEST;
    window_drop(parts, 2);
    *ret_more = true;
    return ERR_OK;
}

static enum error step_head(struct multipart *parts, bool *ret_more) {
    const char *end = memmem(parts->window, parts->used, "\r\n\r\n", 4);
    if (end == NULL)
        return parts->used > MULTIPART_HEAD_MAX + 3 ? ERR_BAD_REQUEST
                                                    : ERR_OK; /* its end may be cut */
    const size_t length = (size_t)(end - parts->window);
    if (length > MULTIPART_HEAD_MAX || memchr(parts->window, '\0', length) != NULL)
        return ERR_BAD_REQUEST;
    TRY(head_read(parts, arena_copy_span(parts->arena, parts->window, length)));
    window_drop(parts, length + 4);
    parts->state = STATE_DATA;
    *ret_more = true;
    return ERR_OK;
}

static enum error step(struct multipart *parts, bool *ret_more) {
    switch (parts->state) {
    case STATE_START:
    case STATE_DATA:
        return step_data(parts, ret_more);
    case STATE_AFTER_BOUNDARY:
        return step_after_boundary(parts, ret_more);
    case STATE_HEAD:
        return step_head(parts, ret_more);
    case STATE_END:
        parts->used = 0; /* what follows the last boundary means nothing */
        return ERR_OK;
    }
    return ERR_FAULT;
}

enum error multipart_feed(struct multipart *parts, const char *bytes, size_t length) {
    while (length > 0) {
        const size_t room = WINDOW_BYTES - parts->used;
        const size_t taken = length < room ? length : room;
        memcpy(parts->window + parts->used, bytes, taken);
        parts->used += taken;
        bytes += taken;
        length -= taken;
        for (bool more = true; more;) {
            more = false;
            TRY(step(parts, &more));
        }
    }
    return ERR_OK;
}

enum error multipart_end(struct multipart *parts, struct input *ret_input) {
    if (parts->state != STATE_END)
        return ERR_BAD_REQUEST;
    *ret_input = parts->input;
    return ERR_OK;
}

const unsigned char *multipart_digest(const struct upload *upload) {
    return ((const struct stored *)(const void *)upload)->digest;
}
