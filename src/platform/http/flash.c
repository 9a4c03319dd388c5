/* The word that an act leaves to be shown once on the next page: a cookie that the page ends. */
#include "platform/http/flash.h"

#include <string.h>

#include "platform/http/exchange.h"

static const char flash_cookie[] = "flash";
enum { FLASH_SECONDS = 60, FLASH_LENGTH_MAX = 80 };

static bool is_word_key(const char *key) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789_.";
    const size_t length = strlen(key);
    return length > 0 && length <= FLASH_LENGTH_MAX && key[strspn(key, allowed)] == '\0';
}

void flash_leave(struct request *rq, struct reply *rp, const char *word_key) {
    if (word_key != NULL && is_word_key(word_key))
        reply_cookie(rq, rp, flash_cookie, word_key, FLASH_SECONDS);
}

bool flash_waits(const struct request *rq) {
    return request_cookie(rq, flash_cookie) != NULL;
}

const char *request_flash(struct request *rq) {
    const char *key = request_cookie(rq, flash_cookie);
    if (key == NULL)
        return NULL;
    reply_cookie(rq, &exchange_of(rq)->rp, flash_cookie, "", -1);
    return is_word_key(key) && word_if_any(rq->language, key) != NULL ? key : NULL;
}
