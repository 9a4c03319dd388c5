-- name: invitation_put :one
-- A new invitation, or a new code in the place of the one that waits for the same address.
INSERT INTO invitation (tenant, email, email_key, name, language, roles, code, invited_by, sent_at,
    ends_at)
VALUES (:tenant, :email, :email_key, :name, :language, :roles, :code, :invited_by, :now, :ends_at)
ON CONFLICT (tenant, email_key) WHERE accepted_at IS NULL AND withdrawn_at IS NULL
DO UPDATE SET email = excluded.email, name = coalesce(excluded.name, invitation.name),
    language = excluded.language, roles = excluded.roles, code = excluded.code,
    invited_by = excluded.invited_by, sent_at = excluded.sent_at, ends_at = excluded.ends_at,
    sent_count = invitation.sent_count + 1
RETURNING id, email, name, language, roles, invited_by, sent_at, sent_count, ends_at, accepted_at,
    withdrawn_at

-- name: invitation_renew :one
-- A new code and fourteen new days, as long as it has neither been taken nor taken back.
UPDATE invitation
SET code = :code, sent_at = :now, ends_at = :ends_at, sent_count = sent_count + 1
WHERE tenant = :tenant AND id = :id AND accepted_at IS NULL AND withdrawn_at IS NULL
RETURNING id, email, name, language, roles, invited_by, sent_at, sent_count, ends_at, accepted_at,
    withdrawn_at

-- name: invitation_withdraw :exec
-- Takes it back, as long as it has not been taken.
UPDATE invitation
SET withdrawn_at = :now
WHERE tenant = :tenant AND id = :id AND accepted_at IS NULL AND withdrawn_at IS NULL

-- name: invitation_by_code :one
-- The invitation that a code opens, whatever its state.
SELECT id, email, name, language, roles, invited_by, sent_at, sent_count, ends_at, accepted_at,
    withdrawn_at
FROM invitation
WHERE tenant = :tenant AND code = :code

-- name: invitation_accept :exec
-- Takes it: once, and in time.
UPDATE invitation
SET accepted_at = :now, account = :account
WHERE tenant = :tenant AND id = :id AND accepted_at IS NULL AND withdrawn_at IS NULL
    AND ends_at > :now

-- name: invitations_open :many
-- Those that have not been taken or taken back, newest first.
SELECT id, email, name, language, roles, invited_by, sent_at, sent_count, ends_at, accepted_at,
    withdrawn_at
FROM invitation
WHERE tenant = :tenant AND accepted_at IS NULL AND withdrawn_at IS NULL
ORDER BY sent_at DESC, id DESC

-- name: invitation_purge :exec
-- Those that can no longer be taken: thirty days after their end, address and all.
-- across tenants: one job for all organisations
-- scans: once a day
DELETE FROM invitation
WHERE ends_at < :ended_before

-- name: invitation_erase :exec
-- What stands about an account that is deleted, and what waits for its address.
DELETE FROM invitation
WHERE tenant = :tenant AND (account = :account OR email_key = (SELECT email_key FROM account
    WHERE account.tenant = :tenant AND account.id = :account))

-- name: invitations_of_account :many
-- For the register extract: which invitations the account took.
SELECT id, email, name, language, roles, invited_by, sent_at, sent_count, ends_at, accepted_at,
    withdrawn_at
FROM invitation
WHERE tenant = :tenant AND account = :account
ORDER BY id
