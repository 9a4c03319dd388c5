#include "platform/base/text.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <unicode/ubrk.h>
#include <unicode/ucasemap.h>
#include <unicode/ucol.h>
#include <unicode/uiter.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

/* The next character, or a negative number where the bytes are not UTF-8; moves `at` on. */
static UChar32 next_character(const char *bytes, int32_t *at, int32_t end) {
    UChar32 c;
    int32_t here = *at;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion" /* inside ICU's macro */
#pragma GCC diagnostic ignored "-Wsign-conversion"
    U8_NEXT((const uint8_t *)bytes, here, end, c);
#pragma GCC diagnostic pop
    *at = here;
    return c;
}

bool text_valid(const char *bytes, size_t length) {
    if (length > INT32_MAX)
        return false;
    const int32_t end = (int32_t)length;
    for (int32_t at = 0; at < end;) {
        const UChar32 c = next_character(bytes, &at, end);
        if (c < 0 || c == 0x7f || (c < 0x20 && c != '\t' && c != '\n'))
            return false;
    }
    return true;
}

bool text_utf8(const char *bytes, size_t length) {
    if (length > INT32_MAX)
        return false;
    const int32_t end = (int32_t)length;
    for (int32_t at = 0; at < end;)
        if (next_character(bytes, &at, end) <= 0)
            return false;
    return true;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

/* CRLF and lone CR become LF; outer white space goes. */
static char *line_ends(struct arena *arena, const char *bytes, size_t length, size_t *ret_length) {
    char *plain = arena_take(arena, length + 1);
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\r') {
            plain[used++] = '\n';
            if (i + 1 < length && bytes[i + 1] == '\n')
                i++;
        } else {
            plain[used++] = bytes[i];
        }
    }
    while (used > 0 && is_space(plain[used - 1]))
        used--;
    size_t start = 0;
    while (start < used && is_space(plain[start]))
        start++;
    plain[used] = '\0';
    *ret_length = used - start;
    return plain + start;
}

/* UTF-16 copy of UTF-8 text, for the parts of ICU that want it; NULL when it is not UTF-8. */
static UChar *utf16(struct arena *arena, const char *text, size_t length, int32_t *ret_length) {
    UErrorCode status = U_ZERO_ERROR;
    UChar *wide = ARENA_ARRAY(arena, length + 1, UChar);
    u_strFromUTF8(wide, (int32_t)length + 1, ret_length, text, (int32_t)length, &status);
    return U_FAILURE(status) ? NULL : wide;
}

static char *utf8(struct arena *arena, const UChar *wide, int32_t length) {
    UErrorCode status = U_ZERO_ERROR;
    const int32_t room = length * 3 + 1;
    char *text = arena_take(arena, (size_t)room);
    u_strToUTF8(text, room, NULL, wide, length, &status);
    return U_FAILURE(status) ? NULL : text;
}

static bool is_ascii(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

static const char *normalised(struct arena *arena, const char *text, size_t length) {
    if (is_ascii(text, length))
        return text;
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    int32_t wide_length;
    const UChar *wide = utf16(arena, text, length, &wide_length);
    if (U_FAILURE(status) || wide == NULL)
        return NULL;
    if (unorm2_isNormalized(nfc, wide, wide_length, &status) && U_SUCCESS(status))
        return text;
    const int32_t room = wide_length * 3 + 1;
    UChar *composed = ARENA_ARRAY(arena, (size_t)room, UChar);
    const int32_t composed_length =
        unorm2_normalize(nfc, wide, wide_length, composed, room, &status);
    return U_FAILURE(status) ? NULL : utf8(arena, composed, composed_length);
}

enum error text_clean(struct arena *arena, const char *bytes, size_t length,
                      const char **ret_text) {
    if (length > INT32_MAX / 4)
        return ERR_TOO_LARGE;
    size_t plain_length;
    const char *plain = line_ends(arena, bytes, length, &plain_length);
    if (!text_valid(plain, plain_length))
        return ERR_BAD_REQUEST;
    const char *text = normalised(arena, plain, plain_length);
    if (text == NULL)
        return ERR_BAD_REQUEST;
    *ret_text = text;
    return ERR_OK;
}

size_t text_length(const char *text) {
    const size_t bytes = strlen(text);
    if (is_ascii(text, bytes))
        return bytes;
    UErrorCode status = U_ZERO_ERROR;
    UText source = UTEXT_INITIALIZER;
    utext_openUTF8(&source, text, (int64_t)bytes, &status);
    UBreakIterator *clusters = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
    ubrk_setUText(clusters, &source, &status);
    size_t count = 0;
    if (U_SUCCESS(status))
        while (ubrk_next(clusters) != UBRK_DONE)
            count++;
    else
        count = bytes; /* never fewer than there are: a limit stays a limit */
    ubrk_close(clusters);
    utext_close(&source);
    return count;
}

const char *text_fold(struct arena *arena, const char *text) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t length;
    const UChar *wide = utf16(arena, text, strlen(text), &length);
    if (wide == NULL)
        return text;
    const int32_t room = length * 3 + 1;
    UChar *folded = ARENA_ARRAY(arena, (size_t)room, UChar);
    const int32_t folded_length =
        u_strFoldCase(folded, room, wide, length, U_FOLD_CASE_DEFAULT, &status);
    if (U_FAILURE(status))
        return text;
    const char *result = utf8(arena, folded, folded_length);
    const char *composed = result == NULL ? NULL : normalised(arena, result, strlen(result));
    return composed == NULL ? text : composed;
}

/* A dotted host name of letters, digits, hyphens (and non-ASCII letters), no empty label. */
static bool host_valid(const char *host) {
    bool dotted = false;
    size_t label = 0;
    for (const char *c = host; *c != '\0'; c++) {
        if (*c == '.') {
            if (label == 0)
                return false;
            dotted = true;
            label = 0;
        } else if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-", *c) != NULL ||
                   (unsigned char)*c >= 0x80) {
            label++;
        } else {
            return false;
        }
    }
    return dotted && label > 0;
}

const char *text_email_key(struct arena *arena, const char *email) {
    const char *text;
    if (email == NULL || text_clean(arena, email, strlen(email), &text) != ERR_OK)
        return NULL;
    text = text_fold(arena, text);
    const char *at = strchr(text, '@');
    const size_t length = strlen(text);
    if (at == NULL || at == text || strchr(at + 1, '@') != NULL || length > 254)
        return NULL;
    if (strpbrk(text, " \t\n\",;:<>()[]\\") != NULL)
        return NULL;
    if (*text == '.' || at[-1] == '.' || strstr(text, "..") != NULL)
        return NULL;
    return host_valid(at + 1) ? text : NULL;
}

/* The ASCII letter that stands for a small Latin letter in an address; 0 for a separator. */
static char slug_letter(UChar32 c) {
    static const struct {
        const char *letters;
        char plain;
    } groups[] = {{"àáâãäåāă", 'a'}, {"çćč", 'c'},   {"ďđð", 'd'},     {"èéêëēěę", 'e'},
                  {"ìíîïī", 'i'},    {"ñńňŋ", 'n'},  {"òóôõöøō", 'o'}, {"šśß", 's'},
                  {"ťŧ", 't'},       {"ùúûüū", 'u'}, {"ýÿ", 'y'},      {"žźż", 'z'},
                  {"ł", 'l'},        {"æ", 'a'}};
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        return (char)c;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        const char *letters = groups[i].letters;
        const int32_t length = (int32_t)strlen(letters);
        for (int32_t at = 0; at < length;) {
            if (next_character(letters, &at, length) == c)
                return groups[i].plain;
        }
    }
    return 0;
}

const char *text_slug(struct arena *arena, const char *title) {
    enum { SLUG_BYTES = 60 };
    const char *folded = text_fold(arena, title);
    char *slug = arena_take(arena, SLUG_BYTES + 1);
    size_t used = 0;
    const int32_t length = (int32_t)strlen(folded);
    for (int32_t at = 0; at < length && used < SLUG_BYTES;) {
        const char letter = slug_letter(next_character(folded, &at, length));
        if (letter != 0)
            slug[used++] = letter;
        else if (used > 0 && slug[used - 1] != '-')
            slug[used++] = '-';
    }
    while (used > 0 && slug[used - 1] == '-')
        used--;
    slug[used] = '\0';
    return used == 0 ? "-" : slug;
}

/* Each thread has a collator of its own, closed when the thread ends. */
static pthread_key_t collator_key;

static void collator_close(void *collator) {
    ucol_close(collator);
}

static void collator_key_make(void) {
    (void)pthread_key_create(&collator_key, collator_close);
}

static UCollator *collator_open(UErrorCode *status) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    UCollator *collator = ucol_open("sv", status);
    (void)pthread_once(&once, collator_key_make);
    (void)pthread_setspecific(collator_key, collator);
    return collator;
}

int text_compare_sv(const char *a, size_t a_length, const char *b, size_t b_length) {
    static _Thread_local UCollator *swedish;
    UErrorCode status = U_ZERO_ERROR;
    if (swedish == NULL)
        swedish = collator_open(&status);
    if (U_FAILURE(status) || swedish == NULL) {
        const size_t shorter = a_length < b_length ? a_length : b_length;
        const int order = memcmp(a, b, shorter);
        return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
    }
    return (int)ucol_strcollUTF8(swedish, a, (int32_t)a_length, b, (int32_t)b_length, &status);
}

bool text_begins(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/* ---- buffer ---- */

struct buffer buffer_in(struct arena *arena, size_t limit) {
    return (struct buffer){.arena = arena, .limit = limit};
}

static void buffer_grow(struct buffer *buffer, size_t more) {
    size_t room = buffer->room == 0 ? 256 : buffer->room;
    while (room - buffer->length <= more)
        room *= 2;
    if (buffer->length + more > buffer->limit)
        room = SIZE_MAX; /* the arena refuses, and its recovery point answers */
    buffer->at = arena_widen(buffer->arena, buffer->at, buffer->room, room);
    buffer->room = room;
}

void buffer_add(struct buffer *buffer, const char *bytes, size_t length) {
    if (buffer->room - buffer->length <= length)
        buffer_grow(buffer, length);
    if (length > 0)
        memcpy(buffer->at + buffer->length, bytes, length);
    buffer->length += length;
}

void buffer_text(struct buffer *buffer, const char *text) {
    buffer_add(buffer, text, strlen(text));
}

void buffer_format(struct buffer *buffer, const char *format, ...) {
    va_list args;
    va_start(args, format);
    const char *text = arena_vformat(buffer->arena, format, args);
    va_end(args);
    buffer_text(buffer, text);
}

const char *buffer_string(struct buffer *buffer) {
    if (buffer->room == buffer->length)
        buffer_grow(buffer, 1);
    buffer->at[buffer->length] = '\0';
    return buffer->at;
}
