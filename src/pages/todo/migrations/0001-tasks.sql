-- Att göra (NOT-4): what waits for somebody of the staff, once per cause.
CREATE TABLE task (
    id @id@,
    tenant @int@ NOT NULL REFERENCES organisation (id),
    cause text NOT NULL                     -- "contact:12": asking again changes nothing
        CHECK (length(cause) BETWEEN 1 AND 120),
    account @int@,                          -- who; none = whoever holds the role
    role text                               -- code of roles.def; those who may take it
        CHECK (length(role) BETWEEN 2 AND 40),
    word text NOT NULL                      -- key of the sentence
        CHECK (length(word) BETWEEN 1 AND 80),
    detail text                             -- shown in it; no personal data of others
        CHECK (length(detail) BETWEEN 1 AND 800),
    address text NOT NULL                   -- where it is done
        CHECK (length(address) BETWEEN 1 AND 200),
    page @int@,                             -- object; none = no page
    due_at @int@ NOT NULL,                  -- deadline: first instant too late
    made_at @int@ NOT NULL,                 -- when it was asked for
    done_at @int@,                          -- none = open
    done_by @int@,                          -- account
    UNIQUE (tenant, cause),
    CHECK (account IS NOT NULL OR role IS NOT NULL)
) @strict@;
CREATE INDEX task_open ON task (tenant, done_at, due_at);
