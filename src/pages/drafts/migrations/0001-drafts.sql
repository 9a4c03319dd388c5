-- no topic: draft
-- What somebody has typed in a form of several pages and not yet handed in. Working material: it
-- belongs to its giver alone and is gone after thirty days.
CREATE TABLE draft (
    id @id@,
    tenant @int@ NOT NULL REFERENCES organisation (id),
    account @int@,                          -- owner
    cookie_hash text                        -- or the browser it was begun in: hash of a cookie, hex
        CHECK (length(cookie_hash) = 64),
    form text NOT NULL                      -- which form
        CHECK (length(form) BETWEEN 1 AND 60),
    subject @int@ NOT NULL DEFAULT 0,       -- what it is about, as the form says; 0 = nothing
    step @int@ NOT NULL                     -- the page that was saved last, from 0
        CHECK (step BETWEEN 0 AND 40),
    fields text NOT NULL                    -- JSON object: name → text, or list of texts
        CHECK (length(fields) <= 1000000),
    begun_at @int@ NOT NULL,                -- when
    updated_at @int@ NOT NULL,              -- last page saved
    ends_at @int@ NOT NULL,                 -- first instant that is too late
    CHECK ((account IS NULL) <> (cookie_hash IS NULL))
) @strict@;
CREATE INDEX draft_by_owner ON draft (tenant, account, form);
CREATE INDEX draft_by_end ON draft (tenant, ends_at);
