/* What handlers answer with, and the headers that every answer has. */
#include "platform/http/reply.h"

#include <assert.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/http/cookie.h"
#include "platform/http/exchange.h"
#include "platform/http/page.h"

enum { JSON_BYTES_MAX = 4 << 20 };

void reply_reset(struct reply *rp) {
    if (rp->file >= 0)
        (void)close(rp->file);
    kept_release(rp->kept);
    *rp = (struct reply){.arena = rp->arena, .file = -1, .keep_until = INSTANT_NONE};
}

void reply_set(struct reply *rp, int status, const char *type, const void *bytes, size_t length) {
    rp->status = status;
    rp->type = type;
    rp->bytes = bytes;
    rp->length = length;
}

void reply_kept(struct reply *rp, struct kept *kept, const char *accept_encoding,
                const char *if_none_match) {
    rp->kept = kept;
    rp->encoding = negotiate_encoding(accept_encoding, atomic_load(&kept->encodings));
    rp->language = kept->language;
    if (kept_matches(kept, if_none_match)) {
        reply_set(rp, 304, NULL, "", 0);
        return;
    }
    const struct kept_body *body = &kept->bodies[rp->encoding];
    reply_set(rp, 200, kept->type, body->bytes, body->length);
}

enum error reply_json(struct request *rq, struct reply *rp, int status, const struct shape *shape,
                      const void *view) {
    struct buffer into = buffer_in(rq->arena, JSON_BYTES_MAX);
    json_write(&into, shape, view);
    const char *text = buffer_string(&into);
    reply_set(rp, status, "application/json", text, into.length);
    return ERR_OK;
}

enum error reply_view(struct request *rq, struct reply *rp, const void *view) {
    return reply_view_as(rq, rp, 200, rq->route->view, view, rq->route->template);
}

enum error reply_view_as(struct request *rq, struct reply *rp, int status,
                         const struct shape *shape, const void *view, const char *template) {
    if (rq->wants == REPRESENTATION_JSON)
        return reply_json(rq, rp, status, shape, view);
    return page_render(rq, rp, status, view, template);
}

bool address_is_own(const char *address) {
    if (address == NULL || address[0] != '/' || address[1] == '/' || address[1] == '\\')
        return false;
    for (const unsigned char *c = (const unsigned char *)address; *c != '\0'; c++)
        if (*c <= 0x20 || *c == 0x7f || *c == '\\')
            return false;
    return true;
}

enum error reply_redirect(struct request *rq, struct reply *rp, const char *address) {
    if (!address_is_own(address)) {
        log_fault("redirect", LOG_TEXT("route", rq->route->path));
        return ERR_FAULT;
    }
    reply_set(rp, 303, NULL, "", 0);
    header_set(&rp->headers, rq->arena, "Location", arena_copy_text(rq->arena, address));
    return ERR_OK;
}

/* Both forms of the name (RFC 6266): quoted ASCII for old programs, and UTF-8. */
static void offer_as_file(struct request *rq, struct reply *rp, const char *name) {
    static const char hex[] = "0123456789ABCDEF";
    char *plain = arena_copy_text(rq->arena, name);
    char *escaped = arena_take(rq->arena, strlen(name) * 3 + 1), *out = escaped;
    for (char *c = plain; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || (unsigned char)*c > 0x7e || strchr("\"\\/%", *c) != NULL)
            *c = '_';
    for (const unsigned char *c = (const unsigned char *)name; *c != '\0'; c++) {
        if ((*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') ||
            strchr("-._", *c) != NULL) {
            *out++ = (char)*c;
        } else {
            *out++ = '%';
            *out++ = hex[*c >> 4];
            *out++ = hex[*c & 15];
        }
    }
    header_set(&rp->headers, rq->arena, "Content-Disposition",
               arena_format(rq->arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain,
                            escaped));
}

enum error reply_bytes(struct request *rq, struct reply *rp, const char *type, const void *bytes,
                       size_t length, const char *name) {
    reply_set(rp, 200, type, bytes, length);
    if (name != NULL)
        offer_as_file(rq, rp, name);
    return ERR_OK;
}

enum error reply_file(struct request *rq, struct reply *rp, const char *type, const char *path,
                      const char *name, bool temporary) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (temporary)
        (void)unlink(path);
    if (file < 0 || fstat(file, &about) != 0) {
        log_fault("reply_file", LOG_TEXT("route", rq->route->path));
        if (file >= 0)
            (void)close(file);
        return ERR_FAULT;
    }
    reply_set(rp, 200, type, NULL, (size_t)about.st_size);
    rp->file = file;
    if (name != NULL)
        offer_as_file(rq, rp, name);
    return ERR_OK;
}

void reply_header(struct reply *rp, const char *name, const char *value) {
    assert(header_name_valid(name) && header_value_valid(value));
    header_set(&rp->headers, rp->arena, name, value);
}

void reply_cookie(struct request *rq, struct reply *rp, const char *name, const char *value,
                  int64_t seconds) {
    rp->has_secret = true;
    header_add(&rp->headers, rq->arena, "Set-Cookie",
               cookie_format(rq->arena, name, value, seconds));
}

void reply_may_cache(struct reply *rp, int64_t expires) {
    rp->keep_until = expires;
}

/* ---- the headers of every answer ---- */

static const struct {
    const char *name, *value;
} always[] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
     "connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; "
     "frame-ancestors 'none'; base-uri 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

/* Who may keep a copy outside. A page shown to somebody who is logged in is not even kept for the
 * back button: the next one at a library's computer must not see it. */
static const char *cache_control(const struct exchange *ex) {
    const struct kept *kept = ex->rp.kept;
    if (kept != NULL && kept->is_immutable)
        return "public, max-age=31536000, immutable";
    if (kept != NULL)
        return "no-cache";
    return ex->has_session || ex->rp.status >= 400 ? "no-store" : "private, no-cache";
}

void reply_each_header(const struct exchange *ex,
                       void (*sink)(void *context, const char *name, const char *value),
                       void *context) {
    const struct reply *rp = &ex->rp;
    if (rp->type != NULL)
        sink(context, "Content-Type", rp->type);
    for (const struct header *header = rp->headers.first; header != NULL; header = header->next)
        sink(context, header->name, header->value);
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        sink(context, always[i].name, always[i].value);
    if (ex->is_tls)
        sink(context, "Strict-Transport-Security", "max-age=31536000");
    sink(context, "Cache-Control", cache_control(ex));
    if (rp->language != NULL)
        sink(context, "Content-Language", rp->language);
    if (rp->kept == NULL || rp->kept->language != NULL)
        sink(context, "Vary", "Accept, Accept-Encoding, Accept-Language, Cookie");
    else
        sink(context, "Vary", "Accept-Encoding");
    if (rp->kept != NULL) {
        char etag[40];
        const char *coding = encoding_name(rp->encoding);
        (void)snprintf(etag, sizeof etag, "\"%s%s%s\"", rp->kept->etag, coding == NULL ? "" : "-",
                       coding == NULL ? "" : coding);
        sink(context, "ETag", etag);
        if (coding != NULL && rp->status == 200)
            sink(context, "Content-Encoding", coding);
    }
    if (ex->retry_after > 0) {
        char seconds[24];
        (void)snprintf(seconds, sizeof seconds, "%" PRId64, ex->retry_after);
        sink(context, "Retry-After", seconds);
    }
    if (ex->closes)
        sink(context, "Connection", "close");
}
