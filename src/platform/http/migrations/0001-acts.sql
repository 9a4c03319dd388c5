-- The same act twice: an act that came with a one-time token is kept for 30 days with the answer it
-- got, so that a form sent again counts once and gets the same receipt.
-- no topic: act
CREATE TABLE act (
    tenant @int@ NOT NULL,  -- organisation; 0 = none
    route TEXT NOT NULL,    -- method and pattern: "POST /pages/:id"
    token TEXT NOT NULL,    -- of the form that was shown, or Idempotency-Key
    -- SHA-256 over who asks, the address and every field: the same token with other fields is
    -- another act
    fields @blob@ NOT NULL, -- see above
    status @int@ NOT NULL,  -- of the answer; 0 until the act is done, within its own transaction
    address TEXT,           -- where the answer leads
    flash TEXT,             -- word shown there once
    at @int@ NOT NULL,      -- UTC µs
    PRIMARY KEY (tenant, route, token, fields)
)@strict@ @without_rowid@;

CREATE INDEX act_by_age ON act (tenant, at);
