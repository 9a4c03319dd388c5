-- Mail that is to be sent, is being sent or was sent. A row is written in the transaction of the
-- act that it tells of; the sender takes it afterwards. Rows disappear when their term has ended.
-- No page shows them: the table is no topic.
-- no topic: outbox
CREATE TABLE outbox (
    id @id@,
    tenant @int@ NOT NULL,            -- organisation that sends
    kind TEXT NOT NULL,               -- name of a mail_kind
    cause TEXT NOT NULL,              -- what it tells of: "login:4711"
    recipient TEXT NOT NULL,          -- digest of kind, cause and address
    account @int@,                    -- of the recipient; NULL = none
    address TEXT,                     -- where to; NULL = erased
    name TEXT,                        -- of the recipient; may be none
    language TEXT NOT NULL,           -- code
    facts TEXT,                       -- JSON by the kind's shape; NULL = erased
    at_once @int@ NOT NULL CHECK (at_once IN (0, 1)), -- 1 = may leave at night
    state TEXT NOT NULL               -- stopped = was not true any more
        CHECK (state IN ('queued', 'sent', 'bounced', 'stopped')),
    attempts @int@ NOT NULL DEFAULT 0, -- times it was taken for sending
    queued_at @int@ NOT NULL,         -- by the act that it tells of
    due_at @int@ NOT NULL,            -- next attempt; taking moves it on, which is the lease
    ended_at @int@,                   -- sent, bounced or stopped
    reply_code @int@ NOT NULL DEFAULT 0, -- last reply of the server; 0 = none
    CHECK ((state = 'queued') = (ended_at IS NULL)),
    UNIQUE (tenant, kind, cause, recipient) -- once per person and cause
) @strict@;
-- across tenants: one sender works for all
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'queued';
-- across tenants: rows of all end by the same term
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE state <> 'queued';
CREATE INDEX outbox_account ON outbox (tenant, account);
