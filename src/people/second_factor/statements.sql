-- name: second_factor_find :one
-- When it was set up, the code used last, and how many recovery codes are left.
SELECT made_at, last_step,
    (SELECT count(*) FROM recovery_code WHERE recovery_code.tenant = second_factor.tenant
        AND recovery_code.account = second_factor.account AND used_at IS NULL) AS codes_left
FROM second_factor WHERE tenant = :tenant AND account = :account;

-- name: second_factor_secret :one
-- The sealed secret.
SELECT secret FROM second_factor WHERE tenant = :tenant AND account = :account;

-- name: second_factor_set :exec
-- Set up, or set up anew with another telephone.
INSERT INTO second_factor (tenant, account, secret, last_step, made_at)
VALUES (:tenant, :account, :secret, :step, :now)
ON CONFLICT (tenant, account) DO UPDATE SET secret = excluded.secret,
    last_step = excluded.last_step, made_at = excluded.made_at;

-- name: second_factor_use :exec
-- A code is used once: only a later one is taken.
UPDATE second_factor SET last_step = :step
WHERE tenant = :tenant AND account = :account AND last_step < :step;

-- name: second_factor_remove :exec
-- No second factor any more.
DELETE FROM second_factor WHERE tenant = :tenant AND account = :account;

-- name: recovery_code_add :exec
-- One of the ten codes; written again by a rerun it stays one.
INSERT INTO recovery_code (tenant, account, code) VALUES (:tenant, :account, :code)
ON CONFLICT (tenant, account, code) DO NOTHING;

-- name: recovery_code_use :exec
-- A code is used once: who changes a row has used it.
UPDATE recovery_code SET used_at = :now
WHERE tenant = :tenant AND account = :account AND code = :code AND used_at IS NULL;

-- name: recovery_code_remove_all :exec
-- Before new ones are made, or when the second factor goes.
DELETE FROM recovery_code WHERE tenant = :tenant AND account = :account;
