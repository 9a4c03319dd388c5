-- name: act_begin :exec
-- Takes the place of an act; no row is made when it was done before. On PostgreSQL a lane that
-- does the same act at this moment makes this one be run again.
INSERT INTO act (tenant, route, token, fields, status, at)
VALUES (:tenant, :route, :token, :fields, 0, :at)
ON CONFLICT DO NOTHING

-- name: act_done :exec
-- The answer that the act got.
UPDATE act SET status = :status, address = :address, flash = :flash
WHERE tenant = :tenant AND route = :route AND token = :token AND fields = :fields

-- name: act_answer :one
-- The answer that the same act got before.
SELECT status, address, flash FROM act
WHERE tenant = :tenant AND route = :route AND token = :token AND fields = :fields

-- name: act_forget :exec
-- Acts that nobody will send again.
DELETE FROM act WHERE tenant = :tenant AND at < :before
