-- Proposals: pages of the kind "proposal" in a round (PB-4, PB-5, PB-19). Title, lead and text are
-- the page's; what only its officers and its proposer see stands in proposal_contact.
CREATE TABLE proposal (
    tenant @int@ NOT NULL REFERENCES organisation (id),
    page @int@ NOT NULL,                    -- its row of page
    campaign @int@ NOT NULL,                -- page of the round
    number @int@ NOT NULL,                  -- 1, 2, 3 … in the round; as printed on papers
    pot @int@ NOT NULL,                     -- of campaign_pot
    place text NOT NULL,                    -- in words; begins with a place of the round
    words_key text NOT NULL,                -- title, lead and place, folded: for finding it by them
    wished @int@,                           -- öre, as the proposer thinks; none = not said
    proposer_kind text NOT NULL             -- who proposes
        CHECK (proposer_kind IN ('person', 'association')),
    proposer_shown text,                    -- name that readers see; none = not shown (PB-13)
    channel text NOT NULL                   -- how it came in
        CHECK (channel IN ('web', 'telephone', 'paper')),
    received_at @int@ NOT NULL,             -- when the receipt was given (REC-1)
    state text NOT NULL                     -- JOURNEYS 7
        CHECK (state IN ('received', 'assessing', 'completing', 'admitted', 'merged',
            'not_admitted', 'withdrawn')),
    merged_into @int@,                      -- page of the proposal that it became part of
    officer @int@,                          -- account that assesses; none = nobody yet
    investment @int@ CHECK (investment >= 0), -- öre; none = not estimated (PB-19)
    running @int@ CHECK (running >= 0),     -- öre a year; none = not estimated
    running_bearer text NOT NULL DEFAULT '', -- who pays the running cost
    land text NOT NULL DEFAULT '',          -- who controls the land
    permits text NOT NULL DEFAULT '',       -- which are needed
    outcome_reason text NOT NULL DEFAULT '', -- why, as readers see it
    outcome_at @int@,                       -- when it was settled; none = not yet
    contacted_on @int@,                     -- day the proposer was told, before it is public (PB-4)
    contacted_how text NOT NULL DEFAULT '', -- "telefon", "möte"
    reply text NOT NULL DEFAULT '',         -- the proposer's one reply to a refusal
    reply_answer text NOT NULL DEFAULT '',  -- and what was answered
    revision @int@ NOT NULL DEFAULT 1,      -- counts changes; compared and swapped
    PRIMARY KEY (tenant, page),
    UNIQUE (tenant, campaign, number),
    CHECK ((state = 'merged') = (merged_into IS NOT NULL))
) @strict@;
CREATE INDEX proposal_by_state ON proposal (tenant, campaign, state, received_at);

-- How the proposer is reached, and the code they follow it with. Erased with the account, or when
-- the round is archived. Never on a public page.
-- no topic: proposal_contact
CREATE TABLE proposal_contact (
    tenant @int@ NOT NULL,
    page @int@ NOT NULL,
    account @int@,                          -- none = came by telephone or paper, or deleted
    name text,                              -- as given
    email text,                             -- as typed; none = reached otherwise
    email_key text,                         -- folded
    phone text,                             -- as given
    organisation_no text,                   -- of an association, ten digits
    adult text,                             -- a child's adult contact: name and how reached (PB-13)
    language text NOT NULL,                 -- code, of mail to the proposer
    follow_hash text NOT NULL,              -- digest of the follow code (LST-4)
    PRIMARY KEY (tenant, page),
    UNIQUE (tenant, follow_hash)
) @strict@;
CREATE INDEX proposal_contact_account ON proposal_contact (tenant, account);
CREATE INDEX proposal_contact_email ON proposal_contact (tenant, email_key);

-- Met or not, per criterion, with reason (PB-4).
CREATE TABLE proposal_assessment (
    tenant @int@ NOT NULL,
    page @int@ NOT NULL,
    criterion @int@ NOT NULL,               -- of campaign_criterion
    verdict text NOT NULL                   -- whether the criterion is met
        CHECK (verdict IN ('met', 'partly', 'not_met')),
    reason text NOT NULL,                   -- as readers see it
    officer @int@ NOT NULL,                 -- account
    at @int@ NOT NULL,                      -- when
    PRIMARY KEY (tenant, page, criterion)
) @strict@;

-- What has happened to a proposal, as its readers see it; merged and withdrawn ones keep theirs.
CREATE TABLE proposal_event (
    id @id@,
    tenant @int@ NOT NULL,
    page @int@ NOT NULL,
    event text NOT NULL                     -- what happened
        CHECK (event IN ('received', 'assessing', 'question', 'answer', 'contacted', 'admitted',
            'not_admitted', 'merge_asked', 'merge_refused', 'merged', 'took_in', 'withdrawn',
            'reply', 'reply_answered', 'reopened', 'handed_over')),
    other @int@,                            -- the proposal it was merged with
    words text NOT NULL DEFAULT '',         -- what was said
    is_public @int@ NOT NULL                -- 1 = readers see it
        CHECK (is_public IN (0, 1)),
    by_account @int@,                       -- who; none = deleted
    at @int@ NOT NULL                       -- when
) @strict@;
CREATE INDEX proposal_event_by_page ON proposal_event (tenant, page, id);

-- Both proposers must agree to a merge, else both stay (PB-5).
CREATE TABLE proposal_merge (
    id @id@,
    tenant @int@ NOT NULL,
    page @int@ NOT NULL,                    -- the one that would become part of the other
    into_page @int@ NOT NULL,               -- the one that stays
    reason text NOT NULL,                   -- why it is proposed
    asked_by @int@ NOT NULL,                -- officer's account
    asked_at @int@ NOT NULL,                -- when
    page_says text CHECK (page_says IN ('yes', 'no')), -- the proposer of page
    into_says text CHECK (into_says IN ('yes', 'no')), -- the proposer of into_page
    settled_at @int@                        -- when both had answered, or one said no
) @strict@;
CREATE UNIQUE INDEX proposal_merge_waiting ON proposal_merge (tenant, page)
    WHERE settled_at IS NULL;
CREATE INDEX proposal_merge_into ON proposal_merge (tenant, into_page);
