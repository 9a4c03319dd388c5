-- An organisation (municipality, region, network) is a tenant: the key of every other table begins
-- with its id. Its settings stand in the same row, because a page reads most of them at once.
-- small tables: organisation first_organisation
CREATE TABLE organisation (
    id @id@,                                    -- the tenant
    host text NOT NULL UNIQUE                   -- host name it answers on, lower case, without port
        CHECK (length(host) BETWEEN 1 AND 253),
    kind text NOT NULL DEFAULT 'municipality'   -- what it is
        CHECK (kind IN ('municipality', 'region', 'network')),
    name text NOT NULL                          -- as it calls itself
        CHECK (length(name) BETWEEN 1 AND 100),
    municipality text                           -- code of four digits; none for a network
        CHECK (length(municipality) = 4),
    county text                                 -- code of two digits; none for a network
        CHECK (length(county) = 2),
    inhabitants @int@                           -- as typed; none = not said
        CHECK (inhabitants BETWEEN 1 AND 100000000),
    organisation_number text                    -- ten digits, checksum proved
        CHECK (length(organisation_number) = 10),
    state text NOT NULL DEFAULT 'preparing'     -- organisation_state
        CHECK (state IN ('preparing', 'open', 'dormant', 'closed')),
    theme text NOT NULL DEFAULT 'spruce'        -- one of the ready colours, or 'own'
        CHECK (length(theme) BETWEEN 1 AND 40),
    colour text                                 -- a colour of its own as '#rrggbb', contrast proved
        CHECK (length(colour) = 7),
    languages text NOT NULL DEFAULT 'sv en'     -- codes with a space between; first is the default
        CHECK (length(languages) BETWEEN 2 AND 100),
    mailbox text                                -- function mailbox: replies to mail go there
        CHECK (length(mailbox) BETWEEN 3 AND 254),
    phone text                                  -- as shown in the foot
        CHECK (length(phone) BETWEEN 3 AND 40),
    controller text                             -- who answers for personal data: lines
        CHECK (length(controller) BETWEEN 1 AND 4000),
    dpo text                                    -- address of the data protection officer
        CHECK (length(dpo) BETWEEN 3 AND 254),
    sender text                                 -- address that mail is sent from
        CHECK (length(sender) BETWEEN 3 AND 254),
    registry text                               -- where things are registered: lines
        CHECK (length(registry) BETWEEN 1 AND 2000),
    statement_accepted_at @int@,                -- when the accessibility statement was accepted
    opened_at @int@,                            -- first time it was opened to the public
    revision @int@ NOT NULL DEFAULT 1,          -- counts changes; compared and swapped
    created_at @int@ NOT NULL,                  -- when its row was made
    CHECK (kind <> 'municipality' OR (municipality IS NOT NULL AND county IS NOT NULL)),
    CHECK (theme <> 'own' OR colour IS NOT NULL),
    CHECK (state = 'preparing' OR (opened_at IS NOT NULL AND controller IS NOT NULL
        AND dpo IS NOT NULL AND sender IS NOT NULL AND statement_accepted_at IS NOT NULL))
) @strict@;

-- no topic: first_organisation
-- One row, made with the very first organisation: the set-up code is spent (JOURNEYS 5).
CREATE TABLE first_organisation (
    one @int@ PRIMARY KEY CHECK (one = 1),      -- always 1; across tenants: only one in all
    tenant @int@ NOT NULL REFERENCES organisation (id),
    made_at @int@ NOT NULL                      -- when
) @strict@;
