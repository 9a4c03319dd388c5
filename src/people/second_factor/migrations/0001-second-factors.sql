-- no topic: second_factor, recovery_code
-- The second factor of staff: codes of an authenticator program. Its secret is sealed with a key
-- that the database does not have.
CREATE TABLE second_factor (
    tenant @int@ NOT NULL,
    account @int@ NOT NULL,
    secret @blob@ NOT NULL,                     -- sealed: nonce and secretbox
    last_step @int@ NOT NULL,                   -- of the code used last: none is used twice
    made_at @int@ NOT NULL,                     -- when it was set up
    PRIMARY KEY (tenant, account),
    FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
) @strict@;

-- Ten codes to keep on paper, for the day the telephone is lost. Each works once.
CREATE TABLE recovery_code (
    tenant @int@ NOT NULL,
    account @int@ NOT NULL,
    code @blob@ NOT NULL,                       -- HMAC of account and code
    used_at @int@,                              -- none = not yet
    PRIMARY KEY (tenant, account, code),
    FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
) @strict@;
