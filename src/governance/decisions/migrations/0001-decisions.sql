-- Decisions by a body or by delegation, as recorded from its minutes (PB-18, GOV-7).
CREATE TABLE decision (
    id @id@,
    tenant @int@ NOT NULL REFERENCES organisation (id),
    page @int@ NOT NULL,                    -- what it is about
    kind text NOT NULL                      -- what it does to it
        CHECK (kind IN ('framework', 'result', 'dropped')),
    body text NOT NULL                      -- "Kommunstyrelsen"
        CHECK (length(body) BETWEEN 2 AND 120),
    delegation text NOT NULL DEFAULT '',    -- reference; empty = the body itself decided
    decided_on @int@ NOT NULL,              -- day
    item text NOT NULL,                     -- "§ 84"
    registry_no text NOT NULL DEFAULT '',   -- "KS 2026/112"
    wording text NOT NULL,                  -- what was decided
    posted_on @int@,                        -- day on the notice board; none = not posted yet
    appeal_until @int@,                     -- first instant too late
    minutes_url text,                       -- where the minutes stand
    recorded_by @int@,                      -- account
    recorded_at @int@ NOT NULL,             -- when
    replaced_by @int@                       -- a later row that corrects this one
) @strict@;
CREATE INDEX decision_by_page ON decision (tenant, page, kind, id);
