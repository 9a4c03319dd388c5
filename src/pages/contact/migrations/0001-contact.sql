-- What people write to the organisation (PUB-8, PUB-10): received with time and reference, owned by
-- somebody, answered by a day. Kept as a record until a disposal decision.
CREATE TABLE contact (
    id @id@,
    tenant @int@ NOT NULL REFERENCES organisation (id),
    reference text NOT NULL                 -- shown to the giver: "K7M2-Q4XT"
        CHECK (length(reference) = 9),
    subject text NOT NULL                   -- contact_subject
        CHECK (subject IN ('question', 'suggestion', 'accessibility', 'personal_data', 'service')),
    name text                               -- as the giver wrote it
        CHECK (length(name) BETWEEN 1 AND 400),
    email text                              -- where the answer goes; none = no answer is wanted
        CHECK (length(email) BETWEEN 3 AND 254),
    email_key text                          -- folded, for the register extract
        CHECK (length(email_key) BETWEEN 3 AND 254),
    language text NOT NULL                  -- of the answer
        CHECK (length(language) BETWEEN 2 AND 10),
    message text                            -- as written; none once disposed
        CHECK (length(message) BETWEEN 1 AND 20000),
    about text                              -- address of the page it is about
        CHECK (length(about) BETWEEN 1 AND 400),
    account @int@,                          -- giver, when logged in
    received_at @int@ NOT NULL,             -- when it came
    due_at @int@ NOT NULL,                  -- deadline: first instant too late
    state text NOT NULL DEFAULT 'received'  -- contact_state
        CHECK (state IN ('received', 'assigned', 'answered', 'disposed')),
    owner @int@,                            -- account that is to answer
    answer text                             -- as sent
        CHECK (length(answer) BETWEEN 1 AND 20000),
    answered_at @int@,                      -- when
    answered_by @int@,                      -- account
    disposal text                           -- reference of the decision
        CHECK (length(disposal) BETWEEN 1 AND 400),
    UNIQUE (tenant, id),
    UNIQUE (tenant, reference),
    CHECK ((state = 'disposed') = (message IS NULL)),
    CHECK (state <> 'answered' OR (answer IS NOT NULL AND answered_at IS NOT NULL)),
    CHECK (state <> 'assigned' OR owner IS NOT NULL),
    CHECK (state <> 'disposed' OR disposal IS NOT NULL)
) @strict@;
CREATE INDEX contact_by_giver ON contact (tenant, email_key);
CREATE INDEX contact_by_state ON contact (tenant, state, due_at);
