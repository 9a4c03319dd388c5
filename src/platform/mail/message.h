/* A whole message (RFC 5322): headers, a text part and an HTML part, made from a kind's template.
 */
#ifndef RADSLAG_MAIL_MESSAGE_H
#define RADSLAG_MAIL_MESSAGE_H

#include "platform/mail/blocks.h"
#include "platform/mail/mail.h"
#include "platform/view/view.h"

/* What a mail's template knows beside the facts: {{frame.site}}. */
#define MAIL_FRAME(F, T)                                                                           \
    F(T, text, organisation, , "who sends")                                                        \
    F(T, text, site, , "https://…, no slash at the end")                                           \
    F(T, text, reply_to, , "function mailbox")                                                     \
    F(T, text, name, , "of the recipient; may be none")
SHAPE(mail_frame, MAIL_FRAME);

/* The HTML part: templates/frame.html. */
#define MAIL_HTML(F, T)                                                                            \
    F(T, slug, language, , "code, for the lang attribute")                                         \
    F(T, text, direction, , "ltr or rtl")                                                          \
    F(T, text, subject, , "of the mail")                                                           \
    F(T, text, organisation, , "who sends")                                                        \
    F(T, list, blocks, mail_block, "the text part, read by the rules of blocks.h")                 \
    F(T, list, footer, mail_line, "what stands under every mail")
SHAPE(mail_html, MAIL_HTML);

/* Templates of one kind, bound to its facts. */
struct mail_templates {
    const struct mail_kind *kind;
    const struct template *text;
    const struct template *html;
};

/* ERR_FAULT with a log line that says what is wrong: a template or word is missing, the facts
 * cannot be kept as JSON. */
enum error mail_bind(struct arena *arena, const struct mail_kind *kind,
                     struct mail_templates *ret_templates) MUST_USE;

struct mail_letter {
    const struct mail_sender *sender;
    const struct mail_recipient *to;
    const char *message_id; /* without brackets */
    int64_t now;
    const void *facts;
    const char *introduction; /* what the organisation says itself; NULL = nothing */
};

/* The text part alone, without what stands under every mail; in arena. */
const char *mail_text(struct arena *arena, const struct mail_templates *templates,
                      const struct mail_letter *letter);

/* The message with CRLF line ends, in arena. ERR_INVALID when a header value holds a line end or an
 * address cannot be written: nothing is made of it. */
enum error mail_compose(struct arena *arena, const struct mail_templates *templates,
                        const struct mail_letter *letter, const char **ret_message) MUST_USE;

/* The same from its pieces: what mail_compose has rendered. For tests of the headers. */
struct mail_parts {
    const char *kind; /* "K2": a header, so that people can sort by it */
    const char *subject, *text, *html;
    const char *leave; /* address to leave by, or NULL */
};
enum error message_write(struct arena *arena, const struct mail_letter *letter,
                         const struct mail_parts *parts, const char **ret_message) MUST_USE;

#endif
