-- no topic: session
-- A session is known by the hash of a secret that only the browser has: who reads the table cannot
-- log in with it. Ended sessions are removed.
CREATE TABLE session (
    id @id@,
    tenant @int@ NOT NULL,
    account @int@ NOT NULL,
    secret @blob@ NOT NULL,                     -- SHA-256 of the cookie
    former @blob@,                              -- hash of the secret before: finds the session
                                                -- for a minute, unproved, so that a form
                                                -- pressed twice logs nobody out
    started_at @int@ NOT NULL,
    last_seen_at @int@ NOT NULL,                -- written in batches, to the minute
    remember @int@ NOT NULL                     -- 1: stay logged in on this computer
        CHECK (remember IN (0, 1)),
    proved_at @int@,                            -- when the second factor was proved in it
    browser text                                -- "Firefox, Windows"; none = not known
        CHECK (length(browser) BETWEEN 1 AND 60),
    UNIQUE (tenant, secret),
    FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
) @strict@;

CREATE INDEX session_by_former ON session (tenant, former);
CREATE INDEX session_by_account ON session (tenant, account);
CREATE INDEX session_by_start ON session (tenant, started_at);
