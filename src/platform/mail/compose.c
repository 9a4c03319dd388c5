/* Facts → subject, text and HTML, by the kind's template and words. */
#include "platform/base/log.h"
#include "platform/mail/facts.h"
#include "platform/mail/message.h"

enum { TEXT_BYTES = 256 << 10 };

static enum error bind_fault(const struct mail_kind *kind, const char *why) {
    log_fault("mail_kind", LOG_TEXT("kind", kind->name), LOG_TEXT("why", why));
    return ERR_FAULT;
}

static const char *subject_key(struct arena *arena, const struct mail_kind *kind) {
    return arena_format(arena, "mail.%s.subject", kind->name);
}

enum error mail_bind(struct arena *arena, const struct mail_kind *kind,
                     struct mail_templates *ret_templates) {
    const struct template_scope text_scope = {.view = kind->facts, .frame = &mail_frame_shape};
    const struct template_scope html_scope = {.view = &mail_html_shape};
    struct mail_templates templates = {.kind = kind};
    const char *reason = NULL;
    if (!shape_is_facts(kind->facts))
        return bind_fault(kind, "its facts cannot be kept as JSON");
    if (word_if_any(LANGUAGE_SV, subject_key(arena, kind)) == NULL)
        return bind_fault(kind, "its subject has no word");
    if (template_bind(arena, kind->template, text_scope, &templates.text, &reason) != ERR_OK)
        return bind_fault(kind, reason);
    if (template_bind(arena, "platform/mail/frame", html_scope, &templates.html, &reason) != ERR_OK)
        return bind_fault(kind, reason);
    *ret_templates = templates;
    return ERR_OK;
}

/* A path of our own as a whole address; NULL for none. */
static const char *whole_address(struct arena *arena, const struct mail_sender *sender,
                                 const char *address) {
    if (address == NULL || *address != '/')
        return address;
    return arena_format(arena, "%s%s", sender->site, address);
}

/* Where the recipient of a chosen mail stops it: the facts' field `leave`. */
static const char *leave_address(struct arena *arena, const struct mail_kind *kind,
                                 const struct mail_letter *letter) {
    const struct field *field = shape_field(kind->facts, "leave", strlen("leave"));
    if (kind->class != MAIL_CHOICE || field == NULL || field->kind != KIND_url)
        return NULL;
    const struct url *url =
        (const struct url *)(const void *)((const char *)letter->facts + field->offset);
    return whole_address(arena, letter->sender, url->address);
}

/* What stands under every mail: who sent it, where replies go, how to stop it. Lines by line ends.
 */
static const char *footer_text(struct arena *arena, const struct mail_letter *letter,
                               const struct mail_frame *frame, const char *leave) {
    const enum language language = letter->to->language;
    struct buffer buffer = buffer_in(arena, TEXT_BYTES);
    buffer_text(&buffer,
                word_filled(arena, language, "mail.footer.sender", -1, &mail_frame_shape, frame));
    if (frame->reply_to != NULL) {
        buffer_text(&buffer, "\n");
        buffer_text(&buffer, word_filled(arena, language, "mail.footer.reply", -1,
                                         &mail_frame_shape, frame));
    }
    if (leave != NULL)
        buffer_format(&buffer, "\n%s: %s", word(language, "mail.footer.leave"), leave);
    return buffer_string(&buffer);
}

static struct mail_line_list footer_lines(struct arena *arena, const char *footer,
                                          const char *site) {
    /* Under a heading of its own, so that the rules of blocks.h read it as one paragraph. */
    const struct mail_block_list blocks =
        mail_blocks(arena, arena_format(arena, "-\n%s", footer), site);
    return blocks.at[blocks.count - 1].lines;
}

static const char *html_render(struct arena *arena, const struct mail_templates *templates,
                               const struct mail_letter *letter, const char *subject,
                               const char *text, const char *footer) {
    const enum language language = letter->to->language;
    const struct mail_html view = {
        .language = language_code(language),
        .direction = language_right_to_left(language) ? "rtl" : "ltr",
        .subject = subject,
        .organisation = letter->sender->organisation,
        .blocks = mail_blocks(arena, text, letter->sender->site),
        .footer = footer_lines(arena, footer, letter->sender->site),
    };
    const struct template_data data = {.view = &view, .language = language};
    struct buffer buffer = buffer_in(arena, TEXT_BYTES * 2);
    template_body(templates->html, &data, &buffer);
    return buffer_string(&buffer);
}

static struct mail_frame frame_of(const struct mail_letter *letter) {
    return (struct mail_frame){.organisation = letter->sender->organisation,
                               .site = letter->sender->site,
                               .reply_to = letter->sender->reply_to,
                               .name = letter->to->name};
}

/* Behind the heading, as a paragraph of its own. */
static const char *introduced(struct arena *arena, const char *text, const char *introduction) {
    const char *heading_end = strstr(text, "\n\n");
    const size_t length = heading_end == NULL ? strlen(text) : (size_t)(heading_end - text);
    if (introduction == NULL)
        return text;
    return arena_format(arena, "%s\n\n%s%s", arena_copy_span(arena, text, length), introduction,
                        text + length);
}

const char *mail_text(struct arena *arena, const struct mail_templates *templates,
                      const struct mail_letter *letter) {
    const struct mail_frame frame = frame_of(letter);
    const struct template_data data = {
        .view = letter->facts, .frame = &frame, .language = letter->to->language};
    struct buffer buffer = buffer_in(arena, TEXT_BYTES);
    template_body(templates->text, &data, &buffer);
    const char *text = buffer_string(&buffer);
    const size_t start = strspn(text, "\n");
    size_t end = strlen(text);
    while (end > start && text[end - 1] == '\n')
        end--;
    return introduced(arena, arena_copy_span(arena, text + start, end - start),
                      letter->introduction);
}

enum error mail_compose(struct arena *arena, const struct mail_templates *templates,
                        const struct mail_letter *letter, const char **ret_message) {
    const struct mail_kind *kind = templates->kind;
    const struct mail_frame frame = frame_of(letter);
    const char *leave = leave_address(arena, kind, letter);
    const char *text = mail_text(arena, templates, letter);
    const char *footer = footer_text(arena, letter, &frame, leave);
    const char *subject = word_filled(arena, letter->to->language, subject_key(arena, kind), -1,
                                      kind->facts, letter->facts);
    const struct mail_parts parts = {
        .kind = templates->kind->id,
        .subject = subject,
        .text = arena_format(arena, "%s\n\n-- \n%s\n", text, footer),
        .html = html_render(arena, templates, letter, subject, text, footer),
        .leave = leave,
    };
    return message_write(arena, letter, &parts, ret_message);
}

enum error mail_render(struct arena *arena, const struct mail_kind *kind,
                       const struct mail_sender *sender, const struct mail_recipient *to,
                       const char *message_id, int64_t now, const void *facts,
                       const char **ret_message) {
    const struct mail_letter letter = {
        .sender = sender, .to = to, .message_id = message_id, .now = now, .facts = facts};
    struct mail_templates templates;
    TRY(mail_bind(arena, kind, &templates));
    return mail_compose(arena, &templates, &letter, ret_message);
}
