#include "platform/mail/message.h"

#include <sodium.h>

#include "platform/mail/encode.h"

enum { MESSAGE_BYTES = 1 << 20 };

/* ---- headers ---- */

static enum error header_words(struct buffer *into, const char *name, const char *value) {
    if (!mail_header_valid(value))
        return ERR_INVALID;
    buffer_format(into, "%s: ", name);
    encode_words(into, value);
    buffer_text(into, "\r\n");
    return ERR_OK;
}

/* "From: Ljungsjö kommun <delta@ljungsjo.example>" */
static enum error header_address(struct buffer *into, const char *name, const char *person,
                                 const char *address) {
    const char *ascii = encode_address(into->arena, address);
    if (ascii == NULL || (person != NULL && !mail_header_valid(person)))
        return ERR_INVALID;
    buffer_format(into, "%s: ", name);
    if (person != NULL && *person != '\0') {
        encode_phrase(into, person);
        buffer_format(into, "\r\n <%s>\r\n", ascii);
    } else {
        buffer_format(into, "%s\r\n", ascii);
    }
    return ERR_OK;
}

/* A value in angle brackets that is ASCII without spaces: an identity, a link. */
static enum error header_bracketed(struct buffer *into, const char *name, const char *value) {
    for (const char *c = value; *c != '\0'; c++) {
        if (*c <= ' ' || *c > '~' || *c == '<' || *c == '>')
            return ERR_INVALID;
    }
    buffer_format(into, "%s: <%s>\r\n", name, value);
    return ERR_OK;
}

static enum error headers_write(struct buffer *into, const struct mail_letter *letter,
                                const struct mail_parts *parts) {
    const struct mail_sender *sender = letter->sender;
    TRY(header_address(into, "From", sender->organisation, sender->address));
    if (sender->reply_to != NULL)
        TRY(header_address(into, "Reply-To", sender->organisation, sender->reply_to));
    TRY(header_address(into, "To", letter->to->name, letter->to->address));
    TRY(header_words(into, "Subject", parts->subject));
    buffer_text(into, "Date: ");
    encode_date(into, letter->now);
    buffer_text(into, "\r\n");
    TRY(header_bracketed(into, "Message-ID", letter->message_id));
    buffer_format(into, "X-Radslag-Kind: %s\r\n", parts->kind);
    buffer_text(into, "Auto-Submitted: auto-generated\r\n");
    if (parts->leave != NULL)
        TRY(header_bracketed(into, "List-Unsubscribe", parts->leave));
    buffer_format(into, "Content-Language: %s\r\nMIME-Version: 1.0\r\n",
                  language_code(letter->to->language));
    return ERR_OK;
}

/* ---- parts ---- */

static void part_write(struct buffer *into, const char *boundary, const char *type,
                       const char *text) {
    buffer_format(into,
                  "--%s\r\nContent-Type: %s; charset=utf-8\r\n"
                  "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
                  boundary, type);
    encode_quoted_printable(into, text);
    buffer_text(into, "\r\n");
}

/* A line that stands in neither part: made from the identity, so that a retry is the same mail. "="
 * never stands like this in quoted-printable. */
static const char *boundary_of(struct arena *arena, const char *message_id) {
    unsigned char digest[16];
    char hex[sizeof digest * 2 + 1];
    crypto_generichash(digest, sizeof digest, (const unsigned char *)message_id, strlen(message_id),
                       NULL, 0);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    return arena_format(arena, "=_%s", hex);
}

enum error message_write(struct arena *arena, const struct mail_letter *letter,
                         const struct mail_parts *parts, const char **ret_message) {
    struct buffer buffer = buffer_in(arena, MESSAGE_BYTES);
    const char *boundary = boundary_of(arena, letter->message_id);
    TRY(headers_write(&buffer, letter, parts));
    buffer_format(&buffer, "Content-Type: multipart/alternative;\r\n boundary=\"%s\"\r\n\r\n",
                  boundary);
    part_write(&buffer, boundary, "text/plain", parts->text);
    part_write(&buffer, boundary, "text/html", parts->html);
    buffer_format(&buffer, "--%s--\r\n", boundary);
    *ret_message = buffer_string(&buffer);
    return ERR_OK;
}
