#include "platform/mail/blocks.h"

#include "platform/base/text.h"

/* Line of `text` that begins at *at, without its end; moves on. NULL at the end. */
static const char *next_line(struct arena *arena, const char **at) {
    if (**at == '\0')
        return NULL;
    const size_t length = strcspn(*at, "\n");
    const char *line = arena_copy_span(arena, *at, length);
    *at += length + ((*at)[length] == '\n');
    return line;
}

static bool is_blank(const char *line) {
    return line[strspn(line, " \t")] == '\0';
}

/* "482 913", "MD26-7K4P": nothing else, a digit at least. */
static bool is_code(const char *line) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789- ";
    const size_t length = strlen(line);
    return length >= 4 && length <= 40 && strspn(line, letters) == length &&
           strpbrk(line, "0123456789") != NULL;
}

/* The address of our own site that `line` is or ends in after ": "; NULL when there is none. */
static const char *own_address(const char *line, const char *site) {
    const char *colon = strstr(line, ": http");
    const char *address = colon == NULL ? line : colon + 2;
    const size_t length = strlen(site);
    const bool own = length > 0 && strncmp(address, site, length) == 0 &&
                     (address[length] == '\0' || strchr("/?#", address[length]) != NULL);
    return own && strpbrk(address, " \t\"<>") == NULL ? address : NULL;
}

static struct mail_line line_read(struct arena *arena, const char *text, const char *site) {
    const char *address = own_address(text, site);
    if (address == NULL)
        return (struct mail_line){.text = text};
    const char *label =
        address == text ? text : arena_copy_span(arena, text, (size_t)(address - text - 2));
    return (struct mail_line){.label = label, .link = url_checked(address)};
}

/* A text of n lines has at most n blocks, and n lines in them: those of a block stand together. */
struct reader {
    struct arena *arena;
    const char *site;
    struct mail_block_list blocks;
    struct mail_line *next_line; /* free */
    bool open;                   /* the last block may still grow */
    bool in_list;                /* and is a list */
};

static struct mail_block *block_add(struct reader *reader) {
    return &reader->blocks.at[reader->blocks.count++];
}

static void line_add(struct reader *reader, const char *text, bool in_list) {
    struct mail_block *block = &reader->blocks.at[reader->blocks.count - 1];
    if (!reader->open || reader->in_list != in_list)
        block = block_add(reader);
    reader->open = true;
    reader->in_list = in_list;
    struct mail_line_list *list = in_list ? &block->entries : &block->lines;
    if (list->count == 0)
        list->at = reader->next_line;
    else
        list->at[list->count - 1].broken = true;
    *reader->next_line++ = line_read(reader->arena, text, reader->site);
    list->count++;
}

static void read_line(struct reader *reader, const char *line) {
    if (is_blank(line))
        reader->open = false;
    else if (reader->blocks.count == 0)
        block_add(reader)->heading = line;
    else if (!reader->open && is_code(line))
        block_add(reader)->code = line;
    else if (text_begins(line, "- "))
        line_add(reader, line + 2, true);
    else
        line_add(reader, line, false);
}

struct mail_block_list mail_blocks(struct arena *arena, const char *text, const char *site) {
    size_t lines = 1;
    for (const char *c = text; *c != '\0'; c++)
        lines += *c == '\n';
    struct reader reader = {.arena = arena, .site = site};
    reader.next_line = ARENA_ARRAY(arena, lines, struct mail_line);
    reader.blocks.at = ARENA_ARRAY(arena, lines, struct mail_block);
    for (const char *at = text, *line; (line = next_line(arena, &at)) != NULL;)
        read_line(&reader, line);
    return reader.blocks;
}
