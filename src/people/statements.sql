-- name: account_find.sqlite :one
-- One account that is not deleted, with its roles.
SELECT id, email, email_key, name, language, password, created_at, last_seen_at,
    (SELECT group_concat(role, ' ') FROM account_role
        WHERE account_role.tenant = account.tenant AND account_role.account = account.id) AS roles
FROM account WHERE tenant = :tenant AND id = :id AND deleted_at IS NULL;

-- name: account_find.postgresql :one
SELECT id, email, email_key, name, language, password, created_at, last_seen_at,
    (SELECT string_agg(role, ' ') FROM account_role
        WHERE account_role.tenant = account.tenant AND account_role.account = account.id) AS roles
FROM account WHERE tenant = :tenant AND id = :id AND deleted_at IS NULL;

-- name: account_by_email.sqlite :one
-- The account that has this folded address.
SELECT id, email, email_key, name, language, password, created_at, last_seen_at,
    (SELECT group_concat(role, ' ') FROM account_role
        WHERE account_role.tenant = account.tenant AND account_role.account = account.id) AS roles
FROM account WHERE tenant = :tenant AND email_key = :email_key;

-- name: account_by_email.postgresql :one
SELECT id, email, email_key, name, language, password, created_at, last_seen_at,
    (SELECT string_agg(role, ' ') FROM account_role
        WHERE account_role.tenant = account.tenant AND account_role.account = account.id) AS roles
FROM account WHERE tenant = :tenant AND email_key = :email_key;

-- name: account_ensure :one
-- The account of a folded address, made when there was none.
INSERT INTO account (tenant, email, email_key, language, created_at, last_seen_at)
VALUES (:tenant, :email, :email_key, :language, :now, :now)
ON CONFLICT (tenant, email_key) DO UPDATE SET email_key = excluded.email_key
RETURNING id;

-- name: account_rename :exec
-- What the holder is called, and which language.
UPDATE account SET name = :name, language = :language
WHERE tenant = :tenant AND id = :account AND deleted_at IS NULL;

-- name: person_find :one
-- An account as other capabilities see it.
SELECT id, name, email, language FROM account
WHERE tenant = :tenant AND id = :account AND deleted_at IS NULL;

-- name: people_with_role :many
-- Holders of a role, by name.
SELECT account.id, name, email, language
FROM account_role JOIN account ON account.tenant = account_role.tenant
    AND account.id = account_role.account
WHERE account_role.tenant = :tenant AND role = :role
ORDER BY name COLLATE sv NULLS LAST, account.id;

-- name: role_add :exec
-- A role is given; it stays as it was when the account has it.
INSERT INTO account_role (tenant, account, role, granted_by, granted_at)
VALUES (:tenant, :account, :role, :granted_by, :now)
ON CONFLICT (tenant, account, role) DO NOTHING;

-- name: role_remove :exec
-- A role is taken back.
DELETE FROM account_role WHERE tenant = :tenant AND account = :account AND role = :role;

-- name: tenants :many
-- Every organisation, for jobs that go through all.
SELECT id FROM organisation ORDER BY id;
