/* Pages of the audit chain: the head for everybody, the log for those who may read it. */
#include <inttypes.h>

#include "people/people.h"
#include "platform/base/instant.h"
#include "platform/base/text.h"
#include "records/audit.h"
#include "records/log.h"
#include "records/payload.h"
#include "records/views.h"

enum { PAGE_ROWS = 50 };

/* The head changes at every act and is no topic: a page may be kept this long. */
#define HEAD_KEPT SECONDS(30)

/* ---- the head ---- */

/* The act that the visitor has noted earlier, if it asks for one. */
static enum error asked_fill(struct request *rq, struct audit_head_view *view) {
    struct audit_head asked;
    const int64_t number = query_int(rq, "number", 0);
    if (number <= 0)
        return ERR_OK;
    view->asked = number;
    const enum error error = audit_head_at(rq->db, rq->arena, rq->tenant, number, &asked);
    if (error == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(error);
    view->asked_hash = asked.hash;
    view->asked_at = asked.at;
    return ERR_OK;
}

/* Whose acts the visitor may read: 0 = everybody's. In this row of JOURNEYS 8 the mark of the
 * public is about the head alone; secretary, administrator and operator see all. */
static enum error log_account(const struct visitor *visitor, int64_t *ret_account) {
    const uint32_t readers = UINT32_C(1) << ROLE_secretary | UINT32_C(1) << ROLE_administrator |
                             UINT32_C(1) << ROLE_operator;
    const enum permission permission = may(visitor, RIGHT_audit, NULL);
    const bool reads_all = permission == PERMISSION_DOES ||
                           (visitor->second_factor && (visitor->roles & readers) != 0);
    if (visitor->account == 0)
        return ERR_LOGIN_REQUIRED;
    if (!reads_all && permission != PERMISSION_OWN)
        return ERR_FORBIDDEN;
    *ret_account = reads_all ? 0 : visitor->account;
    return ERR_OK;
}

/* GET /audit — number, hash and time of the last act, and what they prove. */
static enum error show_head(struct request *rq, struct reply *rp) {
    struct audit_head head;
    TRY(audit_head_read(rq->db, rq->arena, rq->tenant, &head));
    struct audit_head_view view = {
        .sequence = head.sequence, .hash = head.hash, .at = head.at, .asked_at = INSTANT_NONE};
    int64_t whose;
    view.may_read_log = log_account(rq->visitor, &whose) == ERR_OK;
    TRY(asked_fill(rq, &view));
    reply_may_cache(rp, rq->now + HEAD_KEPT);
    return reply_view(rq, rp, &view);
}

/* ---- the log ---- */

/* "page:12" → "sida 12". */
static const char *object_words(struct request *rq, const char *object) {
    const char *colon = strchr(object, ':');
    if (colon == NULL)
        return object;
    const char *key = arena_format(rq->arena, "audit.object.%.*s", (int)(colon - object), object);
    const char *noun = word_if_any(rq->language, key);
    return noun == NULL ? object : arena_format(rq->arena, "%s %s", noun, colon + 1);
}

/* Somebody who has left: a number, and no name any more. */
static const char *account_words(struct request *rq, int64_t account) {
    return object_words(rq, arena_format(rq->arena, "account:%" PRId64, account));
}

/* Name of an account; the same one is looked up once for a page. */
static enum error who_words(struct request *rq, const struct log_row_list *rows, size_t at,
                            const struct audit_entry_view *entries, const char **ret_who) {
    const int64_t account = rows->at[at].account;
    struct person person;
    if (account == 0) {
        *ret_who = word(rq->language, "audit.system");
        return ERR_OK;
    }
    for (size_t i = 0; i < at; i++) {
        if (rows->at[i].account == account) {
            *ret_who = entries[i].who;
            return ERR_OK;
        }
    }
    const enum error error = person_find(rq->db, rq->arena, rq->tenant, account, &person);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    *ret_who = error == ERR_OK ? person.name : account_words(rq, account);
    return ERR_OK;
}

static enum error entry_fill(struct request *rq, const struct log_row_list *rows, size_t at,
                             struct audit_entry_view *entries) {
    const struct log_row *row = &rows->at[at];
    const struct payload payload = payload_read(rq->arena, rq->language, row->payload);
    struct audit_entry_view *entry = &entries[at];
    *entry = (struct audit_entry_view){
        .sequence = row->sequence,
        .at = row->at,
        .act = word(rq->language, arena_format(rq->arena, "audit.act.%s", row->act)),
        .object = object_words(rq, row->object),
        .reason = payload.reason,
        .detail = payload.detail,
        .erased = row->payload == NULL,
        .hash = row->hash,
    };
    if (entry->erased && row->account == 0) {
        entry->who = word(rq->language, "audit.erased");
        return ERR_OK;
    }
    return who_words(rq, rows, at, entries, &entry->who);
}

/* GET /audit/log — acts with who and why, newest first. Staff with the right to it; those with
 * "own" see what they did themselves. */
static enum error show_log(struct request *rq, struct reply *rp) {
    struct audit_log_view view = {.own_only = false};
    struct log_row_list rows;
    struct log_part part = {
        .tenant = rq->tenant, .before = query_int(rq, "before", INT64_MAX), .limit = PAGE_ROWS + 1};
    TRY(log_account(rq->visitor, &part.account));
    TRY(log_read(rq->db, rq->arena, &part, &rows));
    const bool more = rows.count > PAGE_ROWS;
    rows.count = more ? PAGE_ROWS : rows.count;
    view.own_only = part.account != 0;
    view.entries.at = ARENA_ARRAY(rq->arena, rows.count, struct audit_entry_view);
    view.entries.count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        TRY(entry_fill(rq, &rows, i, view.entries.at));
    if (more)
        view.older = url_own(
            arena_format(rq->arena, "/audit/log?before=%" PRId64, rows.at[PAGE_ROWS - 1].sequence));
    if (part.before != INT64_MAX)
        view.newest = url_own("/audit/log");
    return reply_view(rq, rp, &view);
}

/* GET /audit/log.csv — the same, all of it, as a file. */
static enum error send_log(struct request *rq, struct reply *rp) {
    enum { ROWS_MOST = INT32_MAX };
    struct log_part part = {.tenant = rq->tenant, .before = INT64_MAX, .limit = ROWS_MOST};
    const char *path;
    TRY(log_account(rq->visitor, &part.account));
    TRY(log_export(rq->db, rq->arena, &part, &path));
    return reply_file(rq, rp, "text/csv; charset=utf-8", path, "audit-log.csv", true);
}

const struct route records_routes[] = {
    ROUTE_GET("/audit", show_head, .right = RIGHT_ANYONE, .view = &audit_head_view_shape,
              .template = "records/head",
              .doc = "Shows the end of the audit chain, or the hash of one act by ?number=."),
    ROUTE_GET("/audit/log", show_log, .right = RIGHT_audit, .view = &audit_log_view_shape,
              .template = "records/log",
              .doc = "Lists official acts, newest first; ?before= a number goes on."),
    ROUTE_GET("/audit/log.csv", send_log, .right = RIGHT_audit,
              .doc = "Gives all official acts that the visitor may read as a file."),
    {.path = NULL},
};
