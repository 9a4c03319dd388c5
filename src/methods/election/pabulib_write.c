/* Writing an election as a Pabulib file. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "methods/election/pabulib.h"

static void put(const struct pabulib_sink *sink, const char *text) {
    sink->put(sink->context, text, strlen(text));
}

static void put_number(const struct pabulib_sink *sink, uint64_t number) {
    char text[24];
    (void)snprintf(text, sizeof text, "%" PRIu64, number);
    put(sink, text);
}

/* True where the bare text would be read as something else. */
static bool wants_quotes(const char *text) {
    const size_t length = strlen(text);
    return text[strcspn(text, ";\"")] != '\0' ||
           (length > 0 &&
            (strchr(" \t", text[0]) != NULL || strchr(" \t", text[length - 1]) != NULL));
}

/* A field. A line holds one row, so line ends within a text become blanks. */
static void put_field(const struct pabulib_sink *sink, const char *text) {
    const bool quotes = wants_quotes(text);
    if (quotes)
        put(sink, "\"");
    for (const char *at = text; *at != '\0';) {
        const size_t plain = strcspn(at, "\"\r\n");
        sink->put(sink->context, at, plain);
        at += plain;
        if (*at == '\0')
            break;
        put(sink, *at == '"' ? "\"\"" : " ");
        at++;
    }
    if (quotes)
        put(sink, "\"");
}

static void put_amount(const struct pabulib_sink *sink, const struct election *election,
                       int64_t units) {
    char text[AMOUNT_TEXT_BYTES];
    amount_write(units, election->decimals, text);
    put(sink, text);
}

static void put_meta(const struct pabulib_sink *sink, const struct election *election) {
    put(sink, "META\nkey;value\n");
    for (size_t i = 0; i < election->fact_count; i++) {
        put_field(sink, election->facts[i].name);
        put(sink, ";");
        put_field(sink, election->facts[i].value);
        put(sink, "\n");
    }
    put(sink, "num_projects;");
    put_number(sink, election->project_count);
    put(sink, "\nnum_votes;");
    put_number(sink, election->voter_count);
    put(sink, "\nbudget;");
    put_amount(sink, election, election->budget);
    put(sink, "\nvote_type;");
    put(sink, election_kind_name(election->kind));
    put(sink, "\n");
}

static bool names_any(const struct election *election) {
    for (size_t i = 0; i < election->project_count; i++)
        if (election->projects[i].name != NULL)
            return true;
    return false;
}

static void put_projects(const struct pabulib_sink *sink, const struct election *election) {
    const bool has_names = names_any(election);
    put(sink, has_names ? "PROJECTS\nproject_id;cost;name" : "PROJECTS\nproject_id;cost");
    for (size_t i = 0; i < election->detail_count; i++) {
        put(sink, ";");
        put_field(sink, election->details[i]);
    }
    for (size_t i = 0; i < election->project_count; i++) {
        const struct project *project = &election->projects[i];
        put(sink, "\n");
        put_field(sink, project->id);
        put(sink, ";");
        put_amount(sink, election, project->cost);
        if (has_names) {
            put(sink, ";");
            put_field(sink, project->name == NULL ? "" : project->name);
        }
        for (size_t k = 0; k < election->detail_count; k++) {
            put(sink, ";");
            put_field(sink, project->values[k]);
        }
    }
}

static void put_marks(const struct pabulib_sink *sink, const struct election *election,
                      const struct election_ballot *ballot) {
    put(sink, ";");
    for (uint32_t i = 0; i < ballot->length; i++) {
        if (i > 0)
            put(sink, ",");
        put(sink, election->projects[ballot->projects[i]].id);
    }
    if (!election_kind_has_points(election->kind))
        return;
    put(sink, ";");
    for (uint32_t i = 0; i < ballot->length; i++) {
        if (i > 0)
            put(sink, ",");
        put_number(sink, ballot->points[i]);
    }
}

void pabulib_write(const struct election *election, const struct pabulib_sink *sink) {
    uint64_t voter = 0;
    put_meta(sink, election);
    put_projects(sink, election);
    put(sink, election_kind_has_points(election->kind) ? "\nVOTES\nvoter_id;vote;points\n"
                                                       : "\nVOTES\nvoter_id;vote\n");
    for (size_t i = 0; i < election->ballot_count; i++)
        for (uint32_t k = 0; k < election->ballots[i].voters; k++) {
            put_number(sink, ++voter);
            put_marks(sink, election, &election->ballots[i]);
            put(sink, "\n");
        }
}
