-- name: session_visitor.sqlite :one
-- Who has this session. By its former secret it is found for a minute, with nothing proved. The two
-- are looked up one by one, and the plus keeps SQLite from the index by organisation: else all its
-- sessions would be gone through.
SELECT session.id AS session, account.id AS account, account.name, account.email, account.language,
    (SELECT group_concat(role, ' ') FROM account_role
        WHERE account_role.tenant = account.tenant AND account_role.account = account.id
            AND (account_role.ends_at IS NULL OR account_role.ends_at > :now)) AS roles,
    session.started_at, session.last_seen_at, session.remember,
    CASE WHEN session.secret = :secret THEN session.proved_at END AS proved_at
FROM session JOIN account ON account.tenant = session.tenant AND account.id = session.account
WHERE +session.tenant = :tenant AND session.id IN (
    SELECT id FROM session WHERE tenant = :tenant AND secret = :secret
    UNION ALL
    SELECT id FROM session
    WHERE tenant = :tenant AND former = :secret AND proved_at > :minute_ago);

-- name: session_visitor.postgresql :one
SELECT session.id AS session, account.id AS account, account.name, account.email, account.language,
    (SELECT string_agg(role, ' ') FROM account_role
        WHERE account_role.tenant = account.tenant AND account_role.account = account.id
            AND (account_role.ends_at IS NULL OR account_role.ends_at > :now)) AS roles,
    session.started_at, session.last_seen_at, session.remember,
    CASE WHEN session.secret = :secret THEN session.proved_at END AS proved_at
FROM session JOIN account ON account.tenant = session.tenant AND account.id = session.account
WHERE session.tenant = :tenant AND session.id IN (
    SELECT id FROM session WHERE tenant = :tenant AND secret = :secret
    UNION ALL
    SELECT id FROM session
    WHERE tenant = :tenant AND former = :secret AND proved_at > :minute_ago);

-- name: session_add :exec
-- Written again by a rerun or a second press, it stays one.
INSERT INTO session (tenant, account, secret, started_at, last_seen_at, remember, browser)
VALUES (:tenant, :account, :secret, :now, :now, :remember, :browser)
ON CONFLICT (tenant, secret) DO NOTHING;

-- name: session_end_other :exec
-- One session of one's own.
DELETE FROM session WHERE tenant = :tenant AND account = :account AND id = :id;

-- name: session_end_others :exec
-- All of an account's sessions but one.
DELETE FROM session WHERE tenant = :tenant AND account = :account AND id <> :id;

-- name: session_end_all :exec
-- All sessions of an account.
DELETE FROM session WHERE tenant = :tenant AND account = :account;

-- name: session_prove :exec
-- A new secret, now with the second factor proved.
UPDATE session SET former = secret, secret = :secret, proved_at = :now
WHERE tenant = :tenant AND account = :account AND id = :id;

-- name: session_is_proved_by :one
-- 1 when the second factor was just proved in this session by the same press before.
SELECT count(*) AS proved FROM session
WHERE tenant = :tenant AND id = :id AND secret = :secret AND proved_at > :minute_ago;

-- name: session_list :many
-- An account's sessions, the one used last first.
SELECT id, started_at, last_seen_at, remember, browser
FROM session WHERE tenant = :tenant AND account = :account
ORDER BY last_seen_at DESC, id DESC;

-- name: session_seen :exec
-- When it was last used; such times are written in batches.
UPDATE session SET last_seen_at = :seen_at
WHERE tenant = :tenant AND id = :id AND last_seen_at < :seen_at;

-- name: account_seen :exec
-- Used again: a warning of disuse counts no more.
UPDATE account SET last_seen_at = :seen_at, warned_at = NULL
WHERE tenant = :tenant AND id = :account AND last_seen_at < :seen_at AND deleted_at IS NULL;

-- name: session_purge :exec
-- Sessions that nobody can use any more, whatever their kind.
DELETE FROM session WHERE tenant = :tenant
    AND (started_at < :month_ago OR (remember = 0 AND started_at < :day_ago));
