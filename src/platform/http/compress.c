#include "platform/http/compress.h"

#include <brotli/encode.h>
#include <string.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 8, LEAST_BYTES = 256 };

static const struct {
    int gzip, brotli;
} efforts[] = {[EFFORT_QUICK] = {6, 5}, [EFFORT_BEST] = {9, 11}};

static bool gzip(enum effort effort, const void *bytes, size_t length, unsigned char *into,
                 size_t *length_into) {
    z_stream stream = {0};
    if (deflateInit2(&stream, efforts[effort].gzip, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    stream.next_in = (unsigned char *)(uintptr_t)bytes;
    stream.avail_in = (unsigned)length;
    stream.next_out = into;
    stream.avail_out = (unsigned)*length_into;
    const int ended = deflate(&stream, Z_FINISH);
    *length_into = stream.total_out;
    (void)deflateEnd(&stream);
    return ended == Z_STREAM_END;
}

static bool brotli(enum effort effort, const void *bytes, size_t length, unsigned char *into,
                   size_t *length_into) {
    return BrotliEncoderCompress(efforts[effort].brotli, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT,
                                 length, bytes, length_into, into) == BROTLI_TRUE;
}

/* The room given is the original's length, so what would grow fails. */
bool compress_bytes(enum encoding encoding, enum effort effort, const void *bytes, size_t length,
                    void **ret_bytes, size_t *ret_length) {
    if (encoding == ENCODING_IDENTITY || length < LEAST_BYTES || length > (64u << 20))
        return false;
    unsigned char *into = malloc(length);
    size_t used = length;
    if (into == NULL)
        return false;
    const bool smaller = encoding == ENCODING_GZIP ? gzip(effort, bytes, length, into, &used)
                                                   : brotli(effort, bytes, length, into, &used);
    if (!smaller) {
        free(into);
        return false;
    }
    void *exact = realloc(into, used);
    *ret_bytes = exact == NULL ? into : exact;
    *ret_length = used;
    return true;
}

bool compress_worthwhile(const char *type, size_t length) {
    static const char *const begins[] = {"text/", "application/json", "application/javascript",
                                         "image/svg+xml"};
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
        if (strncmp(type, begins[i], strlen(begins[i])) == 0)
            return length >= LEAST_BYTES;
    return false;
}
