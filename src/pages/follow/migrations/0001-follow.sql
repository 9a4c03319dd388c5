-- Who wants to be told when something is published or changed (NOT-2). page 0 stands for all that
-- the organisation publishes; otherwise a row of page. Leaving removes the row.
CREATE TABLE follow (
    id @id@,
    tenant @int@ NOT NULL REFERENCES organisation (id),
    page @int@ NOT NULL DEFAULT 0,          -- what is followed; 0 = the organisation
    account @int@,                          -- none = an address that was confirmed by code
    email text NOT NULL                     -- as typed
        CHECK (length(email) BETWEEN 3 AND 254),
    email_key text NOT NULL                 -- folded: one follow of each thing per address
        CHECK (length(email_key) BETWEEN 3 AND 254),
    language text NOT NULL                  -- of the mail
        CHECK (length(language) BETWEEN 2 AND 10),
    frequency text NOT NULL                 -- own choice
        CHECK (frequency IN ('at_once', 'daily', 'weekly', 'never')),
    leave_key text NOT NULL                 -- random; stands in each mail: where one leaves
        CHECK (length(leave_key) = 32),
    made_at @int@ NOT NULL,                 -- when
    told_at @int@ NOT NULL,                 -- what was published until then is told
    UNIQUE (tenant, page, email_key),
    UNIQUE (tenant, leave_key)
) @strict@;
CREATE INDEX follow_by_frequency ON follow (tenant, frequency, told_at);
CREATE INDEX follow_by_account ON follow (tenant, account);

-- no topic: follow_request, page_news
-- An address that asked to follow and has not yet shown that it is its own (QUA-11). Gone after a
-- day.
CREATE TABLE follow_request (
    tenant @int@ NOT NULL REFERENCES organisation (id),
    request_key text NOT NULL               -- random; in the address where the code is typed
        CHECK (length(request_key) = 32),
    page @int@ NOT NULL,
    email text NOT NULL                     -- as typed
        CHECK (length(email) BETWEEN 3 AND 254),
    email_key text NOT NULL                 -- folded
        CHECK (length(email_key) BETWEEN 3 AND 254),
    language text NOT NULL                  -- of the mail
        CHECK (length(language) BETWEEN 2 AND 10),
    frequency text NOT NULL                 -- asked for
        CHECK (frequency IN ('at_once', 'daily', 'weekly', 'never')),
    code_hash text NOT NULL                 -- BLAKE2b of key and code, hex
        CHECK (length(code_hash) = 64),
    tries @int@ NOT NULL DEFAULT 0,         -- wrong codes; five end it
    made_at @int@ NOT NULL,                 -- when
    ends_at @int@ NOT NULL,                 -- fifteen minutes later
    confirmed_at @int@,                     -- stays a while, so that a second press sees the same
    PRIMARY KEY (tenant, request_key)
) @strict@ @without_rowid@;
CREATE INDEX follow_request_by_time ON follow_request (tenant, made_at);

-- What followers are told: a page was published, or changed so that its editor wanted it told.
CREATE TABLE page_news (
    id @id@,
    tenant @int@ NOT NULL,
    page @int@ NOT NULL,
    what text NOT NULL                      -- what happened
        CHECK (what IN ('published', 'changed')),
    made_at @int@ NOT NULL,                 -- when
    FOREIGN KEY (tenant, page) REFERENCES page (tenant, id)
) @strict@;
CREATE INDEX page_news_by_time ON page_news (tenant, made_at);
