/* Rows of the three sections of a Pabulib file. */
#include <string.h>
#include <strings.h>

#include "methods/election/inside.h"
#include "platform/base/text.h"

enum { NO_COLUMN = -1, COUNT_DIGITS = 9 };

static bool count_parse(const char *text, int64_t *ret_count) {
    const size_t length = strspn(text, "0123456789");
    if (length == 0 || length > COUNT_DIGITS || text[length] != '\0')
        return false;
    int64_t count = 0;
    for (const char *c = text; *c != '\0'; c++)
        count = count * 10 + (*c - '0');
    *ret_count = count;
    return true;
}

static bool refuse_amount(struct pabulib_reader *reader, const char *what, const char *found) {
    return pabulib_refuse(reader,
                          "%s: expected an amount of 0 or more such as 4000 or 28500,50, with at "
                          "most %d digits and %d decimals; found %s",
                          what, AMOUNT_WHOLE_DIGITS, AMOUNT_DECIMALS,
                          pabulib_quote(reader->arena, found));
}

/* ---- META ---- */

static bool meta_count(struct pabulib_reader *reader, const char *key, const char *value,
                       int64_t *count, size_t *line) {
    *line = reader->line_number;
    if (count_parse(value, count))
        return true;
    return pabulib_refuse(reader, "%s: expected a whole number, found %s", key,
                          pabulib_quote(reader->arena, value));
}

static bool meta_row(struct pabulib_reader *reader) {
    const char *key = reader->fields.at[0], *value = reader->fields.at[1];
    struct pabulib_meta *meta = &reader->meta;
    if (!names_add(reader->keys, key, strlen(key)))
        return pabulib_refuse(reader, "expected each key once, found %s again",
                              pabulib_quote(reader->arena, key));
    if (strcmp(key, "num_projects") == 0)
        return meta_count(reader, key, value, &meta->projects, &meta->projects_line);
    if (strcmp(key, "num_votes") == 0)
        return meta_count(reader, key, value, &meta->votes, &meta->votes_line);
    if (strcmp(key, "budget") == 0) {
        meta->budget_line = reader->line_number;
        return amount_parse(value, strlen(value), &meta->budget) ||
               refuse_amount(reader, key, value);
    }
    if (strcmp(key, "vote_type") == 0) {
        meta->kind_line = reader->line_number;
        return election_kind_find(value, &meta->kind) ||
               pabulib_refuse(reader,
                              "vote_type: expected approval, choose-1, cumulative, scoring or "
                              "ordinal; found %s",
                              pabulib_quote(reader->arena, value));
    }
    if (reader->fact_count == PABULIB_FACTS_MAX)
        return pabulib_refuse(reader, "expected at most %d lines in META", PABULIB_FACTS_MAX);
    reader->facts[reader->fact_count++] = (struct election_fact){
        arena_copy_text(reader->scratch, key), arena_copy_text(reader->scratch, value)};
    return true;
}

bool pabulib_meta_done(struct pabulib_reader *reader) {
    const struct pabulib_meta *meta = &reader->meta;
    const struct {
        const char *key;
        size_t line;
    } needed[] = {{"num_projects", meta->projects_line},
                  {"num_votes", meta->votes_line},
                  {"budget", meta->budget_line},
                  {"vote_type", meta->kind_line}};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (needed[i].line == 0)
            return pabulib_refuse(reader, "expected %s in META, found none", needed[i].key);
    return true;
}

/* ---- columns ---- */

/* Place of the column, or NO_COLUMN; false when two have the name. */
static bool column_find(struct pabulib_reader *reader, const char *name, int *ret_column) {
    *ret_column = NO_COLUMN;
    for (size_t i = 0; i < reader->fields.count; i++) {
        if (strcasecmp(reader->fields.at[i], name) != 0)
            continue;
        if (*ret_column != NO_COLUMN)
            return pabulib_refuse(reader, "expected one column %s, found two",
                                  pabulib_quote(reader->arena, name));
        *ret_column = (int)i;
    }
    return true;
}

static bool column_needed(struct pabulib_reader *reader, const char *name, int *ret_column) {
    if (!column_find(reader, name, ret_column))
        return false;
    return *ret_column != NO_COLUMN || pabulib_refuse(reader, "expected a column %s", name);
}

/* Blank names at the end go; others must be there once. */
static bool columns_named(struct pabulib_reader *reader) {
    struct pabulib_fields *fields = &reader->fields;
    while (fields->count > 0 && fields->at[fields->count - 1][0] == '\0')
        fields->count--;
    for (size_t i = 0; i < fields->count; i++) {
        int column;
        if (fields->at[i][0] == '\0')
            return pabulib_refuse(reader, "expected a name for column %zu", i + 1);
        if (!column_find(reader, fields->at[i], &column))
            return false;
    }
    return true;
}

static bool projects_columns(struct pabulib_reader *reader) {
    if (!column_needed(reader, "project_id", &reader->id) ||
        !column_needed(reader, "cost", &reader->cost) ||
        !column_find(reader, "name", &reader->name))
        return false;
    const char *details[ELECTION_DETAILS_MAX];
    for (size_t i = 0; i < reader->columns; i++) {
        if ((int)i == reader->id || (int)i == reader->cost || (int)i == reader->name)
            continue;
        if (reader->detail_count == ELECTION_DETAILS_MAX)
            return pabulib_refuse(reader, "expected at most %d columns", ELECTION_DETAILS_MAX);
        details[reader->detail_count] = reader->fields.at[i];
        reader->details[reader->detail_count++] = (int)i;
    }
    reader->draft =
        election_draft_new(reader->arena, reader->meta.kind, details, reader->detail_count);
    for (size_t i = 0; i < reader->fact_count; i++)
        election_draft_fact(reader->draft, reader->facts[i].name, reader->facts[i].value);
    const enum election_refusal refusal = election_draft_budget(reader->draft, reader->meta.budget);
    return refusal == ELECTION_FINE ||
           pabulib_refuse(reader, "budget: %s", election_refusal_text(refusal));
}

static bool votes_columns(struct pabulib_reader *reader) {
    reader->points = NO_COLUMN;
    reader->marks = ARENA_ARRAY(reader->scratch, (size_t)reader->projects + 1, struct mark);
    return column_needed(reader, "voter_id", &reader->voter) &&
           column_needed(reader, "vote", &reader->vote) &&
           (!election_kind_has_points(reader->meta.kind) ||
            column_needed(reader, "points", &reader->points));
}

bool pabulib_columns(struct pabulib_reader *reader) {
    if (!columns_named(reader))
        return false;
    reader->wants_columns = false;
    reader->columns = reader->fields.count;
    if (reader->section == SECTION_PROJECTS)
        return projects_columns(reader);
    if (reader->section == SECTION_VOTES)
        return votes_columns(reader);
    return (reader->columns == 2 && strcasecmp(reader->fields.at[0], "key") == 0 &&
            strcasecmp(reader->fields.at[1], "value") == 0) ||
           pabulib_refuse(reader, "expected the columns key;value");
}

/* ---- PROJECTS ---- */

static bool project_row(struct pabulib_reader *reader) {
    char *const *at = reader->fields.at;
    const char *values[ELECTION_DETAILS_MAX];
    struct amount cost;
    for (size_t i = 0; i < reader->detail_count; i++)
        values[i] = at[reader->details[i]];
    if (!amount_parse(at[reader->cost], strlen(at[reader->cost]), &cost))
        return refuse_amount(reader, "cost", at[reader->cost]);
    const enum election_refusal refusal =
        election_draft_project(reader->draft, at[reader->id],
                               reader->name == NO_COLUMN ? NULL : at[reader->name], cost, values);
    if (refusal != ELECTION_FINE)
        return pabulib_refuse(reader, "project_id %s: %s",
                              pabulib_quote(reader->arena, at[reader->id]),
                              election_refusal_text(refusal));
    reader->projects++;
    return true;
}

/* ---- VOTES ---- */

/* The next part of a list with commas, without outer blanks; `*list` NULL after the last. */
static char *list_next(char **list) {
    char *part = *list, *end = strchrnul(part, ',');
    *list = *end == '\0' ? NULL : end + 1;
    return pabulib_trim(part, end);
}

static bool vote_marks(struct pabulib_reader *reader, char *list, size_t *ret_count) {
    size_t count = 0;
    while (list != NULL) {
        const char *id = list_next(&list);
        const int64_t project = election_draft_find(reader->draft, id, strlen(id));
        if (project < 0)
            return pabulib_refuse(reader, "vote: expected ids from PROJECTS, found %s",
                                  pabulib_quote(reader->arena, id));
        if (count == (size_t)reader->projects)
            return pabulib_refuse(reader, "vote: expected each project once");
        reader->marks[count++].project = (uint32_t)project;
    }
    *ret_count = count;
    return true;
}

static bool vote_points(struct pabulib_reader *reader, char *list, size_t count) {
    size_t at = 0;
    for (; list != NULL; at++) {
        int64_t points;
        const char *text = list_next(&list);
        if (!count_parse(text, &points))
            return pabulib_refuse(reader, "points: expected whole numbers of 0 or more, found %s",
                                  pabulib_quote(reader->arena, text));
        if (at < count)
            reader->marks[at].points = (uint32_t)points;
    }
    return at == count || pabulib_refuse(reader,
                                         "points: expected one number for each of the %zu projects "
                                         "in vote, found %zu",
                                         count, at);
}

static bool vote_row(struct pabulib_reader *reader) {
    char *const *at = reader->fields.at;
    const char *voter = at[reader->voter];
    char *vote = at[reader->vote];
    size_t count = 0;
    if (*voter == '\0')
        return pabulib_refuse(reader, "expected a voter_id, found nothing");
    if (!names_add(reader->voters, voter, strlen(voter)))
        return pabulib_refuse(reader, "expected each voter once, found voter_id %s again",
                              pabulib_quote(reader->arena, voter));
    if (*vote != '\0' && !vote_marks(reader, vote, &count))
        return false;
    if (reader->points != NO_COLUMN) {
        char *points = at[reader->points];
        if (!vote_points(reader, *points == '\0' ? NULL : points, count))
            return false;
    }
    const enum election_refusal refusal =
        election_draft_ballot(reader->draft, reader->marks, count, 1);
    if (refusal != ELECTION_FINE)
        return pabulib_refuse(reader, "vote: %s", election_refusal_text(refusal));
    reader->votes++;
    return true;
}

bool pabulib_row(struct pabulib_reader *reader) {
    if (reader->section == SECTION_META)
        return meta_row(reader);
    return reader->section == SECTION_PROJECTS ? project_row(reader) : vote_row(reader);
}
