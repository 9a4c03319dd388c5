/* Inside setup: making an organisation with its administrators, from the page and the command line.
 */
#ifndef RADSLAG_SETUP_MAKE_H
#define RADSLAG_SETUP_MAKE_H

#include "people/invitations/invitations.h"
#include "people/organisations/organisations.h"

enum { SETUP_ADMINISTRATORS_MOST = 8 };

/* Cause of the administrators' task: the first hour, until the organisation is open. */
#define SETUP_CAUSE "setup:open"

/* What is to be made. Codes are drawn before the act. */
struct setup_order {
    struct organisation_new organisation;
    struct invitee administrators[SETUP_ADMINISTRATORS_MOST];
    struct invitation_code_drawn codes[SETUP_ADMINISTRATORS_MOST];
    size_t count; /* of administrators, 2 at least */
};

enum setup_flaw {
    SETUP_FINE,
    SETUP_HOST_WRONG,
    SETUP_CODE_UNKNOWN, /* no such municipality or region */
    SETUP_NAME_MISSING, /* a network or a made-up municipality has no name of its own */
    SETUP_EMAIL_WRONG,
    SETUP_SAME_EMAIL,
    SETUP_TOO_FEW /* administrators: never one */
};

/* Fills host, kind, codes and name. `code`: "0781", "07", "0000" for a made-up municipality, or
 * "network"; `name` NULL: as the list says. */
enum setup_flaw setup_order_organisation(struct arena *arena, const char *host, const char *code,
                                         const char *name, struct setup_order *order);

/* Adds an administrator. */
enum setup_flaw setup_order_administrator(struct arena *arena, const char *name, const char *email,
                                          struct setup_order *order);

/* Draws the codes of the invitations; not in an act. */
enum error setup_order_draw(struct setup_order *order) MUST_USE;

/* Inside an act: the organisation, accounts with the role administrator, an invitation to each,
 * audit rows. ERR_CONFLICT as organisation_add. `rq` gives arena, language, now and seed; its
 * tenant is not read. */
enum error setup_make(struct db *db, const struct request *rq, const struct setup_order *order,
                      int64_t *ret_tenant) MUST_USE;

/* The code that opens the very first set-up: twelve digits that follow from the key folder. */
enum error setup_code(char ret_code[static INVITATION_DIGITS + 1]) MUST_USE;

/* What shows afterwards that one made it: in the address of the receipt. It opens nothing else. */
enum error setup_receipt(char ret_code[static INVITATION_DIGITS + 1]) MUST_USE;

#endif
