#include "platform/view/words.h"

#include <assert.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "platform/base/embedded.h"
#include "platform/base/log.h"
#include "platform/view/format.h"
#include "platform/view/message.h"

enum { WORDS_BYTES = 16 << 20, KEYS_MIN = 1024 };

struct forms {
    const char *const *at;
    size_t count;
};

struct entry {
    const char *key;
    size_t length;
    struct forms in[LANGUAGE_COUNT];
};

/* The words of the program: filled once at start, read by all threads afterwards. */
static struct {
    struct arena *arena;
    struct entry *slots; /* open addressing; room is a power of two */
    size_t room, count;
    bool offered[LANGUAGE_COUNT];
    struct plural plurals[LANGUAGE_COUNT];
    atomic_uint_fast64_t fallbacks[LANGUAGE_COUNT];
} words;

static uint64_t hash(const char *key, size_t length) {
    uint64_t value = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        value = (value ^ (unsigned char)key[i]) * UINT64_C(1099511628211);
    return value;
}

/* The entry of the key, or the empty slot where it belongs. */
static struct entry *slot_of(struct entry *slots, size_t room, const char *key, size_t length) {
    for (size_t i = hash(key, length) & (room - 1);; i = (i + 1) & (room - 1))
        if (slots[i].key == NULL ||
            (slots[i].length == length && memcmp(slots[i].key, key, length) == 0))
            return &slots[i];
}

static void grow(void) {
    const size_t room = words.room == 0 ? KEYS_MIN : words.room * 2;
    struct entry *slots = ARENA_ARRAY(words.arena, room, struct entry);
    for (size_t i = 0; i < words.room; i++)
        if (words.slots[i].key != NULL)
            *slot_of(slots, room, words.slots[i].key, words.slots[i].length) = words.slots[i];
    words.slots = slots;
    words.room = room;
}

static void keep(void *context, const char *key, const char *const *forms, size_t count) {
    const enum language language = *(const enum language *)context;
    if (words.count * 2 >= words.room)
        grow();
    struct entry *entry = slot_of(words.slots, words.room, key, strlen(key));
    words.count += entry->key == NULL;
    entry->key = key;
    entry->length = strlen(key);
    entry->in[language] = (struct forms){forms, count};
}

static enum error load_language(const char *folder, enum language language) {
    const char *path = arena_format(
        words.arena, "%s/%s.po", folder == NULL ? "frame/words" : folder, language_code(language));
    const struct embedded *file = folder == NULL ? embedded_find(path) : NULL;
    if (folder == NULL ? file == NULL : access(path, R_OK) != 0)
        return ERR_OK;
    TRY(po_read(words.arena, path, file == NULL ? NULL : file->bytes,
                file == NULL ? 0 : file->length, keep, &language, &words.plurals[language]));
    words.offered[language] = true;
    return ERR_OK;
}

enum error words_load(const char *folder) {
    arena_free(words.arena);
    memset(&words, 0, sizeof words);
    words.arena = arena_new(WORDS_BYTES);
    grow();
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        TRY(load_language(folder, (enum language)i));
    if (!words.offered[LANGUAGE_SV]) {
        log_fault("words", LOG_TEXT("why", "no Swedish words"));
        return ERR_FAULT;
    }
    return format_prepare() ? ERR_OK : ERR_FAULT;
}

bool language_offered(enum language language) {
    return words.offered[language];
}

/* ---- finding ---- */

bool message_find(enum language language, const char *key, size_t length,
                  struct message *ret_message) {
    assert(words.room > 0); /* words_load comes first */
    const struct entry *entry = slot_of(words.slots, words.room, key, length);
    if (entry->key == NULL)
        return false;
    const enum language found = entry->in[language].count > 0 ? language : LANGUAGE_SV;
    if (entry->in[found].count == 0)
        return false;
    *ret_message = (struct message){entry->in[found].at, entry->in[found].count, found};
    return true;
}

size_t message_form_row(const struct message *message, int64_t n) {
    if (message->count == 1)
        return 0;
    const size_t row = plural_form(&words.plurals[message->language], n);
    return row < message->count ? row : message->count - 1;
}

void message_fell_back(enum language language) {
    atomic_fetch_add_explicit(&words.fallbacks[language], 1, memory_order_relaxed);
}

uint64_t words_fallbacks(enum language language) {
    return atomic_load_explicit(&words.fallbacks[language], memory_order_relaxed);
}

static const char *find(enum language language, const char *key, int64_t n) {
    struct message message;
    if (!message_find(language, key, strlen(key), &message))
        return NULL;
    if (message.language != language)
        message_fell_back(language);
    return message.forms[message_form_row(&message, n)];
}

const char *word_if_any(enum language language, const char *key) {
    return find(language, key, 1);
}

const char *word_plural(enum language language, const char *key, int64_t n) {
    const char *text = find(language, key, n);
    if (text == NULL)
        message_fell_back(language);
    return text == NULL ? key : text;
}

const char *word(enum language language, const char *key) {
    return word_plural(language, key, 1);
}
