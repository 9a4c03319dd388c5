-- name: ballot_set :exec
-- One tick: the voter's ballot as it is after it.
INSERT INTO ballot (tenant, poll, voter, choices) VALUES (:tenant, :poll, :voter, :choices)
ON CONFLICT (tenant, poll, voter) DO UPDATE
SET choices = excluded.choices, revision = ballot.revision + 1;
