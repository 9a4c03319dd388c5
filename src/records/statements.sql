-- name: audit_next :one
-- Takes the next number of the chain, and holds the chain until the transaction ends: hash is still
-- the one of the row before, 64 zeros at the start.
INSERT INTO audit_head (tenant, sequence, hash, at)
VALUES (:tenant, 1, '0000000000000000000000000000000000000000000000000000000000000000', :at)
ON CONFLICT (tenant) DO UPDATE SET sequence = audit_head.sequence + 1, at = excluded.at
RETURNING sequence, hash, at

-- name: audit_add :exec
-- The row of an act.
INSERT INTO audit (tenant, sequence, at, act, object, payload_hash, hash)
VALUES (:tenant, :sequence, :at, :act, :object, :payload_hash, :hash)

-- name: audit_payload_add :exec
-- Who and why.
INSERT INTO audit_payload (tenant, sequence, account, object, payload, salt)
VALUES (:tenant, :sequence, :account, :object, :payload, :salt)

-- name: audit_head_set :exec
-- The chain now ends with this hash.
UPDATE audit_head SET hash = :hash WHERE tenant = :tenant AND sequence = :sequence

-- name: audit_erase_own :exec
-- Forgets what an account did with itself: acts of the list " password.set token.create ".
UPDATE audit_payload SET account = NULL, payload = NULL, salt = NULL
WHERE tenant = :tenant AND account = :account
    AND EXISTS (SELECT 1 FROM audit WHERE audit.tenant = audit_payload.tenant
        AND audit.sequence = audit_payload.sequence AND :acts LIKE '% ' || audit.act || ' %')

-- name: audit_erase_about :exec
-- Forgets what was done to an account and why; the number of the official who did it stays.
UPDATE audit_payload SET payload = NULL, salt = NULL,
    account = CASE WHEN account = :account THEN NULL ELSE account END
WHERE tenant = :tenant AND object = :object

-- name: audit_head_find :one
-- The end of an organisation's chain.
SELECT sequence, hash, at FROM audit_head WHERE tenant = :tenant

-- name: audit_chain :many
-- The whole chain in order, with what is left of the payloads; kept is 0 where the payload's row
-- itself is missing.
SELECT a.sequence, a.at, a.act, a.object, a.payload_hash, a.hash, p.payload, p.salt,
    CASE WHEN p.tenant IS NULL THEN 0 ELSE 1 END AS kept
FROM audit a
LEFT JOIN audit_payload p ON p.tenant = a.tenant AND p.sequence = a.sequence
WHERE a.tenant = :tenant
ORDER BY a.sequence

-- name: audit_hash_at :one
-- Hash of one row, to compare with a published head.
SELECT sequence, hash, at FROM audit WHERE tenant = :tenant AND sequence = :sequence

-- name: audit_log :many
-- The newest acts before a number.
SELECT a.sequence, a.at, a.act, a.object, p.account, p.payload, a.hash
FROM audit a
LEFT JOIN audit_payload p ON p.tenant = a.tenant AND p.sequence = a.sequence
WHERE a.tenant = :tenant AND a.sequence < :before
ORDER BY a.sequence DESC
LIMIT :limit

-- name: audit_log_of :many
-- The newest acts of one account before a number.
SELECT a.sequence, a.at, a.act, a.object, p.account, p.payload, a.hash
FROM audit_payload p
JOIN audit a ON a.tenant = p.tenant AND a.sequence = p.sequence
WHERE p.tenant = :tenant AND p.account = :account AND p.sequence < :before
ORDER BY p.sequence DESC
LIMIT :limit
