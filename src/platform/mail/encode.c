#include "platform/mail/encode.h"

#include <sodium.h>
#include <unicode/uidna.h>

#include "platform/base/instant.h"

enum {
    LINE_BYTES = 76,         /* RFC 2045: most bytes of a line, without its CRLF */
    WORD_BYTES = 39,         /* 52 of base64 in =?UTF-8?B?…?=: with a header's name, one line */
    PLAIN_HEADER_BYTES = 66, /* longer ASCII goes as encoded words, which may be folded anywhere */
    HOST_BYTES = 254
};

static bool is_ascii(const char *text) {
    for (const char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c >= 0x80)
            return false;
    }
    return true;
}

bool mail_header_valid(const char *value) {
    return text_valid(value, strlen(value)) && strpbrk(value, "\n\t") == NULL;
}

/* Bytes of the piece that begins at `text`: at most WORD_BYTES, no character cut in two. */
static size_t word_length(const char *text) {
    size_t length = strnlen(text, WORD_BYTES);
    while (text[length] != '\0' && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

static void encoded_words(struct buffer *into, const char *value) {
    char base64[WORD_BYTES * 2];
    const char *at = value;
    while (*at != '\0') {
        const size_t length = word_length(at);
        sodium_bin2base64(base64, sizeof base64, (const unsigned char *)at, length,
                          sodium_base64_VARIANT_ORIGINAL);
        buffer_format(into, "%s=?UTF-8?B?%s?=", at == value ? "" : "\r\n ", base64);
        at += length;
    }
}

void encode_words(struct buffer *into, const char *value) {
    /* "=?" would be read as the start of an encoded word. */
    if (is_ascii(value) && strlen(value) <= PLAIN_HEADER_BYTES && strstr(value, "=?") == NULL)
        buffer_text(into, value);
    else
        encoded_words(into, value);
}

void encode_phrase(struct buffer *into, const char *name) {
    if (!is_ascii(name) || strlen(name) > PLAIN_HEADER_BYTES || strstr(name, "=?") != NULL) {
        encoded_words(into, name);
        return;
    }
    buffer_text(into, "\"");
    for (const char *c = name; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            buffer_text(into, "\\");
        buffer_add(into, c, 1);
    }
    buffer_text(into, "\"");
}

/* How the byte at `at` stands in quoted-printable: itself or three bytes. `begins`: first of its
 * line. */
static size_t quoted(const char *at, bool begins, char ret_piece[4]) {
    const unsigned char byte = (unsigned char)*at;
    const bool ends = at[1] == '\0' || at[1] == '\n';
    const bool plain =
        (byte >= 33 && byte <= 126 && byte != '=') || ((byte == ' ' || byte == '\t') && !ends);
    if (!plain || (begins && (byte == '.' || strncmp(at, "From ", 5) == 0)))
        return (size_t)snprintf(ret_piece, 4, "=%02X", byte);
    ret_piece[0] = (char)byte;
    ret_piece[1] = '\0';
    return 1;
}

void encode_quoted_printable(struct buffer *into, const char *text) {
    size_t column = 0;
    for (const char *at = text; *at != '\0'; at++) {
        char piece[4];
        if (*at == '\n') {
            buffer_text(into, "\r\n");
            column = 0;
            continue;
        }
        size_t length = quoted(at, column == 0, piece);
        if (column + length > LINE_BYTES - 1) { /* one byte is kept for the "=" of a broken line */
            buffer_text(into, "=\r\n");
            column = 0;
            length = quoted(at, true, piece);
        }
        buffer_add(into, piece, length);
        column += length;
    }
    if (column > 0)
        buffer_text(into, "\r\n");
}

void encode_date(struct buffer *into, int64_t instant) {
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const struct civil civil = civil_from_instant(instant);
    buffer_format(into, "%s, %02d %s %04d %02d:%02d:%02d +%02d%02d", days[civil.weekday - 1],
                  civil.day, months[civil.month - 1], civil.year, civil.hour, civil.minute,
                  civil.second, civil.offset_minutes / 60, civil.offset_minutes % 60);
}

/* False when ICU finds the host name wrong. */
static bool host_to_ascii(const char *host, char ret_host[HOST_BYTES]) {
    UErrorCode status = U_ZERO_ERROR;
    UIDNA *idna = uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_NONTRANSITIONAL_TO_ASCII, &status);
    if (U_FAILURE(status))
        return false;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    const int32_t length =
        uidna_nameToASCII_UTF8(idna, host, -1, ret_host, HOST_BYTES - 1, &info, &status);
    uidna_close(idna);
    if (U_FAILURE(status) || info.errors != 0 || length <= 0 || length >= HOST_BYTES)
        return false;
    ret_host[length] = '\0';
    return true;
}

const char *encode_address(struct arena *arena, const char *address) {
    char host[HOST_BYTES];
    if (text_email_key(arena, address) == NULL || !mail_header_valid(address))
        return NULL;
    const char *at = strrchr(address, '@');
    if (!host_to_ascii(at + 1, host))
        return NULL;
    return arena_format(arena, "%.*s@%s", (int)(at - address), address, host);
}
