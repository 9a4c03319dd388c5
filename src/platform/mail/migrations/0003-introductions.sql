-- What an organisation says itself in a kind of mail, between its heading and its facts (NOT-1). No
-- row = nothing, as the mail is made. Nobody reads it but in mails: the table is no topic.
-- no topic: mail_introduction
CREATE TABLE mail_introduction (
    tenant @int@ NOT NULL,            -- organisation that sends
    kind TEXT NOT NULL,               -- name of a mail_kind
    language TEXT NOT NULL            -- code: in mails of this language
        CHECK (length(language) BETWEEN 2 AND 3),
    text TEXT NOT NULL                -- plain text, lines as they were typed
        CHECK (length(text) BETWEEN 1 AND 600),
    changed_at @int@ NOT NULL,        -- when
    PRIMARY KEY (tenant, kind, language)
) @strict@;
