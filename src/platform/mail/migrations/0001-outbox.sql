-- Mail that is to be sent, is being sent or was sent. A row is written in the transaction of the act
-- that it tells of; the sending thread takes it afterwards. Rows disappear when their term has ended.
-- Who sends is no fact of a page that could be kept: the table is no topic.
-- no topic: outbox
CREATE TABLE outbox (
    id @id@,
    tenant @int@ NOT NULL,                      -- organisation that sends
    kind TEXT NOT NULL,                         -- name of a mail_kind
    cause TEXT NOT NULL,                        -- what it tells of: "login:4711"
    recipient TEXT NOT NULL,                    -- digest of kind, cause and address: once per person and cause
    account @int@,                              -- of the recipient; NULL = none
    address TEXT,                               -- where to; erased with the facts
    name TEXT,                                  -- of the recipient; may be none
    language TEXT NOT NULL,                     -- code
    facts TEXT,                                 -- JSON by the kind's shape; erased when sent for kinds that forget
    at_once @int@ NOT NULL CHECK (at_once IN (0, 1)), -- 1 = answers what the person just did: also at night
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'bounced', 'stopped')),
    attempts @int@ NOT NULL DEFAULT 0,          -- times it was taken for sending
    queued_at @int@ NOT NULL,
    due_at @int@ NOT NULL,                      -- next attempt; moved on when it is taken, which is the lease
    ended_at @int@,                             -- sent, bounced or stopped
    reply_code @int@ NOT NULL DEFAULT 0,        -- last reply of the server; 0 = none
    CHECK ((state = 'queued') = (ended_at IS NULL)),
    UNIQUE (tenant, kind, cause, recipient)
) @strict@;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'queued';
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE state <> 'queued';
CREATE INDEX outbox_account ON outbox (tenant, account);
