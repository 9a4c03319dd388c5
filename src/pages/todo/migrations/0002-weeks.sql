-- no topic: task_week
-- Weeks whose Monday mail has gone to all of an organisation's staff: it is not looked at again.
CREATE TABLE task_week (
    tenant @int@ NOT NULL REFERENCES organisation (id),
    week text NOT NULL                      -- "2026-24", ISO 8601
        CHECK (length(week) = 7),
    mailed_at @int@ NOT NULL,               -- when the last of them was queued
    PRIMARY KEY (tenant, week)
) @strict@ @without_rowid@;
