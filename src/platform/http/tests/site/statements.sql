-- name: note_insert :one
-- A new note; no row when one says the same.
INSERT INTO note (tenant, text) VALUES (:tenant, :text) ON CONFLICT DO NOTHING RETURNING id

-- name: note_by_id :one
-- One note.
SELECT id, text FROM note WHERE tenant = :tenant AND id = :id

-- name: notes :many
-- All notes, oldest first.
SELECT id, text FROM note WHERE tenant = :tenant ORDER BY id

-- name: note_count :one
-- How many there are.
SELECT count(*) FROM note WHERE tenant = :tenant
