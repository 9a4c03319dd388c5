-- What the first hour's check list cannot see for itself: that something outside the program is
-- done, or that somebody does it later.
CREATE TABLE setup_step (
    tenant @int@ NOT NULL REFERENCES organisation (id),
    step text NOT NULL                          -- setup_step of people/setup/rules.h
        CHECK (length(step) BETWEEN 2 AND 40),
    state text NOT NULL                         -- said by an administrator
        CHECK (state IN ('done', 'later')),
    owner @int@,                                -- account that does it later
    due_at @int@,                               -- deadline as stored: first instant too late
    noted_by @int@ NOT NULL,                    -- account that said it
    noted_at @int@ NOT NULL,                    -- UTC µs
    PRIMARY KEY (tenant, step),
    FOREIGN KEY (tenant, owner) REFERENCES account (tenant, id),
    FOREIGN KEY (tenant, noted_by) REFERENCES account (tenant, id),
    CHECK ((state = 'later') = (owner IS NOT NULL AND due_at IS NOT NULL))
) @strict@ @without_rowid@;
