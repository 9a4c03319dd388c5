-- Drafts of their giver alone: every statement asks for the owner.

-- name: draft_by_id :one
SELECT id, step, subject, fields, updated_at, ends_at
FROM draft
WHERE tenant = :tenant AND id = :id AND form = :form AND ends_at > :now
    AND (account = :account OR cookie_hash = :cookie_hash);

-- name: draft_by_owner :many
SELECT id, step, subject, fields, updated_at, ends_at
FROM draft
WHERE tenant = :tenant AND form = :form AND ends_at > :now AND account = :account
ORDER BY updated_at DESC, id DESC;

-- name: draft_insert :one
INSERT INTO draft (tenant, account, cookie_hash, form, subject, step, fields, begun_at, updated_at,
    ends_at)
VALUES (:tenant, :account, :cookie_hash, :form, :subject, :step, :fields, :now, :now, :ends_at)
RETURNING id;

-- name: draft_save :exec
UPDATE draft
SET step = :step, fields = :fields, updated_at = :now, ends_at = :ends_at
WHERE tenant = :tenant AND id = :id AND form = :form AND ends_at > :now
    AND (account = :account OR cookie_hash = :cookie_hash);

-- name: draft_delete :exec
DELETE FROM draft
WHERE tenant = :tenant AND id = :id AND form = :form
    AND (account = :account OR cookie_hash = :cookie_hash);

-- name: drafts_end :exec
DELETE FROM draft
WHERE tenant = :tenant AND ends_at <= :now;

-- name: drafts_of_account :many
SELECT id, form, begun_at, updated_at, fields
FROM draft
WHERE tenant = :tenant AND account = :account
ORDER BY id;

-- name: drafts_erase :exec
DELETE FROM draft
WHERE tenant = :tenant AND account = :account;
