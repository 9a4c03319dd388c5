-- across tenants: one runner works for all, and knows a job by its number
-- name: job_ask :exec
-- Asks for a job; one that is there gets the new time, and another ten attempts.
INSERT INTO job (tenant, kind, key, payload, due_at)
VALUES (:tenant, :kind, :key, :payload, :due_at)
ON CONFLICT (tenant, kind, key) DO UPDATE
SET due_at = excluded.due_at, asked = job.asked + 1, attempt = 0, failed_at = NULL,
    given_up_at = NULL

-- name: job_keep :exec
-- Sees to it that a recurring job is there.
INSERT INTO job (tenant, kind, key, due_at) VALUES (0, :kind, '', :due_at)
ON CONFLICT (tenant, kind, key) DO NOTHING

-- name: job_drop :exec
-- Takes a job back. One that runs at this moment is not stopped, but does not run again.
DELETE FROM job WHERE tenant = :tenant AND kind = :kind AND key = :key

-- name: job_next :many
-- What may run now, oldest first.
SELECT id, kind, lease FROM job
WHERE due_at <= :now AND failed_at IS NULL AND (leased_until IS NULL OR leased_until <= :now)
ORDER BY due_at, id
LIMIT :limit

-- name: job_lease :one
-- Leases one job; no row when another runner was quicker.
UPDATE job SET lease = lease + 1, leased_until = :until, attempt = attempt + 1
WHERE id = :id AND lease = :lease AND due_at <= :now AND failed_at IS NULL
    AND (leased_until IS NULL OR leased_until <= :now)
RETURNING id, tenant, kind, key, payload, due_at, asked, attempt, lease

-- name: job_done :exec
-- Removes a job that was done, unless it was asked for again meanwhile.
DELETE FROM job WHERE id = :id AND lease = :lease AND asked = :asked

-- name: job_release :exec
-- Gives back a job that was asked for again while it ran.
UPDATE job SET leased_until = NULL WHERE id = :id AND lease = :lease

-- name: job_retry :exec
-- Another attempt later, or at the time that was asked for meanwhile.
UPDATE job SET leased_until = NULL,
    due_at = CASE WHEN asked = :asked THEN :due_at ELSE due_at END
WHERE id = :id AND lease = :lease

-- name: job_recur :exec
-- The next time of a recurring job.
UPDATE job SET leased_until = NULL, attempt = 0, given_up_at = :given_up_at,
    due_at = CASE WHEN asked = :asked THEN :due_at ELSE due_at END
WHERE id = :id AND lease = :lease

-- name: job_fail :exec
-- Gives a job up; it stays to be seen, until it is asked for again.
UPDATE job SET leased_until = NULL, failed_at = :now, given_up_at = :now
WHERE id = :id AND lease = :lease AND asked = :asked

-- name: job_counts :one
-- For /health and the operator.
-- scans: jobs that wait are few, and this is asked for now and then
SELECT count(*) FILTER (WHERE failed_at IS NULL) AS waiting,
    count(*) FILTER (WHERE given_up_at IS NOT NULL OR failed_at IS NOT NULL) AS failed,
    min(due_at) FILTER (WHERE failed_at IS NULL) AS oldest_due_at
FROM job

-- name: job_clock_accepted :one
-- How many times somebody has said that the clock is right.
SELECT accepted FROM job_clock WHERE id = 1

-- name: job_clock_accept :exec
-- Somebody says that the clock is right.
UPDATE job_clock SET accepted = accepted + 1 WHERE id = 1
