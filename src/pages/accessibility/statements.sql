-- The accessibility statement.

-- name: statement_find :one
-- What the organisation says in it; no row until something was said.
SELECT standing, faults, tested_by, tested_at, revision, updated_at
FROM accessibility_statement
WHERE tenant = :tenant;

-- name: statement_insert :exec
-- The first time; nothing changes when somebody else was first.
INSERT INTO accessibility_statement (tenant, standing, faults, tested_by, tested_at, updated_at)
VALUES (:tenant, :standing, :faults, :tested_by, :tested_at, :now)
ON CONFLICT (tenant) DO NOTHING;

-- name: statement_update :exec
-- Nothing changes when somebody else was first.
UPDATE accessibility_statement
SET standing = :standing, faults = :faults, tested_by = :tested_by, tested_at = :tested_at,
    revision = revision + 1, updated_at = :now
WHERE tenant = :tenant AND revision = :revision;
