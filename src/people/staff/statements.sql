-- name: staff_roles_all :many
-- One row for each role of staff, by name. An account that was made for somebody who has not come
-- yet was never seen.
SELECT account.id AS account, account.name, account.email,
    CASE WHEN account.last_seen_at > account.created_at OR EXISTS (SELECT 1 FROM second_factor
        WHERE second_factor.tenant = account.tenant AND second_factor.account = account.id)
        THEN account.last_seen_at END AS last_seen_at,
    account_role.role, account_role.granted_at, account_role.ends_at
FROM account_role
JOIN account ON account.tenant = account_role.tenant AND account.id = account_role.account
WHERE account_role.tenant = :tenant AND account_role.role <> 'association'
ORDER BY account.name COLLATE sv NULLS LAST, account.id, account_role.role

-- name: staff_roles_of_account :many
-- The staff roles of one account.
SELECT account.id AS account, account.name, account.email,
    CASE WHEN account.last_seen_at > account.created_at OR EXISTS (SELECT 1 FROM second_factor
        WHERE second_factor.tenant = account.tenant AND second_factor.account = account.id)
        THEN account.last_seen_at END AS last_seen_at,
    account_role.role, account_role.granted_at, account_role.ends_at
FROM account_role
JOIN account ON account.tenant = account_role.tenant AND account.id = account_role.account
WHERE account_role.tenant = :tenant AND account_role.account = :account
    AND account_role.role <> 'association'
ORDER BY account_role.role

-- name: administrators_beside :one
-- How many others are administrators without an end set.
SELECT count(*) AS others
FROM account_role
WHERE tenant = :tenant AND role = 'administrator' AND account <> :account AND ends_at IS NULL

-- name: role_set_end :exec
-- The instant from which a role gives nothing; none = no end.
UPDATE account_role
SET ends_at = :ends_at
WHERE tenant = :tenant AND account = :account AND role = :role

-- name: roles_ended :many
-- Roles whose end has come, for the job that takes them away.
-- across tenants: one job for all organisations
-- scans: once an hour
SELECT tenant, account, role
FROM account_role
WHERE ends_at <= :now
ORDER BY tenant, account, role
LIMIT 100
