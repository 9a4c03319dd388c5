-- Polls: what is asked, of whom, and the ballots. Shared by budgets and awards. Nobody may learn
-- from these tables how somebody voted: see docs/decisions on the life of a vote.
-- no topic: poll_voter ballot
-- small tables: poll
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
    sealing_at @int@,                       -- when sealing began: it goes on until sealed_at
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
    remind @int@ NOT NULL DEFAULT 0         -- K9: asked to be reminded while not having voted
        CHECK (remind IN (0, 1)),
    voted @int@                             -- 1 or 0; none = not sealed yet
        CHECK (voted IN (0, 1)),
    barred text,                            -- why this line may not vote; none = it may
    PRIMARY KEY (tenant, poll, voter)
) @strict@;
CREATE UNIQUE INDEX poll_voter_account ON poll_voter (tenant, account, poll);

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

-- Locked rules cannot change, not even by hand (PB-17); a sealed poll stands as it was sealed, and
-- what was counted in it cannot be touched. Imported polls have no secret and may be added to.
-- only sqlite
CREATE TRIGGER poll_locked BEFORE UPDATE ON poll
WHEN OLD.state <> 'draft' AND (NEW.id <> OLD.id OR NEW.tenant <> OLD.tenant OR NEW.page <> OLD.page
    OR NEW.ballot_kind <> OLD.ballot_kind
    OR NEW.most_choices <> OLD.most_choices OR NEW.eligible <> OLD.eligible
    OR NEW.opens_at <> OLD.opens_at OR NEW.closes_at < OLD.closes_at
    OR NEW.late_until < OLD.late_until OR (NEW.late_until IS NULL) <> (OLD.late_until IS NULL)
    OR NEW.rules IS NOT OLD.rules OR NEW.rules_hash IS NOT OLD.rules_hash
    OR NEW.secret_hash IS NOT OLD.secret_hash
    OR NEW.lot_hash IS NOT OLD.lot_hash OR NEW.locked_at IS NOT OLD.locked_at
    OR (OLD.lot_seed IS NOT NULL AND NEW.lot_seed IS NOT OLD.lot_seed)
    OR (OLD.sealing_at IS NOT NULL AND NEW.sealing_at IS NOT OLD.sealing_at)
    OR (OLD.sealed_at IS NOT NULL AND NEW.sealed_at IS NOT OLD.sealed_at)
    OR (OLD.published_at IS NOT NULL AND NEW.published_at IS NOT OLD.published_at)
    OR NEW.state = 'draft' OR (OLD.state = 'sealed' AND NEW.state = 'locked')
    OR (OLD.state = 'published' AND NEW.state <> 'published')
    OR ((OLD.state <> 'locked' OR OLD.sealing_at IS NOT NULL) AND NEW.closes_at <> OLD.closes_at))
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_kept BEFORE DELETE ON poll WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_pot_locked_insert BEFORE INSERT ON poll_pot
WHEN (SELECT state FROM poll WHERE id = NEW.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_pot_locked_update BEFORE UPDATE ON poll_pot
WHEN (SELECT state FROM poll WHERE id = OLD.poll) <> 'draft'
    OR (SELECT state FROM poll WHERE id = NEW.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_pot_locked_delete BEFORE DELETE ON poll_pot
WHEN (SELECT state FROM poll WHERE id = OLD.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_option_locked_insert BEFORE INSERT ON poll_option
WHEN (SELECT state FROM poll WHERE id = NEW.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_option_locked_update BEFORE UPDATE ON poll_option
WHEN (SELECT state FROM poll WHERE id = OLD.poll) <> 'draft'
    OR (SELECT state FROM poll WHERE id = NEW.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER poll_option_locked_delete BEFORE DELETE ON poll_option
WHEN (SELECT state FROM poll WHERE id = OLD.poll) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER counted_ballot_sealed_insert BEFORE INSERT ON counted_ballot
WHEN EXISTS (SELECT 1 FROM poll WHERE id = NEW.poll AND state IN ('sealed', 'published')
    AND secret_hash IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the poll is sealed'); END;
CREATE TRIGGER counted_ballot_sealed_update BEFORE UPDATE ON counted_ballot
WHEN EXISTS (SELECT 1 FROM poll WHERE id = OLD.poll AND state IN ('sealed', 'published')
    AND secret_hash IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the poll is sealed'); END;
CREATE TRIGGER counted_ballot_sealed_delete BEFORE DELETE ON counted_ballot
WHEN EXISTS (SELECT 1 FROM poll WHERE id = OLD.poll AND state IN ('sealed', 'published')
    AND secret_hash IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the poll is sealed'); END;
CREATE TRIGGER receipt_sealed_insert BEFORE INSERT ON receipt
WHEN EXISTS (SELECT 1 FROM poll WHERE id = NEW.poll AND state IN ('sealed', 'published')
    AND secret_hash IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the poll is sealed'); END;
CREATE TRIGGER receipt_sealed_update BEFORE UPDATE ON receipt
WHEN EXISTS (SELECT 1 FROM poll WHERE id = OLD.poll AND state IN ('sealed', 'published')
    AND secret_hash IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the poll is sealed'); END;
CREATE TRIGGER receipt_sealed_delete BEFORE DELETE ON receipt
WHEN EXISTS (SELECT 1 FROM poll WHERE id = OLD.poll AND state IN ('sealed', 'published')
    AND secret_hash IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the poll is sealed'); END;
CREATE TRIGGER ballot_sealed BEFORE INSERT ON ballot
WHEN (SELECT state FROM poll WHERE id = NEW.poll) <> 'locked'
BEGIN SELECT RAISE(ABORT, 'the poll is sealed'); END;
CREATE TRIGGER ballot_changed_sealed BEFORE UPDATE ON ballot
WHEN (SELECT state FROM poll WHERE id = OLD.poll) <> 'locked'
BEGIN SELECT RAISE(ABORT, 'the poll is sealed'); END;
CREATE TRIGGER poll_voter_sealed BEFORE UPDATE OF voted ON poll_voter
WHEN NEW.voted IS NOT OLD.voted
    AND (SELECT state FROM poll WHERE id = OLD.poll) IN ('sealed', 'published')
BEGIN SELECT RAISE(ABORT, 'the poll is sealed'); END;
CREATE TRIGGER poll_request_answered BEFORE UPDATE ON poll_request
WHEN OLD.answer IS NOT NULL OR NEW.act <> OLD.act OR NEW.poll <> OLD.poll
    OR NEW.asked_by <> OLD.asked_by OR NEW.asked_at <> OLD.asked_at
    OR NEW.closes_at IS NOT OLD.closes_at OR NEW.subject_hash IS NOT OLD.subject_hash
    OR NEW.reason <> OLD.reason
BEGIN SELECT RAISE(ABORT, 'what was asked for stands'); END;
CREATE TRIGGER poll_request_kept BEFORE DELETE ON poll_request
BEGIN SELECT RAISE(ABORT, 'what was asked for stands'); END;
-- only postgresql
CREATE FUNCTION poll_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.id <> OLD.id OR NEW.tenant <> OLD.tenant
        OR NEW.page <> OLD.page
        OR NEW.ballot_kind <> OLD.ballot_kind OR NEW.most_choices <> OLD.most_choices
        OR NEW.eligible <> OLD.eligible OR NEW.opens_at <> OLD.opens_at
        OR NEW.closes_at < OLD.closes_at
        OR NEW.late_until < OLD.late_until OR (NEW.late_until IS NULL) <> (OLD.late_until IS NULL)
        OR NEW.rules IS DISTINCT FROM OLD.rules
        OR NEW.rules_hash IS DISTINCT FROM OLD.rules_hash
        OR NEW.secret_hash IS DISTINCT FROM OLD.secret_hash
        OR NEW.lot_hash IS DISTINCT FROM OLD.lot_hash
        OR NEW.locked_at IS DISTINCT FROM OLD.locked_at
        OR (OLD.lot_seed IS NOT NULL AND NEW.lot_seed IS DISTINCT FROM OLD.lot_seed)
        OR (OLD.sealing_at IS NOT NULL AND NEW.sealing_at IS DISTINCT FROM OLD.sealing_at)
        OR (OLD.sealed_at IS NOT NULL AND NEW.sealed_at IS DISTINCT FROM OLD.sealed_at)
        OR (OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at)
        OR NEW.state = 'draft' OR (OLD.state = 'sealed' AND NEW.state = 'locked')
        OR (OLD.state = 'published' AND NEW.state <> 'published')
        OR ((OLD.state <> 'locked' OR OLD.sealing_at IS NOT NULL)
            AND NEW.closes_at <> OLD.closes_at)) THEN
        RAISE EXCEPTION 'the rules are locked' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER poll_locked BEFORE UPDATE OR DELETE ON poll
    FOR EACH ROW EXECUTE FUNCTION poll_guard();
CREATE FUNCTION poll_part_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND (SELECT state FROM poll WHERE id = OLD.poll) <> 'draft'
        OR TG_OP <> 'DELETE' AND (SELECT state FROM poll WHERE id = NEW.poll) <> 'draft' THEN
        RAISE EXCEPTION 'the rules are locked' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER poll_pot_locked BEFORE INSERT OR UPDATE OR DELETE ON poll_pot
    FOR EACH ROW EXECUTE FUNCTION poll_part_guard();
CREATE TRIGGER poll_option_locked BEFORE INSERT OR UPDATE OR DELETE ON poll_option
    FOR EACH ROW EXECUTE FUNCTION poll_part_guard();
CREATE FUNCTION poll_count_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_poll bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.poll ELSE OLD.poll END;
BEGIN
    IF EXISTS (SELECT 1 FROM poll WHERE id = of_poll AND state IN ('sealed', 'published')
        AND secret_hash IS NOT NULL) THEN
        RAISE EXCEPTION 'the poll is sealed' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER counted_ballot_sealed BEFORE INSERT OR UPDATE OR DELETE ON counted_ballot
    FOR EACH ROW EXECUTE FUNCTION poll_count_guard();
CREATE TRIGGER receipt_sealed BEFORE INSERT OR UPDATE OR DELETE ON receipt
    FOR EACH ROW EXECUTE FUNCTION poll_count_guard();
CREATE FUNCTION ballot_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM poll WHERE id = NEW.poll) <> 'locked' THEN
        RAISE EXCEPTION 'the poll is sealed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ballot_sealed BEFORE INSERT OR UPDATE ON ballot
    FOR EACH ROW EXECUTE FUNCTION ballot_guard();
CREATE FUNCTION poll_voter_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.voted IS DISTINCT FROM OLD.voted
        AND (SELECT state FROM poll WHERE id = OLD.poll) IN ('sealed', 'published') THEN
        RAISE EXCEPTION 'the poll is sealed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER poll_voter_sealed BEFORE UPDATE ON poll_voter
    FOR EACH ROW EXECUTE FUNCTION poll_voter_guard();
CREATE FUNCTION poll_request_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.answer IS NOT NULL OR NEW.act <> OLD.act OR NEW.poll <> OLD.poll
        OR NEW.asked_by <> OLD.asked_by OR NEW.asked_at <> OLD.asked_at
        OR NEW.closes_at IS DISTINCT FROM OLD.closes_at
        OR NEW.subject_hash IS DISTINCT FROM OLD.subject_hash OR NEW.reason <> OLD.reason THEN
        RAISE EXCEPTION 'what was asked for stands' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER poll_request_kept BEFORE UPDATE OR DELETE ON poll_request
    FOR EACH ROW EXECUTE FUNCTION poll_request_guard();
-- A table emptied at once runs no row's trigger.
CREATE FUNCTION poll_truncate_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'polls are not emptied at once' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER poll_whole BEFORE TRUNCATE ON poll
    FOR EACH STATEMENT EXECUTE FUNCTION poll_truncate_guard();
CREATE TRIGGER poll_pot_whole BEFORE TRUNCATE ON poll_pot
    FOR EACH STATEMENT EXECUTE FUNCTION poll_truncate_guard();
CREATE TRIGGER poll_option_whole BEFORE TRUNCATE ON poll_option
    FOR EACH STATEMENT EXECUTE FUNCTION poll_truncate_guard();
CREATE TRIGGER poll_voter_whole BEFORE TRUNCATE ON poll_voter
    FOR EACH STATEMENT EXECUTE FUNCTION poll_truncate_guard();
CREATE TRIGGER ballot_whole BEFORE TRUNCATE ON ballot
    FOR EACH STATEMENT EXECUTE FUNCTION poll_truncate_guard();
CREATE TRIGGER counted_ballot_whole BEFORE TRUNCATE ON counted_ballot
    FOR EACH STATEMENT EXECUTE FUNCTION poll_truncate_guard();
CREATE TRIGGER receipt_whole BEFORE TRUNCATE ON receipt
    FOR EACH STATEMENT EXECUTE FUNCTION poll_truncate_guard();
CREATE TRIGGER poll_request_whole BEFORE TRUNCATE ON poll_request
    FOR EACH STATEMENT EXECUTE FUNCTION poll_truncate_guard();
-- for both
