-- no topic: address_proof
-- Somebody is proving an e-mail address: a code and a link were sent to it. One for each browser
-- and purpose; a new one takes its place, a finished one is removed. Code, link and browser are
-- kept as hashes: nobody logs in with what is read here.
CREATE TABLE address_proof (
    id @id@,
    tenant @int@ NOT NULL REFERENCES organisation (id),
    browser @blob@ NOT NULL,                    -- SHA-256 of the cookie where it was begun
    purpose text NOT NULL                       -- proof_purpose
        CHECK (purpose IN ('login', 'email')),
    account @int@,                              -- whose new address it is; none for a log-in
    email text NOT NULL                         -- as typed
        CHECK (length(email) BETWEEN 3 AND 254),
    email_key text NOT NULL                     -- folded
        CHECK (length(email_key) BETWEEN 3 AND 254),
    code @blob@ NOT NULL,                       -- HMAC of six digits
    link @blob@ NOT NULL,                       -- SHA-256 of the last part of the link
    attempts @int@ NOT NULL DEFAULT 0           -- wrong codes typed so far
        CHECK (attempts BETWEEN 0 AND 5),
    remember @int@ NOT NULL                     -- 1: stay logged in on this computer
        CHECK (remember IN (0, 1)),
    next text                                   -- where to go afterwards; none = one's own page
        CHECK (length(next) BETWEEN 1 AND 2000),
    begun_at @int@ NOT NULL,                    -- when
    ends_at @int@ NOT NULL,                     -- first instant that is too late
    UNIQUE (tenant, browser, purpose),
    UNIQUE (tenant, link),
    FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
) @strict@;

CREATE INDEX address_proof_by_end ON address_proof (tenant, ends_at);
CREATE INDEX address_proof_by_email ON address_proof (tenant, email_key);
