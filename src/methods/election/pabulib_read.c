/* Reading a Pabulib file: pieces become lines, lines are told to their section. */
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "methods/election/inside.h"
#include "platform/base/text.h"

enum { LINE_ROOM_AT_FIRST = 4096 };

static const char *const section_names[] = {"the beginning", "META", "PROJECTS", "VOTES"};

struct pabulib_reader *pabulib_begin(struct arena *arena, struct arena *scratch) {
    struct pabulib_reader *reader = ARENA_NEW(scratch, struct pabulib_reader);
    reader->arena = arena;
    reader->scratch = scratch;
    reader->room = LINE_ROOM_AT_FIRST;
    reader->line = arena_take(scratch, reader->room);
    reader->line_number = 1;
    reader->keys = names_new(scratch);
    reader->voters = names_new(scratch);
    return reader;
}

bool pabulib_refuse(struct pabulib_reader *reader, const char *format, ...) {
    va_list args;
    va_start(args, format);
    if (reader->refusal.text == NULL) {
        reader->refusal.line = reader->line_number;
        reader->refusal.text = arena_vformat(reader->arena, format, args);
    }
    va_end(args);
    return false;
}

/* ---- sections ---- */

static bool projects_counted(struct pabulib_reader *reader) {
    if (reader->projects == reader->meta.projects)
        return true;
    return pabulib_refuse(reader, "expected %lld projects (num_projects, line %zu), found %lld",
                          (long long)reader->meta.projects, reader->meta.projects_line,
                          (long long)reader->projects);
}

/* The line opens the section after the present one. */
static bool section_begin(struct pabulib_reader *reader, enum pabulib_section section) {
    if (reader->wants_columns)
        return pabulib_refuse(reader, "expected the names of the columns of %s, found %s",
                              section_names[reader->section], section_names[section]);
    if (section != reader->section + 1)
        return pabulib_refuse(reader,
                              "expected the sections META, PROJECTS, VOTES; found %s after %s",
                              section_names[section], section_names[reader->section]);
    if (section == SECTION_PROJECTS && !pabulib_meta_done(reader))
        return false;
    if (section == SECTION_VOTES && !projects_counted(reader))
        return false;
    reader->section = section;
    reader->wants_columns = true;
    return true;
}

/* The section that a line names, or SECTION_NONE. */
static enum pabulib_section section_named(const char *line) {
    for (enum pabulib_section section = SECTION_META; section <= SECTION_VOTES; section++) {
        const size_t length = strlen(section_names[section]);
        if (strncasecmp(line, section_names[section], length) == 0 &&
            line[length + strspn(line + length, " \t")] == '\0')
            return section;
    }
    return SECTION_NONE;
}

static bool fields_cut(struct pabulib_reader *reader) {
    const size_t most = reader->wants_columns ? PABULIB_FIELDS_MAX : reader->columns;
    const char *wrong = pabulib_cut(reader->line, most, &reader->fields);
    if (wrong != NULL)
        return pabulib_refuse(reader, "%s", wrong);
    if (!reader->wants_columns && reader->fields.count < reader->columns)
        return pabulib_refuse(reader, "expected %zu fields, found %zu", reader->columns,
                              reader->fields.count);
    return true;
}

/* ---- lines ---- */

/* Most lines are plain ASCII, which need not be decoded. */
static bool is_plain(const char *bytes, size_t length) {
    unsigned char bad = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)bytes[i];
        bad |= (unsigned char)((c < ' ') | (c >= 0x7f));
    }
    return bad == 0;
}

static bool line_encoded(struct pabulib_reader *reader) {
    if (is_plain(reader->line, reader->length) || text_valid(reader->line, reader->length))
        return true;
    return pabulib_refuse(reader, "expected text in UTF-8 without control characters");
}

/* The whole line stands in reader->line. */
static bool line_done(struct pabulib_reader *reader) {
    char *line = reader->line;
    if (reader->length > 0 && line[reader->length - 1] == '\r')
        reader->length--;
    line[reader->length] = '\0';
    if (!line_encoded(reader))
        return false;
    if (reader->line_number == 1 && text_begins(line, "\xef\xbb\xbf"))
        memmove(line, line + 3, reader->length - 3 + 1);
    if (line[strspn(line, " \t")] == '\0')
        return true;
    const enum pabulib_section section = section_named(line + strspn(line, " \t"));
    if (section != SECTION_NONE)
        return section_begin(reader, section);
    if (reader->section == SECTION_NONE)
        return pabulib_refuse(reader, "expected META, found %s",
                              pabulib_quote(reader->arena, line));
    return fields_cut(reader) &&
           (reader->wants_columns ? pabulib_columns(reader) : pabulib_row(reader));
}

/* Adds a piece of a line; room for the NUL stays. */
static bool line_add(struct pabulib_reader *reader, const char *bytes, size_t length) {
    if (length > PABULIB_LINE_MAX - reader->length)
        return pabulib_refuse(reader, "expected lines of at most %d bytes", PABULIB_LINE_MAX);
    if (reader->length + length >= reader->room) {
        while (reader->room <= reader->length + length)
            reader->room *= 2;
        char *wider = arena_take(reader->scratch, reader->room);
        memcpy(wider, reader->line, reader->length);
        reader->line = wider;
    }
    memcpy(reader->line + reader->length, bytes, length);
    reader->length += length;
    return true;
}

bool pabulib_feed(struct pabulib_reader *reader, const char *bytes, size_t length) {
    while (length > 0 && reader->refusal.text == NULL) {
        const char *end = memchr(bytes, '\n', length);
        const size_t piece = end == NULL ? length : (size_t)(end - bytes);
        if (!line_add(reader, bytes, piece))
            return false;
        if (end == NULL)
            return true;
        if (!line_done(reader))
            return false;
        reader->length = 0;
        reader->line_number++;
        bytes += piece + 1;
        length -= piece + 1;
    }
    return reader->refusal.text == NULL;
}

static bool end_expected(struct pabulib_reader *reader) {
    if (reader->section == SECTION_NONE)
        return pabulib_refuse(reader, "expected META, found the end of the file");
    if (reader->section < SECTION_VOTES)
        return pabulib_refuse(reader, "expected %s after %s, found the end of the file",
                              section_names[reader->section + 1], section_names[reader->section]);
    if (reader->wants_columns)
        return pabulib_refuse(reader, "expected the columns of VOTES, found the end of the file");
    if (reader->votes != reader->meta.votes)
        return pabulib_refuse(reader, "expected %lld votes (num_votes, line %zu), found %lld",
                              (long long)reader->meta.votes, reader->meta.votes_line,
                              (long long)reader->votes);
    return true;
}

bool pabulib_end(struct pabulib_reader *reader, const struct election **ret_election,
                 struct pabulib_refusal *ret_refusal) {
    if (reader->refusal.text == NULL && reader->length > 0)
        (void)line_done(reader);
    else if (reader->refusal.text == NULL && reader->line_number > 1)
        reader->line_number--; /* the last line that there is */
    if (reader->refusal.text != NULL || !end_expected(reader)) {
        *ret_refusal = reader->refusal;
        return false;
    }
    *ret_election = election_draft_done(reader->draft);
    return true;
}

bool pabulib_read(struct arena *arena, const char *bytes, size_t length,
                  const struct election **ret_election, struct pabulib_refusal *ret_refusal) {
    struct pabulib_reader *reader = pabulib_begin(arena, arena);
    (void)pabulib_feed(reader, bytes, length);
    return pabulib_end(reader, ret_election, ret_refusal);
}
