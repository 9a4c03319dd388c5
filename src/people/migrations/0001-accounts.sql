-- Accounts belong to one organisation: the same person has one in each. A deleted account keeps its
-- number, so that what must be kept still has an author, and nothing else.
CREATE TABLE account (
    id @id@,
    tenant @int@ NOT NULL REFERENCES organisation (id),
    email text                                  -- as typed; none once deleted
        CHECK (length(email) BETWEEN 3 AND 254),
    email_key text                              -- folded: one account per address
        CHECK (length(email_key) BETWEEN 3 AND 254),
    name text                                   -- as they wish to be called; none = not said yet
        CHECK (length(name) BETWEEN 1 AND 100),
    language text NOT NULL                      -- code of the language for mail and pages
        CHECK (length(language) BETWEEN 2 AND 3),
    password text                               -- argon2id by libsodium; none = code alone
        CHECK (length(password) BETWEEN 60 AND 128),
    password_at @int@,                          -- when it was set
    created_at @int@ NOT NULL,                  -- when
    last_seen_at @int@ NOT NULL,                -- to the minute; unused: warned, then deleted
    warned_at @int@,                            -- when the warning of disuse was queued
    deleted_at @int@,                           -- none = in use
    UNIQUE (tenant, id),
    UNIQUE (tenant, email_key),
    CHECK ((email IS NULL) = (email_key IS NULL)),
    CHECK ((email IS NULL) = (deleted_at IS NOT NULL)),
    CHECK (deleted_at IS NULL OR (name IS NULL AND password IS NULL))
) @strict@;

CREATE INDEX account_by_last_seen ON account (tenant, last_seen_at);

-- Roles beyond visitor and participant, which nobody needs to be given.
CREATE TABLE account_role (
    tenant @int@ NOT NULL,
    account @int@ NOT NULL,
    role text NOT NULL                          -- code of roles.def
        CHECK (length(role) BETWEEN 2 AND 40 AND role NOT IN ('visitor', 'participant')),
    granted_by @int@,                           -- account; none = first hour or command line
    granted_at @int@ NOT NULL,                  -- when
    ends_at @int@,                              -- first instant without it; none = no end set
    PRIMARY KEY (tenant, account, role),
    FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
) @strict@;

CREATE INDEX account_role_by_role ON account_role (tenant, role);
