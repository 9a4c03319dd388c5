#include "platform/http/static.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "platform/base/embedded.h"
#include "platform/base/text.h"
#include "platform/http/compress.h"
#include "platform/http/http.h"

enum { STATIC_FILES_MAX = 256, HASH_LENGTH = 10, ADDRESS_MAX = 200 };

static const char folder[] = "frame/static/";

/* One file at two addresses. */
struct static_file {
    char hashed[ADDRESS_MAX], plain[ADDRESS_MAX];
    struct kept lasting, fleeting;
};

/* A table made once from the embedded files. */
static struct static_file *files;
static size_t file_count;
static pthread_once_t files_made = PTHREAD_ONCE_INIT;

static const char *type_of(const char *name) {
    static const struct {
        const char *ending, *type;
    } types[] = {{".css", "text/css; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".svg", "image/svg+xml"},
                 {".png", "image/png"},
                 {".jpg", "image/jpeg"},
                 {".ico", "image/x-icon"},
                 {".webmanifest", "application/manifest+json"},
                 {".json", "application/json"},
                 {".txt", "text/plain; charset=utf-8"},
                 {".woff2", "font/woff2"}};
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(ending, types[i].ending) == 0)
            return types[i].type;
    return "application/octet-stream";
}

static void kept_fill(struct kept *kept, const struct embedded *embedded, bool is_immutable) {
    kept->references = 1; /* the table's own: never given back */
    kept->type = type_of(embedded->path);
    kept->encodings = 1u << ENCODING_IDENTITY;
    kept->bodies[ENCODING_IDENTITY] = (struct kept_body){embedded->bytes, embedded->length};
    kept->is_immutable = is_immutable;
    kept_etag(embedded->bytes, embedded->length, kept->etag);
}

static void add(const struct embedded *embedded) {
    struct static_file *file = &files[file_count++];
    const char *name = embedded->path + strlen(folder);
    const char *ending = strrchr(name, '.');
    const int stem = ending == NULL ? (int)strlen(name) : (int)(ending - name);
    kept_fill(&file->lasting, embedded, true);
    kept_fill(&file->fleeting, embedded, false);
    (void)snprintf(file->plain, sizeof file->plain, "/static/%s", name);
    (void)snprintf(file->hashed, sizeof file->hashed, "/static/%.*s.%.*s%s", stem, name,
                   HASH_LENGTH, file->lasting.etag, ending == NULL ? "" : ending);
}

static void make_files(void) {
    files = calloc(STATIC_FILES_MAX, sizeof files[0]);
    for (size_t i = 0; files != NULL && i < embedded_count; i++) {
        if (!text_begins(embedded_files[i].path, folder))
            continue;
        assert(file_count < STATIC_FILES_MAX);
        add(&embedded_files[i]);
    }
}

struct kept *static_find(const char *path) {
    pthread_once(&files_made, make_files);
    for (size_t i = 0; i < file_count; i++) {
        if (strcmp(files[i].hashed, path) == 0)
            return &files[i].lasting;
        if (strcmp(files[i].plain, path) == 0)
            return &files[i].fleeting;
    }
    return NULL;
}

const char *static_address(const char *name) {
    pthread_once(&files_made, make_files);
    for (size_t i = 0; i < file_count; i++)
        if (strcmp(files[i].plain + strlen("/static/"), name) == 0)
            return files[i].hashed;
    assert(0 && "static file is not embedded");
    return NULL;
}

static void compress(struct static_file *file, enum encoding encoding) {
    const struct kept_body *body = &file->lasting.bodies[ENCODING_IDENTITY];
    void *bytes = NULL;
    size_t length = 0;
    if (!compress_worthwhile(file->lasting.type, body->length) ||
        !compress_bytes(encoding, EFFORT_BEST, body->bytes, body->length, &bytes, &length))
        return;
    file->lasting.bodies[encoding] = (struct kept_body){bytes, length};
    file->fleeting.bodies[encoding] = (struct kept_body){bytes, length};
    atomic_fetch_or(&file->lasting.encodings, 1u << encoding);
    atomic_fetch_or(&file->fleeting.encodings, 1u << encoding);
}

void static_compress(void) {
    pthread_once(&files_made, make_files);
    for (size_t i = 0; i < file_count; i++)
        for (enum encoding encoding = ENCODING_GZIP; encoding < ENCODING_COUNT; encoding++)
            if ((atomic_load(&files[i].lasting.encodings) & (1u << encoding)) == 0)
                compress(&files[i], encoding);
}
