-- What is to happen later. A row is leased by the runner that works on it; a lease that ran out may
-- be taken by another. No page shows them: the tables are no topics.
-- no topic: job job_clock
CREATE TABLE job (
    id @id@,
    tenant @int@ NOT NULL,            -- organisation; 0 = the whole service
    kind TEXT NOT NULL,               -- name of a job_kind
    key TEXT NOT NULL,                -- what it is about: "page:12"; empty for recurring jobs
    payload TEXT,                     -- what the kind needs to know; may be NULL
    due_at @int@ NOT NULL,            -- not to run before
    asked @int@ NOT NULL DEFAULT 1,   -- counts askings: one that came while it ran is not lost
    attempt @int@ NOT NULL DEFAULT 0, -- times it was leased since it was asked for
    lease @int@ NOT NULL DEFAULT 0,   -- counts leases: only the holder of the last marks it
    leased_until @int@,               -- NULL = nobody works on it
    failed_at @int@,                  -- given up after the tenth attempt
    UNIQUE (tenant, kind, key)
) @strict@;
-- across tenants: one runner works for all
CREATE INDEX job_due ON job (due_at) WHERE failed_at IS NULL;

-- Whether somebody has said that the clock is right after a jump.
CREATE TABLE job_clock (
    id @int@ NOT NULL PRIMARY KEY CHECK (id = 1),
    accepted @int@ NOT NULL           -- counts the times it was said
) @strict@;
INSERT INTO job_clock (id, accepted) VALUES (1, 0);
