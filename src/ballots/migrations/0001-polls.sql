-- Polls: what is asked, of whom, and the ballots. Shared by budgets and awards. Nobody may learn
-- from these tables how somebody voted: see docs/decisions on the life of a vote.
-- no topic: poll_voter ballot
CREATE TABLE poll (
    id @id@,
    tenant @int@ NOT NULL REFERENCES organisation (id),
    page @int@ NOT NULL,                    -- the round it belongs to, a row of page
    state text NOT NULL                     -- open and closed are computed from the dates
        CHECK (state IN ('draft', 'locked', 'sealed', 'published')),
    ballot_kind text NOT NULL               -- up_to: at most most_choices in a pot; cart: within
                                            -- its sum; points, ranking: imported, counted alone
        CHECK (ballot_kind IN ('up_to', 'cart', 'points', 'ranking')),
    most_choices @int@ NOT NULL             -- in each pot; 0 = no limit of number (cart)
        CHECK (most_choices BETWEEN 0 AND 500),
    eligible text NOT NULL                  -- verified: whoever proved an address
        CHECK (eligible IN ('verified', 'roll')),
    opens_at @int@ NOT NULL,                -- when
    closes_at @int@ NOT NULL                -- first instant too late
        CHECK (closes_at > opens_at),
    late_until @int@,                       -- paper posted in time is waited for until then (PB-20)
    paused_at @int@,                        -- since when nobody can vote; none = goes on
    rules text,                             -- the locked rules as published, canonical JSON
    rules_hash text,                        -- SHA-256 of them, hex
    secret_hash text,                       -- SHA-256 of the secret in the key folder, hex
    lot_hash text,                          -- SHA-256 of the seed of the lot, published when locked
    lot_seed text,                          -- hex; revealed when sealed
    locked_at @int@,                        -- when two persons had pressed
    sealed_at @int@,                        -- when ballots and voters were parted for ever
    published_at @int@,                     -- when the counted ballots became public
    revision @int@ NOT NULL DEFAULT 1,      -- counts changes; compared and swapped
    CHECK ((state = 'draft') = (rules IS NULL)),
    CHECK ((rules IS NULL) = (rules_hash IS NULL)),
    UNIQUE (tenant, page)
) @strict@;

-- Sums of money that are voted on side by side, each with a ballot paper of its own.
CREATE TABLE poll_pot (
    tenant @int@ NOT NULL,
    poll @int@ NOT NULL,
    pot @int@ NOT NULL,                     -- 1, 2, 3 … in this poll
    title text NOT NULL,                    -- as shown
    sum @int@ NOT NULL CHECK (sum >= 0),    -- öre
    PRIMARY KEY (tenant, poll, pot)
) @strict@;

-- What can be chosen, as it stood when the rules were locked.
CREATE TABLE poll_option (
    tenant @int@ NOT NULL,
    poll @int@ NOT NULL,
    option @int@ NOT NULL,                  -- 1, 2, 3 … in this poll; the project's id in the files
    pot @int@ NOT NULL,                     -- of poll_pot
    page @int@,                             -- where one reads more; none = it has no page here
    title text NOT NULL,                    -- as shown
    lead text NOT NULL,                     -- one or two sentences
    place text NOT NULL,                    -- in words; may be empty
    cost @int@ NOT NULL CHECK (cost >= 0),  -- öre
    PRIMARY KEY (tenant, poll, option)
) @strict@;

-- Who may vote. Of a poll for all who proved an address, whoever came to the ballot; of a roll, all
-- its lines. Whether they have voted stands here after sealing alone; what they chose never does.
CREATE TABLE poll_voter (
    tenant @int@ NOT NULL,
    poll @int@ NOT NULL,
    voter text NOT NULL,                    -- keyed digest of the proved address: the same person
                                            -- is known again after an account was deleted
    account @int@,                          -- none = has not logged in yet, or deleted
    tie text                                -- what they said binds them to the place
        CHECK (tie IN ('resident', 'property_owner', 'business', 'pupil', 'other')),
    told text NOT NULL DEFAULT 'nothing'    -- K8: whether the receipt has been mailed
        CHECK (told IN ('nothing', 'receipt')),
    voted @int@                             -- 1 or 0; none = not sealed yet
        CHECK (voted IN (0, 1)),
    barred text,                            -- why this line may not vote; none = it may
    PRIMARY KEY (tenant, poll, voter)
) @strict@;
CREATE INDEX poll_voter_account ON poll_voter (tenant, account, poll);

-- Ballots of a poll that is not sealed. `choices` is enciphered with the poll's secret and padded,
-- so that neither the data file nor a copy of it tells a choice or a total. One tick writes one row
-- and nothing else. Emptied when the poll is sealed.
CREATE TABLE ballot (
    tenant @int@ NOT NULL,
    poll @int@ NOT NULL,
    ballot_key @blob@ NOT NULL,             -- HMAC of the voter with the poll's secret
    choices @blob@ NOT NULL,                -- nonce and cipher text, equally long for all of a poll
    revision @int@ NOT NULL,                -- counts changes; compared and swapped
    PRIMARY KEY (tenant, poll, ballot_key)
) @strict@ @without_rowid@;

-- What was in the ballots, sorted by content, equal ones together: all that is left of them.
CREATE TABLE counted_ballot (
    tenant @int@ NOT NULL,
    poll @int@ NOT NULL,
    pot @int@ NOT NULL,                     -- 0: blank ballots, which chose nothing on purpose
    choices text NOT NULL,                  -- options in rising order: "3,17,21"; with points
                                            -- "3:5,17:2"; of a ranking in the voter's order
    ballots @int@ NOT NULL CHECK (ballots > 0), -- how many are equal
    PRIMARY KEY (tenant, poll, pot, choices)
) @strict@ @without_rowid@;

-- Digests of the receipt codes of the ballots that were counted, in their own order.
CREATE TABLE receipt (
    tenant @int@ NOT NULL,
    poll @int@ NOT NULL,
    receipt_hash text NOT NULL,             -- SHA-256 of the code, hex
    PRIMARY KEY (tenant, poll, receipt_hash)
) @strict@ @without_rowid@;

-- Acts on a poll that want two persons: asked for by one, done when another confirms (PB-17).
CREATE TABLE poll_request (
    id @id@,
    tenant @int@ NOT NULL,
    poll @int@ NOT NULL,
    act text NOT NULL                       -- what is asked for
        CHECK (act IN ('lock', 'lengthen', 'pause', 'resume', 'attest')),
    closes_at @int@,                        -- of lengthen: the new end
    subject_hash text,                      -- of lock, attest: digest of exactly what is confirmed
    reason text NOT NULL,                   -- shown in the public log
    asked_by @int@ NOT NULL,                -- account
    asked_at @int@ NOT NULL,                -- when
    answered_by @int@,                      -- another account
    answered_at @int@,                      -- when
    answer text                             -- none = waits
        CHECK (answer IN ('confirmed', 'refused', 'withdrawn')),
    CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CHECK (answer IS NULL OR answer <> 'confirmed' OR answered_by <> asked_by)
) @strict@;
CREATE UNIQUE INDEX poll_request_waiting ON poll_request (tenant, poll, act) WHERE answer IS NULL;
CREATE INDEX poll_request_by_poll ON poll_request (tenant, poll, id);

-- Locked rules cannot change, not even by hand (PB-17).
-- only sqlite
CREATE TRIGGER poll_locked BEFORE UPDATE ON poll
WHEN OLD.state <> 'draft' AND (NEW.page <> OLD.page OR NEW.ballot_kind <> OLD.ballot_kind
    OR NEW.most_choices <> OLD.most_choices OR NEW.eligible <> OLD.eligible
    OR NEW.opens_at <> OLD.opens_at OR NEW.closes_at < OLD.closes_at
    OR NEW.rules IS NOT OLD.rules OR NEW.rules_hash IS NOT OLD.rules_hash
    OR NEW.lot_hash IS NOT OLD.lot_hash OR NEW.locked_at IS NOT OLD.locked_at
    OR NEW.state = 'draft' OR (OLD.state <> 'locked' AND NEW.closes_at <> OLD.closes_at))
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_kept BEFORE DELETE ON poll WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_pot_locked_insert BEFORE INSERT ON poll_pot
WHEN (SELECT state FROM poll WHERE id = NEW.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_pot_locked_update BEFORE UPDATE ON poll_pot
WHEN (SELECT state FROM poll WHERE id = OLD.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_pot_locked_delete BEFORE DELETE ON poll_pot
WHEN (SELECT state FROM poll WHERE id = OLD.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_option_locked_insert BEFORE INSERT ON poll_option
WHEN (SELECT state FROM poll WHERE id = NEW.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_option_locked_update BEFORE UPDATE ON poll_option
WHEN (SELECT state FROM poll WHERE id = OLD.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_option_locked_delete BEFORE DELETE ON poll_option
WHEN (SELECT state FROM poll WHERE id = OLD.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
-- only postgresql
CREATE FUNCTION poll_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.page <> OLD.page
        OR NEW.ballot_kind <> OLD.ballot_kind OR NEW.most_choices <> OLD.most_choices
        OR NEW.eligible <> OLD.eligible OR NEW.opens_at <> OLD.opens_at
        OR NEW.closes_at < OLD.closes_at OR NEW.rules IS DISTINCT FROM OLD.rules
        OR NEW.rules_hash IS DISTINCT FROM OLD.rules_hash
        OR NEW.lot_hash IS DISTINCT FROM OLD.lot_hash
        OR NEW.locked_at IS DISTINCT FROM OLD.locked_at OR NEW.state = 'draft'
        OR (OLD.state <> 'locked' AND NEW.closes_at <> OLD.closes_at)) THEN
        RAISE EXCEPTION 'the rules are locked';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER poll_locked BEFORE UPDATE OR DELETE ON poll
    FOR EACH ROW EXECUTE FUNCTION poll_guard();
CREATE FUNCTION poll_part_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_poll bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.poll ELSE OLD.poll END;
BEGIN
    IF (SELECT state FROM poll WHERE id = of_poll) <> 'draft' THEN
        RAISE EXCEPTION 'the rules are locked';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER poll_pot_locked BEFORE INSERT OR UPDATE OR DELETE ON poll_pot
    FOR EACH ROW EXECUTE FUNCTION poll_part_guard();
CREATE TRIGGER poll_option_locked BEFORE INSERT OR UPDATE OR DELETE ON poll_option
    FOR EACH ROW EXECUTE FUNCTION poll_part_guard();
-- for both
