-- Drafts of their giver alone: every statement asks for the owner.

-- name: draft_by_id :one
-- One draft of the giver, while it lasts.
SELECT id, step, subject, fields, updated_at, ends_at
FROM draft
WHERE tenant = :tenant AND id = :id AND form = :form AND ends_at > :now
    AND (account = :account OR cookie_hash = :cookie_hash);

-- name: draft_by_owner :many
-- The drafts of one form that an account has, the newest first.
SELECT id, step, subject, fields, updated_at, ends_at
FROM draft
WHERE tenant = :tenant AND form = :form AND ends_at > :now AND account = :account
ORDER BY updated_at DESC, id DESC;

-- name: draft_insert :one
-- A form begun; gives its number.
INSERT INTO draft (tenant, account, cookie_hash, form, subject, step, fields, begun_at, updated_at,
    ends_at)
VALUES (:tenant, :account, :cookie_hash, :form, :subject, :step, :fields, :now, :now, :ends_at)
RETURNING id;

-- name: draft_save :exec
-- One page of the form more, or again; it lasts longer by that.
UPDATE draft
SET step = :step, fields = :fields, updated_at = :now, ends_at = :ends_at
WHERE tenant = :tenant AND id = :id AND form = :form AND ends_at > :now
    AND (account = :account OR cookie_hash = :cookie_hash);

-- name: draft_delete :exec
-- Handed in or thrown away.
DELETE FROM draft
WHERE tenant = :tenant AND id = :id AND form = :form
    AND (account = :account OR cookie_hash = :cookie_hash);

-- name: drafts_end :exec
-- Those whose time is over.
DELETE FROM draft
WHERE tenant = :tenant AND ends_at <= :now;

-- name: drafts_of_account :many
-- For the register extract.
SELECT id, form, begun_at, updated_at, fields
FROM draft
WHERE tenant = :tenant AND account = :account
ORDER BY id;

-- name: drafts_erase :exec
-- All of an account that is deleted.
DELETE FROM draft
WHERE tenant = :tenant AND account = :account;
