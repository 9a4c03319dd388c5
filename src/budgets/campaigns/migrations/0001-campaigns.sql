-- A round of a participatory budget: a page of the kind "budget" with dates, pots, criteria and
-- rules (PB-1, PB-2, PB-4, PB-6 to PB-8). What is locked before the vote is copied into the poll.
CREATE TABLE campaign (
    tenant @int@ NOT NULL REFERENCES organisation (id),
    page @int@ NOT NULL,                    -- its row of page
    places text NOT NULL DEFAULT '',        -- of the area, in words: one on each line
    who_may_propose text NOT NULL DEFAULT '', -- as people read it
    who_may_vote text NOT NULL DEFAULT '',  -- as people read it
    eligible text NOT NULL DEFAULT 'verified' -- whoever proved an address, or the roll alone
        CHECK (eligible IN ('verified', 'roll')),
    ballot_kind text NOT NULL DEFAULT 'up_to' -- see ballots
        CHECK (ballot_kind IN ('up_to', 'cart', 'points', 'ranking')),
    most_choices @int@ NOT NULL DEFAULT 3   -- in each pot; 0 with a cart
        CHECK (most_choices BETWEEN 0 AND 500),
    allocation text NOT NULL DEFAULT 'skip' -- what does not fit is skipped, or ends it
        CHECK (allocation IN ('skip', 'stop')),
    satisfaction text NOT NULL DEFAULT 'cost' -- cost: most votes first; cardinality: per krona
        CHECK (satisfaction IN ('cost', 'cardinality')),
    least_votes @int@ NOT NULL DEFAULT 1    -- fewer do not get money (PB-8)
        CHECK (least_votes BETWEEN 0 AND 1000000),
    ties text NOT NULL DEFAULT 'lot'        -- declared tie rule
        CHECK (ties IN ('lot', 'earlier', 'cheaper', 'id')),
    late_until @int@,                       -- until when paper posted in time is waited for (PB-20)
    leftover text NOT NULL DEFAULT '',      -- what happens to money that is left, as people read it
    origin text,                            -- imported from a file: its name; none = held here
    PRIMARY KEY (tenant, page)
) @strict@;

-- Dated steps of a round (PB-1). Whether one is going on is computed from the clock.
CREATE TABLE campaign_step (
    tenant @int@ NOT NULL,
    campaign @int@ NOT NULL,                -- page of the round
    step text NOT NULL                      -- see campaign_step in budgets.h
        CHECK (step IN ('criteria', 'publicity', 'ideas', 'assessment', 'vote', 'decision',
            'carrying_out', 'opening', 'follow_up')),
    starts_at @int@ NOT NULL,               -- when
    ends_at @int@,                          -- first instant too late; none = a day, or to come
    about text NOT NULL DEFAULT '',         -- one sentence
    PRIMARY KEY (tenant, campaign, step),
    CHECK (ends_at IS NULL OR ends_at > starts_at)
) @strict@;

-- Money to vote on (PB-2). Fixed sums.
CREATE TABLE campaign_pot (
    tenant @int@ NOT NULL,
    campaign @int@ NOT NULL,
    pot @int@ NOT NULL,                     -- 1, 2, 3 … in the round
    title text NOT NULL                     -- "Hela kommunen"
        CHECK (length(title) BETWEEN 1 AND 80),
    sum @int@ NOT NULL CHECK (sum > 0),     -- öre
    proposers text NOT NULL DEFAULT 'anyone' -- who may propose in it
        CHECK (proposers IN ('anyone', 'association')),
    about text NOT NULL DEFAULT '',         -- one or two sentences
    PRIMARY KEY (tenant, campaign, pot)
) @strict@;

-- Criteria decided politically (PB-4).
CREATE TABLE campaign_criterion (
    tenant @int@ NOT NULL,
    campaign @int@ NOT NULL,
    criterion @int@ NOT NULL,               -- 1, 2, 3 … in the round
    title text NOT NULL                     -- "Till nytta för många"
        CHECK (length(title) BETWEEN 1 AND 120),
    about text NOT NULL DEFAULT '',         -- what it means, for proposers
    PRIMARY KEY (tenant, campaign, criterion)
) @strict@;

-- What decides the result cannot change once the poll of the round is locked, not even by hand
-- (PB-17).
-- only sqlite
CREATE TRIGGER campaign_locked BEFORE UPDATE ON campaign
WHEN (NEW.eligible <> OLD.eligible OR NEW.ballot_kind <> OLD.ballot_kind
    OR NEW.most_choices <> OLD.most_choices OR NEW.allocation <> OLD.allocation
    OR NEW.satisfaction <> OLD.satisfaction OR NEW.least_votes <> OLD.least_votes
    OR NEW.ties <> OLD.ties OR NEW.leftover <> OLD.leftover
    OR NEW.late_until IS NOT OLD.late_until OR NEW.who_may_vote <> OLD.who_may_vote)
    AND EXISTS (SELECT 1 FROM poll WHERE tenant = OLD.tenant AND page = OLD.page
        AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER campaign_pot_locked_insert BEFORE INSERT ON campaign_pot
WHEN EXISTS (SELECT 1 FROM poll WHERE tenant = NEW.tenant AND page = NEW.campaign
    AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER campaign_pot_locked_update BEFORE UPDATE ON campaign_pot
WHEN EXISTS (SELECT 1 FROM poll WHERE tenant = OLD.tenant AND page = OLD.campaign
    AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
CREATE TRIGGER campaign_pot_locked_delete BEFORE DELETE ON campaign_pot
WHEN EXISTS (SELECT 1 FROM poll WHERE tenant = OLD.tenant AND page = OLD.campaign
    AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'the rules are locked'); END;
-- only postgresql
CREATE FUNCTION campaign_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.eligible <> OLD.eligible OR NEW.ballot_kind <> OLD.ballot_kind
        OR NEW.most_choices <> OLD.most_choices OR NEW.allocation <> OLD.allocation
        OR NEW.satisfaction <> OLD.satisfaction OR NEW.least_votes <> OLD.least_votes
        OR NEW.ties <> OLD.ties OR NEW.leftover <> OLD.leftover
        OR NEW.late_until IS DISTINCT FROM OLD.late_until
        OR NEW.who_may_vote <> OLD.who_may_vote)
        AND EXISTS (SELECT 1 FROM poll WHERE tenant = OLD.tenant AND page = OLD.page
            AND state <> 'draft') THEN
        RAISE EXCEPTION 'the rules are locked';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaign_locked BEFORE UPDATE ON campaign
    FOR EACH ROW EXECUTE FUNCTION campaign_guard();
CREATE FUNCTION campaign_pot_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_tenant bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.tenant ELSE OLD.tenant END;
    of_campaign bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.campaign ELSE OLD.campaign END;
BEGIN
    IF EXISTS (SELECT 1 FROM poll WHERE tenant = of_tenant AND page = of_campaign
        AND state <> 'draft') THEN
        RAISE EXCEPTION 'the rules are locked';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaign_pot_locked BEFORE INSERT OR UPDATE OR DELETE ON campaign_pot
    FOR EACH ROW EXECUTE FUNCTION campaign_pot_guard();
-- for both
