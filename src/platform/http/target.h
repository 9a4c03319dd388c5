/* The request target: "/pages/7.json?sida=2" as it came, taken apart. */
#ifndef RADSLAG_HTTP_TARGET_H
#define RADSLAG_HTTP_TARGET_H

#include <stdbool.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"

enum { TARGET_BYTES_MAX = 4096 };

struct target {
    const char *path;      /* decoded: valid text, begins with '/', no empty or dot segment */
    const char *query;     /* as sent, after '?'; NULL = none */
    const char *authority; /* of an absolute form ("http://host/path"); NULL = none */
    bool wants_json;       /* ".json" was cut off */
    bool is_moved;         /* slashes were doubled or trailing: the address is another */
};

/* ERR_BAD_REQUEST for anything that is not a path of ours: broken or needless escapes of '/', dot
 * segments, control characters, raw bytes outside ASCII. */
enum error target_parse(struct arena *arena, const char *raw, struct target *ret_target) MUST_USE;

/* The address to go to instead, escaped again; in arena. */
const char *target_address(struct arena *arena, const struct target *target);

#endif
