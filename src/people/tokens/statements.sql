-- name: token_visitor.sqlite :one
-- Who has this token, while it lasts.
SELECT account.id AS account, account.name, account.email, token.scope, token.proved,
    (SELECT group_concat(role, ' ') FROM account_role
        WHERE account_role.tenant = account.tenant AND account_role.account = account.id
            AND (account_role.ends_at IS NULL OR account_role.ends_at > :now)) AS roles
FROM token JOIN account ON account.tenant = token.tenant AND account.id = token.account
WHERE token.tenant = :tenant AND token.secret = :secret AND token.ends_at > :now;

-- name: token_visitor.postgresql :one
SELECT account.id AS account, account.name, account.email, token.scope, token.proved,
    (SELECT string_agg(role, ' ') FROM account_role
        WHERE account_role.tenant = account.tenant AND account_role.account = account.id
            AND (account_role.ends_at IS NULL OR account_role.ends_at > :now)) AS roles
FROM token JOIN account ON account.tenant = token.tenant AND account.id = token.account
WHERE token.tenant = :tenant AND token.secret = :secret AND token.ends_at > :now;

-- name: token_list :many
-- An account's tokens, the newest first.
SELECT id, name, scope, made_at, ends_at FROM token
WHERE tenant = :tenant AND account = :account ORDER BY id DESC;

-- name: token_count :one
-- How many an account has.
SELECT count(*) AS tokens FROM token WHERE tenant = :tenant AND account = :account;

-- name: token_add :one
-- A new token; gives its number.
INSERT INTO token (tenant, account, name, secret, scope, proved, made_at, ends_at)
VALUES (:tenant, :account, :name, :secret, :scope, :proved, :now, :ends_at)
RETURNING id;

-- name: token_revoke :exec
-- One token of one's own.
DELETE FROM token WHERE tenant = :tenant AND account = :account AND id = :id;

-- name: token_revoke_all :exec
-- All tokens of an account.
DELETE FROM token WHERE tenant = :tenant AND account = :account;
