-- Results of a round: each count is a version; what it holds never changes, only how far it has
-- come (PB-9, PB-20).
CREATE TABLE budget_result (
    tenant @int@ NOT NULL REFERENCES organisation (id),
    campaign @int@ NOT NULL,                -- page of the round
    version @int@ NOT NULL,                 -- 1, 2, 3 …
    state text NOT NULL                     -- see PB-9; decided only with its row of decision
        CHECK (state IN ('preliminary', 'recommended', 'decided', 'replaced')),
    document text NOT NULL,                 -- canonical JSON: all numbers, order, ties, reasons
    document_hash text NOT NULL,            -- SHA-256 of it, hex
    decision @int@,                         -- of governance/decisions
    departure text NOT NULL DEFAULT '',     -- why the body departed from the vote (PB-18)
    counted_by @int@,                       -- account
    counted_at @int@ NOT NULL,              -- when
    attested_by @int@,                      -- another account
    attested_at @int@,                      -- when
    publish_at @int@,                       -- the set minute
    PRIMARY KEY (tenant, campaign, version),
    CHECK ((state = 'decided') <= (decision IS NOT NULL)),
    CHECK (attested_by IS NULL OR counted_by IS NULL OR attested_by <> counted_by)
) @strict@;

-- One row for each option of the poll, to be listed without reading the document.
CREATE TABLE budget_result_row (
    tenant @int@ NOT NULL,
    campaign @int@ NOT NULL,
    version @int@ NOT NULL,                 -- of budget_result
    option @int@ NOT NULL,                  -- of poll_option
    pot @int@ NOT NULL,                     -- of campaign_pot
    place @int@ NOT NULL,                   -- 1, 2, 3 … in the pot, in the order of the count
    page @int@,                             -- the proposal; none = imported without a page
    votes @int@ NOT NULL,                   -- ballots that chose it, or points
    cost @int@ NOT NULL,                    -- öre
    selected @int@ NOT NULL CHECK (selected IN (0, 1)), -- by the vote
    decided @int@ CHECK (decided IN (0, 1)), -- by the body; none = not decided
    left_after @int@ NOT NULL,              -- öre in the pot afterwards
    why text NOT NULL                       -- selected, no_room, too_few, after_stop
        CHECK (why IN ('selected', 'no_room', 'too_few', 'after_stop')),
    lacks_votes @int@,                      -- so many more would have sufficed; none = none would
    lacks_money @int@,                      -- öre: so much cheaper would have sufficed
    tie @int@ NOT NULL CHECK (tie IN (0, 1)), -- its place was decided by the tie rule
    PRIMARY KEY (tenant, campaign, version, option)
) @strict@;
CREATE INDEX budget_result_row_place ON budget_result_row (tenant, campaign, version, pot, place);
CREATE INDEX budget_result_row_page ON budget_result_row (tenant, page);
