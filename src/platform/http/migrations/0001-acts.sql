-- The same act twice: an act that came with a one-time token is kept for 30 days with the answer it
-- got, so that a form sent again counts once and gets the same receipt.
--
-- no topic: act

-- tenant   organisation; 0 = none
-- route    method and pattern: "POST /pages/:id"
-- token    of the form that was shown, or Idempotency-Key
-- fields   SHA-256 over who asks, the address and every field: the same token with other fields is
--          another act
-- status, address, flash   the answer; status 0 until the act is done, within its own transaction
-- at       UTC µs
CREATE TABLE act (
    tenant @int@ NOT NULL,
    route TEXT NOT NULL,
    token TEXT NOT NULL,
    fields @blob@ NOT NULL,
    status @int@ NOT NULL,
    address TEXT,
    flash TEXT,
    at @int@ NOT NULL,
    PRIMARY KEY (tenant, route, token, fields)
)@strict@ @without_rowid@;

CREATE INDEX act_by_age ON act (tenant, at);
