/* What the pages of the audit chain show. */
#ifndef RADSLAG_RECORDS_VIEWS_H
#define RADSLAG_RECORDS_VIEWS_H

#include "platform/base/shape.h"

#define AUDIT_HEAD_VIEW(F, T)                                                                      \
    F(T, int, sequence, , "number of the last act; 0 = nothing was written yet")                   \
    F(T, slug, hash, , "its hash, SHA-256 as hex")                                                 \
    F(T, time, at, , "when it was done")                                                           \
    F(T, int, asked, , "number that was asked for; 0 = none")                                      \
    F(T, slug, asked_hash, , "hash of that act; none = there is no such act")                      \
    F(T, time, asked_at, , "when that act was done")                                               \
    F(T, flag, may_read_log, , "the visitor may read the acts themselves")
SHAPE(audit_head_view, AUDIT_HEAD_VIEW);

#define AUDIT_ENTRY_VIEW(F, T)                                                                     \
    F(T, int, sequence, , "number in the chain")                                                   \
    F(T, time, at, , "when")                                                                       \
    F(T, text, act, , "what was done, in words")                                                   \
    F(T, text, object, , "what it was done to, in words")                                          \
    F(T, text, who, , "name as it is now, or what stands in its place")                            \
    F(T, text, reason, , "where one was asked")                                                    \
    F(T, text, detail, , "before, after and the like")                                             \
    F(T, flag, erased, , "who and why have been erased")                                           \
    F(T, slug, hash, , "SHA-256 as hex")
SHAPE(audit_entry_view, AUDIT_ENTRY_VIEW);

#define AUDIT_LOG_VIEW(F, T)                                                                       \
    F(T, list, entries, audit_entry_view, "newest first, at most 50")                              \
    F(T, flag, own_only, , "the visitor sees only what they did themselves")                       \
    F(T, url, older, , "the next fifty; none = these are the first acts")                          \
    F(T, url, newest, , "back to the newest; none = these are they")
SHAPE(audit_log_view, AUDIT_LOG_VIEW);

#endif
