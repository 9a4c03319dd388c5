/* Organisations: the tenants, their settings, and how one comes to be. */
#ifndef RADSLAG_ORGANISATIONS_H
#define RADSLAG_ORGANISATIONS_H

#include "people/people.h"

#define ORGANISATION_KIND(C, T)                                                                    \
    C(T, municipality, "one of the 290, or a made-up one for demonstration")                       \
    C(T, region, "one of the 21")                                                                  \
    C(T, network, "an association of municipalities, or the like")
CHOICES(organisation_kind, ORGANISATION_KIND);

/* All settings, also for the information pages that are made from them. */
#define ORGANISATION_SETTINGS(F, T)                                                                \
    F(T, id, id, , "tenant")                                                                       \
    F(T, text, host, , "host name it answers on")                                                  \
    F(T, choice, kind, organisation_kind, "see there")                                             \
    F(T, text, name, , "as it calls itself: Ljungsjö kommun")                                      \
    F(T, text, municipality, , "code of four digits; none for a region or network")                \
    F(T, text, county, , "code of two digits; none for a network")                                 \
    F(T, int, inhabitants, , "as typed; 0 = not said")                                             \
    F(T, text, organisation_number, , "ten digits; none = not said")                               \
    F(T, choice, state, organisation_state, "see there")                                           \
    F(T, slug, theme, , "one of the ready colours, or own")                                        \
    F(T, text, colour, , "its own colour as #rrggbb, contrast proved; none = a ready one")         \
    F(T, text, languages, , "codes, first is the default: \"sv en\"")                              \
    F(T, text, mailbox, , "function mailbox; replies go there")                                    \
    F(T, text, phone, , "as shown in the foot")                                                    \
    F(T, text, controller, , "who answers for personal data, one committee a line")                \
    F(T, text, dpo, , "data protection officer's address")                                         \
    F(T, text, sender, , "address that mail is sent from")                                         \
    F(T, text, registry, , "where what comes in is registered, one place a line")                  \
    F(T, time, statement_accepted_at, , "when the accessibility statement was accepted")           \
    F(T, time, opened_at, , "first time it was opened to the public")                              \
    F(T, int, revision, , "counts changes; compared and swapped")
SHAPE(organisation_settings, ORGANISATION_SETTINGS);

/* ERR_NOT_FOUND for another tenant than there is. */
enum error organisation_settings_find(struct db *db, struct arena *arena, int64_t tenant,
                                      struct organisation_settings *ret_settings) MUST_USE;

/* The organisation that answers on a host name (lower case, without port); ERR_NOT_FOUND when none
 * does. */
enum error organisation_by_host(struct db *db, struct arena *arena, const char *host,
                                struct organisation *ret_organisation) MUST_USE;

#define ORGANISATION_NAME(F, T)                                                                    \
    F(T, id, id, , "tenant")                                                                       \
    F(T, text, host, , "host name it answers on")                                                  \
    F(T, text, name, , "as it calls itself")
SHAPE(organisation_name, ORGANISATION_NAME);

/* Every organisation, row by row: `row` is a struct organisation_name. For the command line;
 * nothing that a visitor reaches crosses tenants. */
enum error organisations_each(struct db *db, struct arena *arena,
                              enum error (*each)(void *context, const void *row), void *context)
    MUST_USE;

/* A new organisation in preparation. */
struct organisation_new {
    const char *host; /* from host_read */
    enum organisation_kind kind;
    const char *name;
    const char *municipality, *county; /* codes; NULL for a network */
    bool first;                        /* made with the set-up code, which it spends */
};

/* Inside an act. ERR_CONFLICT: the host name is taken, or the set-up code was spent. */
enum error organisation_add(struct db *db, const struct organisation_new *organisation, int64_t now,
                            int64_t *ret_tenant) MUST_USE;

/* The address that mail is sent from: the setting, or until there is one radslag@HOST, so that the
 * first invitations can leave. In arena. */
const char *organisation_sender(struct arena *arena, const struct organisation *organisation);

/* Inside an act: the accessibility statement was read and accepted. `ret_changed`: it had not been.
 */
enum error organisation_accept_statement(struct db *db, int64_t tenant, int64_t now,
                                         bool *ret_changed) MUST_USE;

/* Inside an act: from one state to another. `ret_changed`: it was in the first one. */
enum error organisation_set_state(struct db *db, int64_t tenant, enum organisation_state from,
                                  enum organisation_state to, int64_t now, bool *ret_changed)
    MUST_USE;

/* Pages: /settings and below, /theme.css. */
extern const struct route organisations_routes[];

#endif
