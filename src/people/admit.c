/* The admission of each request: organisation by host name, visitor by session or token, and
 * whether the route is for this visitor. */
#include <string.h>

#include "people/organisations/organisations.h"
#include "people/rules.h"
#include "people/sessions/sessions.h"
#include "people/tokens/tokens.h"
#include "people_statements.h"

/* On a host name without an organisation only its making is open. */
static enum error find_tenant(struct request *rq) {
    struct organisation *organisation = ARENA_NEW(rq->arena, struct organisation);
    const enum error error = organisation_by_host(rq->db, rq->arena, rq->host, organisation);

    if (error == ERR_NOT_FOUND && rq->route != NULL && rq->route->right == RIGHT_OUTSIDE)
        return ERR_OK;
    TRY(error);
    rq->tenant = organisation->id;
    rq->visitor->organisation = organisation;
    return ERR_OK;
}

/* The account's language, unless this browser was told another. */
static void take_language(struct request *rq, const char *code) {
    const enum language own = language_from_code(code);

    if (own != LANGUAGE_NONE && language_offered(own) &&
        request_cookie(rq, COOKIE_LANGUAGE) == NULL)
        rq->language = own;
}

static enum error by_session(struct request *rq, const char *cookie, struct visitor *visitor) {
    struct session_row session;
    const enum error error = session_find(rq->db, rq->arena, rq->tenant, cookie, rq->now, &session);

    if (error != ERR_OK)
        return error == ERR_NOT_FOUND ? ERR_OK : error;
    const uint32_t roles = roles_from_codes(session.roles);
    const bool proved = session.proved_at != INSTANT_NONE;
    *visitor = (struct visitor){
        .organisation = visitor->organisation,
        .account = session.account,
        .session = session.session,
        .name = session.name != NULL ? session.name : session.email,
        .email = session.email,
        .roles = roles | role_bit(ROLE_visitor) | role_bit(ROLE_participant),
        .second_factor = proved,
        .must_prove = !proved && (roles & roles_of_staff()) != 0,
    };
    take_language(rq, session.language);
    if (rq->now - session.last_seen_at >= MINUTES(1))
        session_note_seen(rq->tenant, session.account, session.session, rq->now);
    return ERR_OK;
}

/* A program: its token gives what its holder's roles give, never the account itself. */
static enum error by_token(struct request *rq, const char *authorization, struct visitor *visitor) {
    static const char bearer[] = "Bearer ";
    struct token_row token;

    if (strncasecmp(authorization, bearer, strlen(bearer)) != 0)
        return ERR_LOGIN_REQUIRED;
    const enum error error =
        token_find(rq->db, rq->arena, rq->tenant, authorization + strlen(bearer), rq->now, &token);
    if (error != ERR_OK)
        return error == ERR_NOT_FOUND ? ERR_LOGIN_REQUIRED : error;
    *visitor = (struct visitor){
        .organisation = visitor->organisation,
        .account = token.account,
        .name = token.name != NULL ? token.name : token.email,
        .email = token.email,
        .roles =
            roles_from_codes(token.roles) | role_bit(ROLE_visitor) | role_bit(ROLE_participant),
        .second_factor = token.proved,
        .read_only = token.scope == token_scope_read,
    };
    return ERR_OK;
}

/* With a token the cookies of a browser count for nothing: a form cannot add one, and the check of
 * forged forms is left out. */
static enum error find_visitor(struct request *rq, struct visitor *visitor) {
    const char *authorization = request_header(rq, "Authorization");
    const char *cookie = request_cookie(rq, COOKIE_SESSION);

    if (authorization != NULL)
        return by_token(rq, authorization, visitor);
    return cookie == NULL ? ERR_OK : by_session(rq, cookie, visitor);
}

enum error people_admit(struct request *rq) {
    struct visitor *visitor = ARENA_NEW(rq->arena, struct visitor);

    *visitor = (struct visitor){.roles = role_bit(ROLE_visitor)};
    rq->visitor = visitor;
    TRY(find_tenant(rq));
    TRY(find_visitor(rq, visitor));
    if (rq->route == NULL)
        return ERR_OK;
    const bool writes = rq->method != METHOD_GET;
    if (writes && visitor->read_only)
        return ERR_FORBIDDEN;
    return require(visitor, (enum right)rq->route->right, NULL,
                   writes ? PERMISSION_OWN : PERMISSION_SEES);
}
