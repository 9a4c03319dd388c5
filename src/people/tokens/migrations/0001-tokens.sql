-- no topic: token
-- Tokens with which a program acts for an account, within what its holder may and the token's scope
-- allows. Kept as a hash; a revoked one is removed.
CREATE TABLE token (
    id @id@,
    tenant @int@ NOT NULL,
    account @int@ NOT NULL,
    name text NOT NULL                          -- what the holder calls it
        CHECK (length(name) BETWEEN 1 AND 60),
    secret @blob@ NOT NULL,                     -- SHA-256 of the token
    scope text NOT NULL                         -- token_scope
        CHECK (scope IN ('read', 'write')),
    proved @int@ NOT NULL                       -- 1: made with the second factor proved
        CHECK (proved IN (0, 1)),
    made_at @int@ NOT NULL,                     -- when
    ends_at @int@ NOT NULL,                     -- first instant that is too late
    UNIQUE (tenant, secret),
    FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
) @strict@;

CREATE INDEX token_by_account ON token (tenant, account);
