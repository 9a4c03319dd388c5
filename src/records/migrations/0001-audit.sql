-- The audit chain: one row for each official act, with the hash of the row before it. What was done
-- stands in audit for ever; who did it and why stands in audit_payload, which can be erased while
-- the chain stays whole. An act may not drop kept pages: the tables are no topics.
-- no topic: audit audit_payload audit_head
CREATE TABLE audit (
    tenant @int@ NOT NULL,            -- organisation; each has a chain of its own
    sequence @int@ NOT NULL CHECK (sequence > 0), -- 1, 2, 3 … without gaps
    at @int@ NOT NULL,                -- when
    act TEXT NOT NULL,                -- row of acts.def
    object TEXT NOT NULL,             -- what it was done to: "page:12"
    payload_hash TEXT NOT NULL,       -- SHA-256 of salt and payload, hex
    hash TEXT NOT NULL,               -- SHA-256 of this row and the hash before, hex
    PRIMARY KEY (tenant, sequence)
) @strict@;

-- Who did it and why, to be erased when its term has ended.
CREATE TABLE audit_payload (
    tenant @int@ NOT NULL,
    sequence @int@ NOT NULL,          -- of the row in audit
    account @int@,                    -- who; NULL = the system, or erased
    object TEXT,                      -- as in audit, to find what is told of an account
    payload TEXT,                     -- JSON: account, reason, detail; NULL = erased
    salt TEXT,                        -- 32 random bytes, hex; erased with the payload
    CHECK ((payload IS NULL) = (salt IS NULL)),
    PRIMARY KEY (tenant, sequence)
) @strict@;
CREATE INDEX audit_payload_account ON audit_payload (tenant, account, sequence);
CREATE INDEX audit_payload_object ON audit_payload (tenant, object);

-- The end of each chain, as it is published.
CREATE TABLE audit_head (
    tenant @int@ NOT NULL PRIMARY KEY,
    sequence @int@ NOT NULL,          -- of the last row
    hash TEXT NOT NULL,               -- of the last row, hex
    at @int@ NOT NULL                 -- of the last row
) @strict@;
