-- across tenants: one sender works for all, and knows a mail by its number
-- name: outbox_add :exec
-- Queues one mail; nothing happens when the recipient has one of this cause.
INSERT INTO outbox (tenant, kind, cause, recipient, account, address, name, language, facts,
                    at_once, state, queued_at, due_at)
VALUES (:tenant, :kind, :cause, :recipient, :account, :address, :name, :language, :facts,
        :at_once, 'queued', :queued_at, :due_at)
ON CONFLICT (tenant, kind, cause, recipient) DO NOTHING

-- name: outbox_next :many
-- What may leave now: answers first, then the oldest.
SELECT id, tenant, attempts FROM outbox
WHERE state = 'queued' AND due_at <= :now AND (at_once = 1 OR CAST(:night AS BIGINT) = 0)
ORDER BY at_once DESC, due_at, id
LIMIT :limit

-- name: outbox_take :one
-- Leases one mail to the caller until its next attempt would be due; no row when somebody has it.
UPDATE outbox SET attempts = attempts + 1, due_at = :next_at
WHERE id = :id AND state = 'queued' AND due_at <= :now AND attempts = :attempts
RETURNING id, tenant, kind, account, address, name, language, facts, attempts, queued_at

-- name: outbox_later :exec
-- Not taken by the server: notes its reply and when to try again.
UPDATE outbox SET due_at = :due_at, reply_code = :reply_code
WHERE id = :id AND state = 'queued' AND attempts = :attempts

-- name: outbox_end :exec
-- Sent, bounced or stopped: for good. With :forget what it said and to whom goes at once.
UPDATE outbox SET state = :state, ended_at = :now, reply_code = :reply_code,
    facts = CASE WHEN CAST(:forget AS BIGINT) = 1 THEN NULL ELSE facts END,
    address = CASE WHEN CAST(:forget AS BIGINT) = 1 THEN NULL ELSE address END,
    name = CASE WHEN CAST(:forget AS BIGINT) = 1 THEN NULL ELSE name END
WHERE id = :id AND state = 'queued' AND attempts = :attempts

-- name: outbox_stop :exec
-- Mail that is no longer true does not leave: all of one cause.
UPDATE outbox SET state = 'stopped', ended_at = :now, facts = NULL, address = NULL, name = NULL
WHERE tenant = :tenant AND kind = :kind AND cause = :cause AND state = 'queued'

-- name: outbox_erase_account :exec
-- All mail to somebody whose account is deleted.
DELETE FROM outbox WHERE tenant = :tenant AND account = :account

-- name: outbox_erase_address :exec
-- And mail to the same address that was queued without an account: answers, invitations, codes.
DELETE FROM outbox
WHERE tenant = :tenant AND account IS NULL AND lower(address) = lower(:address)

-- name: outbox_dispose :exec
-- Rows whose term has ended.
DELETE FROM outbox WHERE state <> 'queued' AND ended_at < :before

-- name: outbox_of_account :many
-- Mail kept about an account, for the register extract.
SELECT kind, state, address, queued_at, ended_at FROM outbox
WHERE tenant = :tenant AND account = :account ORDER BY id

-- name: outbox_counts :one
-- State of the queue for the operator.
-- scans: asked for now and then
SELECT count(*) FILTER (WHERE state = 'queued') AS queued,
    count(*) FILTER (WHERE state = 'bounced') AS bounced,
    min(queued_at) FILTER (WHERE state = 'queued') AS oldest_at
FROM outbox

-- name: introduction_find :one
-- What an organisation says itself in one kind of mail.
SELECT kind, language, text FROM mail_introduction
WHERE tenant = :tenant AND kind = :kind AND language = :language

-- name: introduction_all :many
-- The same in all kinds.
SELECT kind, language, text FROM mail_introduction
WHERE tenant = :tenant ORDER BY kind, language

-- name: introduction_set :exec
-- Says something, or something else.
INSERT INTO mail_introduction (tenant, kind, language, text, changed_at)
VALUES (:tenant, :kind, :language, :text, :now)
ON CONFLICT (tenant, kind, language) DO UPDATE SET text = excluded.text,
    changed_at = excluded.changed_at

-- name: introduction_remove :exec
-- Says nothing any more.
DELETE FROM mail_introduction WHERE tenant = :tenant AND kind = :kind AND language = :language
