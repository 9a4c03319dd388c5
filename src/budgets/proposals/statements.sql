-- Proposals. What readers are told of the state ("shown") is the CASE of proposal_shown_state.

-- name: proposal_insert :one
-- A proposal comes in with the next number of its round.
INSERT INTO proposal (tenant, page, campaign, number, pot, place, words_key, wished, proposer_kind,
    proposer_shown, channel, received_at, state, investment, outcome_at)
SELECT :tenant, :page, :campaign, CASE WHEN CAST(:number AS BIGINT) > 0 THEN CAST(:number AS BIGINT)
    ELSE COALESCE((SELECT MAX(number) FROM proposal
        WHERE tenant = :tenant AND campaign = :campaign), 0) + 1 END,
    :pot, :place, :words_key, :wished, :proposer_kind, :proposer_shown, :channel, :received_at,
    :state, :investment, :outcome_at
RETURNING number;

-- name: proposal_contact_insert :exec
-- How its proposer is reached.
INSERT INTO proposal_contact (tenant, page, account, name, email, email_key, phone,
    organisation_no, adult, language, follow_hash)
VALUES (:tenant, :page, :account, :name, :email, :email_key, :phone, :organisation_no, :adult,
    :language, :follow_hash);

-- name: proposal_event_insert :exec
-- Something has happened to it.
INSERT INTO proposal_event (tenant, page, event, other, words, is_public, by_account, at)
VALUES (:tenant, :page, :event, :other, :words, :is_public, :account, :now);

-- name: proposal_by_page :one
-- One with its page, words and pot, whatever its state.
SELECT p.page, g.slug, g.state AS page_state, g.revision AS page_revision, g.language, g.title,
    t.lead, t.body, p.campaign, c.slug AS campaign_slug, c.title AS campaign_title, p.number,
    p.pot, k.title AS pot_title, k.sum AS pot_sum, p.place, p.wished,
    CASE WHEN p.wished IS NULL THEN 0 ELSE 1 END AS has_wished, p.proposer_kind, p.proposer_shown,
    p.channel, p.received_at, p.state, p.merged_into, p.officer, o.name AS officer_name,
    p.investment, CASE WHEN p.investment IS NULL THEN 0 ELSE 1 END AS has_investment, p.running,
    CASE WHEN p.running IS NULL THEN 0 ELSE 1 END AS has_running, p.running_bearer, p.land,
    p.permits, p.outcome_reason, p.outcome_at, p.contacted_on, p.contacted_how, p.reply,
    p.reply_answer, p.revision, g.author, g.updated_at
FROM proposal p
    JOIN page g ON g.tenant = p.tenant AND g.id = p.page
    JOIN page c ON c.tenant = p.tenant AND c.id = p.campaign
    LEFT JOIN page_text t ON t.tenant = p.tenant AND t.page = p.page
    LEFT JOIN campaign_pot k ON k.tenant = p.tenant AND k.campaign = p.campaign AND k.pot = p.pot
    LEFT JOIN account o ON o.tenant = p.tenant AND o.id = p.officer
WHERE p.tenant = :tenant AND p.page = :page;

-- name: proposal_page_by_slug :one
-- Number of the page at an address.
SELECT id
FROM page
WHERE tenant = :tenant AND kind = 'proposal' AND slug = :slug;

-- name: proposal_contact_by_page :one
-- How its proposer is reached; for its officers and the proposer alone.
SELECT page, account, name, email, phone, organisation_no, adult, language
FROM proposal_contact
WHERE tenant = :tenant AND page = :page;

-- name: proposal_by_code :one
-- The proposal that a follow code belongs to.
SELECT page
FROM proposal_contact
WHERE tenant = :tenant AND follow_hash = :follow_hash;

-- name: proposals_of_proposer :many
-- All that an account has proposed in a round, the newest first.
SELECT p.page, g.title, p.number, p.state, p.received_at
FROM proposal_contact k
    JOIN proposal p ON p.tenant = k.tenant AND p.page = k.page
    JOIN page g ON g.tenant = p.tenant AND g.id = p.page
WHERE k.tenant = :tenant AND k.account = :account
ORDER BY p.received_at DESC, p.page DESC
LIMIT 50;

-- name: proposal_events_by_page :many
-- What has happened, in order: all, or what readers see.
SELECT e.event, e.other, r.title AS other_title, r.slug AS other_slug, e.words, e.is_public,
    a.name AS by_name, e.at
FROM proposal_event e
    LEFT JOIN page r ON r.tenant = e.tenant AND r.id = e.other AND r.state = 'published'
    LEFT JOIN account a ON a.tenant = e.tenant AND a.id = e.by_account
WHERE e.tenant = :tenant AND e.page = :page AND (:everything = 1 OR e.is_public = 1)
ORDER BY e.id
LIMIT 200;

-- name: proposal_verdicts_by_page :many
-- How it was judged by each criterion.
SELECT criterion, verdict, reason
FROM proposal_assessment
WHERE tenant = :tenant AND page = :page
ORDER BY criterion
LIMIT 50;

-- name: proposal_verdict_put :exec
-- Judged by a criterion, or judged anew.
INSERT INTO proposal_assessment (tenant, page, criterion, verdict, reason, officer, at)
VALUES (:tenant, :page, :criterion, :verdict, :reason, :account, :now)
ON CONFLICT (tenant, page, criterion) DO UPDATE
SET verdict = excluded.verdict, reason = excluded.reason, officer = excluded.officer,
    at = excluded.at;

-- name: proposal_verdict_remove :exec
-- The judgement by a criterion is taken back.
DELETE FROM proposal_assessment
WHERE tenant = :tenant AND page = :page AND criterion = :criterion;

-- name: proposal_keys :many
-- Pages of the proposals that readers see and that fit, by number or the newest first.
SELECT p.page
FROM proposal p
    JOIN page g ON g.tenant = p.tenant AND g.id = p.page AND g.state = 'published'
WHERE p.tenant = :tenant AND p.campaign = :campaign AND (:pot = 0 OR p.pot = :pot)
    AND (:place = '' OR p.place LIKE :place ESCAPE '\')
    AND (:words = '' OR p.words_key LIKE :words ESCAPE '\')
    AND (:standing = 'all'
        OR (:standing = 'admitted' AND p.state = 'admitted')
        OR (:standing = 'assessed' AND (p.state IN ('received', 'assessing', 'completing')
            OR (p.state = 'not_admitted' AND p.contacted_on IS NULL)))
        OR (:standing = 'standing' AND (p.state IN ('received', 'assessing', 'completing',
            'admitted') OR (p.state = 'not_admitted' AND p.contacted_on IS NULL)))
        OR (:standing = 'ended' AND (p.state IN ('merged', 'withdrawn')
            OR (p.state = 'not_admitted' AND p.contacted_on IS NOT NULL))))
ORDER BY CASE WHEN :newest = 1 THEN -p.number ELSE p.number END
LIMIT 2000;

-- name: proposal_lines :many
-- Lines of some proposals, at most 24.
SELECT p.page, g.slug, p.number, g.title, t.lead, p.pot, k.title AS pot_title, p.place,
    p.investment, CASE WHEN p.investment IS NULL THEN 0 ELSE 1 END AS has_investment,
    CASE WHEN p.state = 'not_admitted' AND p.contacted_on IS NULL THEN 'assessing'
        ELSE p.state END AS state,
    p.received_at
FROM proposal p
    JOIN page g ON g.tenant = p.tenant AND g.id = p.page
    LEFT JOIN page_text t ON t.tenant = p.tenant AND t.page = p.page
    LEFT JOIN campaign_pot k ON k.tenant = p.tenant AND k.campaign = p.campaign AND k.pot = p.pot
WHERE p.tenant = :tenant AND p.page IN (:p0, :p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10,
    :p11, :p12, :p13, :p14, :p15, :p16, :p17, :p18, :p19, :p20, :p21, :p22, :p23);

-- name: proposals_admitted :many
-- All that go to the vote, by number.
SELECT p.page, g.slug, p.number, g.title, t.lead, p.pot, k.title AS pot_title, p.place,
    p.investment, CASE WHEN p.investment IS NULL THEN 0 ELSE 1 END AS has_investment, p.state,
    p.received_at
FROM proposal p
    JOIN page g ON g.tenant = p.tenant AND g.id = p.page
    LEFT JOIN page_text t ON t.tenant = p.tenant AND t.page = p.page
    LEFT JOIN campaign_pot k ON k.tenant = p.tenant AND k.campaign = p.campaign AND k.pot = p.pot
WHERE p.tenant = :tenant AND p.campaign = :campaign AND p.state = 'admitted'
ORDER BY p.number;

-- name: proposals_tally :many
-- How many that readers see there are of each pot and state.
SELECT p.pot, CASE WHEN p.state = 'not_admitted' AND p.contacted_on IS NULL THEN 'assessing'
        ELSE p.state END AS state, COUNT(*) AS count
FROM proposal p
    JOIN page g ON g.tenant = p.tenant AND g.id = p.page AND g.state = 'published'
WHERE p.tenant = :tenant AND p.campaign = :campaign
GROUP BY 1, 2
ORDER BY 1, 2;

-- name: proposals_missing :one
-- What hinders locking (PB-4, PB-19).
SELECT COUNT(CASE WHEN p.state IN ('received', 'assessing', 'completing') THEN 1 END) AS unsettled,
    COUNT(CASE WHEN p.state = 'not_admitted' AND p.contacted_on IS NULL THEN 1 END)
        AS not_contacted,
    COUNT(CASE WHEN p.state = 'admitted' AND (p.investment IS NULL OR p.running IS NULL)
        THEN 1 END) AS no_cost,
    COUNT(CASE WHEN p.state = 'admitted' AND (p.land = '' OR p.permits = '') THEN 1 END) AS no_land,
    COUNT(CASE WHEN p.state = 'admitted' AND p.investment > k.sum THEN 1 END) AS too_dear,
    COUNT(CASE WHEN p.state = 'admitted' THEN 1 END) AS admitted
FROM proposal p
    LEFT JOIN campaign_pot k ON k.tenant = p.tenant AND k.campaign = p.campaign AND k.pot = p.pot
WHERE p.tenant = :tenant AND p.campaign = :campaign;

-- name: proposals_near :many
-- What a new proposal is compared with: those of its pot first, the newest first.
SELECT p.page, g.slug, p.number, g.title, t.lead, t.body, p.place
FROM proposal p
    JOIN page g ON g.tenant = p.tenant AND g.id = p.page AND g.state = 'published'
    LEFT JOIN page_text t ON t.tenant = p.tenant AND t.page = p.page
WHERE p.tenant = :tenant AND p.campaign = :campaign AND p.state <> 'withdrawn' AND p.page <> :page
ORDER BY CASE WHEN p.pot = :pot THEN 0 ELSE 1 END, p.number DESC
LIMIT 300;

-- name: proposal_take :exec
-- An officer takes it, or takes it over; nothing changes when somebody else was first.
UPDATE proposal
SET officer = :officer, state = CASE WHEN state = 'received' THEN 'assessing' ELSE state END,
    revision = revision + 1
WHERE tenant = :tenant AND page = :page AND revision = :revision;

-- name: proposal_state_put :exec
-- From one state to another; nothing changes when somebody else was first.
UPDATE proposal
SET state = :state, merged_into = :merged_into, revision = revision + 1
WHERE tenant = :tenant AND page = :page AND revision = :revision;

-- name: proposal_cost_put :exec
-- What the officer found out (PB-19); nothing changes when somebody else was first.
UPDATE proposal
SET investment = :investment, running = :running, running_bearer = :running_bearer, land = :land,
    permits = :permits, outcome_reason = :outcome_reason, revision = revision + 1
WHERE tenant = :tenant AND page = :page AND revision = :revision;

-- name: proposal_outcome_put :exec
-- Settled.
UPDATE proposal
SET state = :state, outcome_at = :now
WHERE tenant = :tenant AND page = :page;

-- name: proposal_outcome_remove :exec
-- Assessed anew: what was said of its outcome is not said any more.
UPDATE proposal
SET state = 'assessing', outcome_at = NULL, contacted_on = NULL, contacted_how = '',
    revision = revision + 1
WHERE tenant = :tenant AND page = :page AND revision = :revision;

-- name: proposal_contacted_put :exec
-- The proposer was told (PB-4).
UPDATE proposal
SET contacted_on = :contacted_on, contacted_how = :contacted_how, revision = revision + 1
WHERE tenant = :tenant AND page = :page AND revision = :revision;

-- name: proposal_reply_put :exec
-- The proposer's one reply.
UPDATE proposal
SET reply = :reply, revision = revision + 1
WHERE tenant = :tenant AND page = :page AND state = 'not_admitted' AND reply = '';

-- name: proposal_reply_answer_put :exec
-- And what was answered.
UPDATE proposal
SET reply_answer = :reply_answer, revision = revision + 1
WHERE tenant = :tenant AND page = :page AND revision = :revision;

-- name: assessment_lines :many
-- Proposals as officers see them, those that have waited longest first.
SELECT p.page, p.number, g.title, p.pot, k.title AS pot_title, p.channel, p.state, p.received_at,
    p.officer, o.name AS officer_name,
    CASE WHEN p.investment IS NULL THEN 0 ELSE 1 END AS has_investment,
    CASE WHEN p.state = 'not_admitted' AND p.contacted_on IS NULL THEN 1 ELSE 0 END AS must_contact,
    CASE WHEN p.reply <> '' AND p.reply_answer = '' THEN 1 ELSE 0 END AS must_answer
FROM proposal p
    JOIN page g ON g.tenant = p.tenant AND g.id = p.page
    LEFT JOIN campaign_pot k ON k.tenant = p.tenant AND k.campaign = p.campaign AND k.pot = p.pot
    LEFT JOIN account o ON o.tenant = p.tenant AND o.id = p.officer
WHERE p.tenant = :tenant AND p.campaign = :campaign
    AND (:pot = 0 OR p.pot = :pot)
    AND (:which = 'all'
        OR (:which = 'fresh' AND p.state = 'received')
        OR (:which = 'mine' AND p.officer = :account
            AND (p.state IN ('received', 'assessing', 'completing')
                OR (p.state = 'not_admitted' AND (p.contacted_on IS NULL
                    OR (p.reply <> '' AND p.reply_answer = '')))))
        OR (:which = 'open' AND p.state IN ('received', 'assessing', 'completing'))
        OR (:which = 'contact' AND p.state = 'not_admitted' AND (p.contacted_on IS NULL
            OR (p.reply <> '' AND p.reply_answer = '')))
        OR (:which = 'settled' AND p.state IN ('admitted', 'not_admitted', 'merged', 'withdrawn')))
    AND (p.received_at > :after_at OR (p.received_at = :after_at AND p.page > :after_page))
ORDER BY p.received_at, p.page
LIMIT 41;

-- name: assessment_counts :one
-- How many there are for each of the filters.
SELECT COUNT(CASE WHEN p.state IN ('received', 'assessing', 'completing') THEN 1 END) AS waiting,
    COUNT(CASE WHEN p.state = 'received' THEN 1 END) AS fresh,
    COUNT(CASE WHEN p.officer = :account AND (p.state IN ('received', 'assessing', 'completing')
        OR (p.state = 'not_admitted' AND (p.contacted_on IS NULL
            OR (p.reply <> '' AND p.reply_answer = '')))) THEN 1 END) AS mine,
    COUNT(CASE WHEN p.state = 'not_admitted' AND (p.contacted_on IS NULL
        OR (p.reply <> '' AND p.reply_answer = '')) THEN 1 END) AS contact,
    COUNT(CASE WHEN p.state IN ('admitted', 'not_admitted', 'merged', 'withdrawn') THEN 1 END)
        AS settled,
    COUNT(*) AS everything
FROM proposal p
WHERE p.tenant = :tenant AND p.campaign = :campaign AND (:pot = 0 OR p.pot = :pot);

-- name: assessment_next :one
-- The proposal that waits next after one: the officer's own, else one that nobody has.
SELECT p.page
FROM proposal p
WHERE p.tenant = :tenant AND p.campaign = :campaign AND p.page <> :page
    AND p.state IN ('received', 'assessing') AND (p.officer = :account OR p.officer IS NULL)
ORDER BY CASE WHEN p.officer = :account THEN 0 ELSE 1 END, p.received_at, p.page
LIMIT 1;

-- name: merge_insert :exec
-- A merge is proposed; nothing comes of it when one waits already.
INSERT INTO proposal_merge (tenant, page, into_page, reason, asked_by, asked_at)
VALUES (:tenant, :page, :into_page, :reason, :account, :now)
ON CONFLICT DO NOTHING;

-- name: merge_waiting :one
-- The merge that waits and in which a proposal takes part, the newest.
SELECT m.id, m.page, m.into_page, m.reason, m.asked_at, m.page_says, m.into_says,
    a.title AS page_title, b.title AS into_title, a.slug AS page_slug, b.slug AS into_slug
FROM proposal_merge m
    JOIN page a ON a.tenant = m.tenant AND a.id = m.page
    JOIN page b ON b.tenant = m.tenant AND b.id = m.into_page
WHERE m.tenant = :tenant AND m.settled_at IS NULL AND (m.page = :page OR m.into_page = :page)
ORDER BY m.id DESC
LIMIT 1;

-- name: merge_answer_put :exec
-- One of the two proposers has answered.
UPDATE proposal_merge
SET page_says = :page_says, into_says = :into_says, settled_at = :settled_at
WHERE tenant = :tenant AND id = :id AND settled_at IS NULL;

-- name: proposals_of_account :many
-- What a person has proposed, for the register extract.
SELECT p.page, p.number, g.title, t.lead, t.body, p.place, p.state, p.received_at, k.name, k.email,
    k.phone, k.organisation_no, k.adult, p.proposer_shown
FROM proposal_contact k
    JOIN proposal p ON p.tenant = k.tenant AND p.page = k.page
    JOIN page g ON g.tenant = p.tenant AND g.id = p.page
    LEFT JOIN page_text t ON t.tenant = p.tenant AND t.page = p.page
WHERE k.tenant = :tenant AND (k.account = :account OR k.email_key = :email_key)
ORDER BY p.page;

-- name: proposals_unname :exec
-- What was proposed stays as a record; the name of the person who did is not shown any more.
UPDATE proposal
SET proposer_shown = NULL
WHERE tenant = :tenant AND proposer_kind = 'person' AND page IN (SELECT page
    FROM proposal_contact
    WHERE tenant = :tenant AND (account = :account OR email_key = :email_key));

-- name: proposal_contacts_erase :exec
-- Who proposed it and how they were reached; the follow code still shows what became of it.
UPDATE proposal_contact
SET account = NULL, name = NULL, email = NULL, email_key = NULL, phone = NULL, adult = NULL
WHERE tenant = :tenant AND (account = :account OR email_key = :email_key);

-- name: proposal_events_erase :exec
-- The account does not stand behind what happened any more.
UPDATE proposal_event
SET by_account = NULL
WHERE tenant = :tenant AND by_account = :account;

-- name: proposals_untaken :one
-- How many of a round nobody has taken yet.
SELECT COUNT(*)
FROM proposal
WHERE tenant = :tenant AND campaign = :campaign AND state = 'received';

-- name: proposal_by_number :one
-- The page of a proposal by its number in the round.
SELECT page
FROM proposal
WHERE tenant = :tenant AND campaign = :campaign AND number = :number;

-- name: proposal_hand_on :exec
-- It is no proposal: handed on, told, never shown; nothing changes when somebody else was first.
UPDATE proposal
SET state = 'not_admitted', officer = :account, outcome_reason = :words, outcome_at = :now,
    contacted_on = :contacted_on, revision = revision + 1
WHERE tenant = :tenant AND page = :page AND revision = :revision AND state = 'received';
