-- Decisions. Columns stand in the order of DECISION.

-- name: decision_insert :one
-- A decision as its minutes have it; gives its number.
INSERT INTO decision (tenant, page, kind, body, delegation, decided_on, item, registry_no, wording,
    posted_on, appeal_until, minutes_url, recorded_by, recorded_at)
VALUES (:tenant, :page, :kind, :body, :delegation, :decided_on, :item, :registry_no, :wording,
    :posted_on, :appeal_until, :minutes_url, :recorded_by, :recorded_at)
RETURNING id;

-- name: decision_replace :exec
-- The framework decisions before this one do not stand any more.
UPDATE decision
SET replaced_by = :id
WHERE tenant = :tenant AND page = :page AND kind = :kind AND id < :id AND replaced_by IS NULL;

-- name: decision_post :exec
-- The day it was posted, once.
UPDATE decision
SET posted_on = :posted_on, appeal_until = :appeal_until
WHERE tenant = :tenant AND id = :id AND posted_on IS NULL;

-- name: decision_by_id :one
-- The decision with a number.
SELECT id, page, kind, body, delegation, decided_on, item, registry_no, wording, posted_on,
    appeal_until, minutes_url, recorded_at
FROM decision
WHERE tenant = :tenant AND id = :id;

-- name: decisions_of_page :many
-- All of a page, newest first.
SELECT id, page, kind, body, delegation, decided_on, item, registry_no, wording, posted_on,
    appeal_until, minutes_url, recorded_at
FROM decision
WHERE tenant = :tenant AND page = :page
ORDER BY id DESC
LIMIT 50;

-- name: decision_of_kind :many
-- The latest of a kind that stands.
SELECT id, page, kind, body, delegation, decided_on, item, registry_no, wording, posted_on,
    appeal_until, minutes_url, recorded_at
FROM decision
WHERE tenant = :tenant AND page = :page AND kind = :kind AND replaced_by IS NULL
ORDER BY id DESC
LIMIT 1;
