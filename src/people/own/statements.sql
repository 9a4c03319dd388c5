-- name: own_password_set :exec
-- A new password, or none (log-in by code alone).
UPDATE account SET password = :password, password_at = :password_at
WHERE tenant = :tenant AND id = :account AND deleted_at IS NULL;

-- name: own_email_set :exec
-- Another address, unless somebody has it.
UPDATE account SET email = :email, email_key = :email_key
WHERE tenant = :tenant AND id = :account AND deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM account AS other
        WHERE other.tenant = :tenant AND other.email_key = :email_key AND other.id <> :account);

-- name: own_roles_erase :exec
-- An account that is deleted has no roles.
DELETE FROM account_role WHERE tenant = :tenant AND account = :account;

-- name: own_account_erase :exec
-- The number alone stays, so that what must be kept has an author.
UPDATE account SET email = NULL, email_key = NULL, name = NULL, password = NULL, password_at = NULL,
    warned_at = NULL, deleted_at = :now
WHERE tenant = :tenant AND id = :account AND deleted_at IS NULL;

-- name: own_account_extract.sqlite :many
-- All that the account's own row holds.
SELECT email, name, language, created_at, last_seen_at, password_at, warned_at,
    (SELECT group_concat(role, ' ') FROM account_role
        WHERE account_role.tenant = account.tenant AND account_role.account = account.id) AS roles,
    (SELECT made_at FROM second_factor WHERE second_factor.tenant = account.tenant
        AND second_factor.account = account.id) AS second_factor_at
FROM account WHERE tenant = :tenant AND id = :account AND deleted_at IS NULL;

-- name: own_account_extract.postgresql :many
SELECT email, name, language, created_at, last_seen_at, password_at, warned_at,
    (SELECT string_agg(role, ' ') FROM account_role
        WHERE account_role.tenant = account.tenant AND account_role.account = account.id) AS roles,
    (SELECT made_at FROM second_factor WHERE second_factor.tenant = account.tenant
        AND second_factor.account = account.id) AS second_factor_at
FROM account WHERE tenant = :tenant AND id = :account AND deleted_at IS NULL;

-- name: own_session_extract :many
-- Sessions, for the register extract.
SELECT started_at, last_seen_at, browser FROM session
WHERE tenant = :tenant AND account = :account ORDER BY id;

-- name: own_token_extract :many
-- Tokens, for the register extract.
SELECT name, made_at, ends_at FROM token
WHERE tenant = :tenant AND account = :account ORDER BY id;

-- name: own_unused :many
-- Accounts without a role of staff that nobody has used for long, and that were not warned.
SELECT id, email, name, language FROM account
WHERE tenant = :tenant AND last_seen_at < :before AND warned_at IS NULL AND deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM account_role WHERE account_role.tenant = account.tenant
        AND account_role.account = account.id AND role <> 'association')
ORDER BY last_seen_at, id;

-- name: own_warned :exec
-- The warning of disuse is queued, once.
UPDATE account SET warned_at = :now
WHERE tenant = :tenant AND id = :account AND warned_at IS NULL AND last_seen_at < :before;

-- name: own_overdue :many
-- Warned long enough ago, and not used since.
SELECT id FROM account
WHERE tenant = :tenant AND last_seen_at < :before AND warned_at < :warned_before
    AND deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM account_role WHERE account_role.tenant = account.tenant
        AND account_role.account = account.id AND role <> 'association')
ORDER BY last_seen_at, id;

-- name: own_staff_roles :one
-- How many roles of staff an account has at this moment.
SELECT count(*) AS roles FROM account_role
WHERE tenant = :tenant AND account = :account AND role <> 'association'
    AND (ends_at IS NULL OR ends_at > :now);

-- name: own_administrators :one
-- How many administrators there are without an end set, if the account is one of them; else none.
SELECT count(*) AS administrators FROM account_role
WHERE tenant = :tenant AND role = 'administrator' AND ends_at IS NULL
    AND EXISTS (SELECT 1 FROM account_role AS own WHERE own.tenant = :tenant
        AND own.account = :account AND own.role = 'administrator');
