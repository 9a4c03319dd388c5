-- An invitation to become one of an organisation's staff: sent to an address, taken once, with the
-- code or the link in the mail. The code stands as what cannot be turned.
CREATE TABLE invitation (
    id @id@,
    tenant @int@ NOT NULL REFERENCES organisation (id),
    email text NOT NULL                         -- as typed
        CHECK (length(email) BETWEEN 3 AND 254),
    email_key text NOT NULL                     -- folded
        CHECK (length(email_key) BETWEEN 3 AND 254),
    name text                                   -- as the inviter wrote it; none = not said
        CHECK (length(name) BETWEEN 1 AND 100),
    language text NOT NULL                      -- of the mail
        CHECK (length(language) BETWEEN 2 AND 3),
    roles text NOT NULL                         -- codes of roles.def with a space between
        CHECK (length(roles) BETWEEN 2 AND 400),
    code @blob@ NOT NULL,                       -- HMAC of twelve digits
    invited_by @int@,                           -- account; none = first hour or command line
    sent_at @int@ NOT NULL,                     -- last time
    sent_count @int@ NOT NULL DEFAULT 1,        -- times
    ends_at @int@ NOT NULL,                     -- first instant that is too late
    accepted_at @int@,                          -- none = not yet
    account @int@,                              -- who took it
    withdrawn_at @int@,                         -- none = it was not
    UNIQUE (tenant, code),
    FOREIGN KEY (tenant, account) REFERENCES account (tenant, id),
    CHECK ((accepted_at IS NULL) = (account IS NULL)),
    CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
) @strict@;

-- One waiting invitation an address: inviting again sends a new code in its place.
CREATE UNIQUE INDEX invitation_waiting ON invitation (tenant, email_key)
    WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
