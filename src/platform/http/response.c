#include "platform/http/response.h"

#include "platform/http/reply.h"

static void add_header(void *context, const char *name, const char *value) {
    (void)MHD_add_response_header(context, name, value);
}

void response_forget(void *response) {
    MHD_destroy_response(response);
}

static struct MHD_Response *response_of_bytes(const struct exchange *ex) {
    void *bytes = (void *)(uintptr_t)ex->rp.bytes;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(ex->rp.length, bytes, MHD_RESPMEM_PERSISTENT);
    if (response != NULL)
        reply_each_header(ex, add_header, response);
    return response;
}

/* A kept page is answered with the very same response each time. It is made by whoever needs it
 * first, and lives as long as the page, which the exchange holds until it is sent. */
static struct MHD_Response *response_of_kept(const struct exchange *ex) {
    struct kept *kept = ex->rp.kept;
    _Atomic(void *) *place = &kept->prepared[ex->rp.encoding][ex->is_tls];
    void *ready = atomic_load(place);
    if (ready != NULL)
        return ready;
    struct MHD_Response *made = response_of_bytes(ex);
    if (made == NULL)
        return NULL;
    if (atomic_compare_exchange_strong(place, &ready, made))
        return made;
    MHD_destroy_response(made);
    return ready;
}

static struct MHD_Response *response_of_file(struct exchange *ex) {
    struct MHD_Response *response = MHD_create_response_from_fd64(ex->rp.length, ex->rp.file);
    if (response == NULL)
        return NULL;
    ex->rp.file = -1; /* the library closes it */
    reply_each_header(ex, add_header, response);
    return response;
}

struct MHD_Response *response_of(struct exchange *ex, bool *ret_shared) {
    *ret_shared = ex->rp.kept != NULL && ex->rp.status == 200 && !ex->closes;
    if (*ret_shared)
        return response_of_kept(ex);
    return ex->rp.file >= 0 ? response_of_file(ex) : response_of_bytes(ex);
}
