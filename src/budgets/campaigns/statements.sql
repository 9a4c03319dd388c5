-- Rounds with what their stage is made of. Columns of a round stand in the order of CAMPAIGN_ROW.

-- name: campaign_by_page :one
-- A round by the number of its page.
SELECT c.page, p.slug, p.title, t.lead, p.state AS page_state, p.author, p.page_owner,
    p.substitute, p.revision, c.places, c.who_may_propose, c.who_may_vote, c.eligible,
    c.ballot_kind, c.most_choices, c.allocation, c.satisfaction, c.least_votes, c.ties,
    c.late_until, c.leftover, c.origin,
    (SELECT MAX(d.id) FROM decision d WHERE d.tenant = c.tenant AND d.page = c.page
        AND d.kind = 'framework' AND d.replaced_by IS NULL) AS framework,
    r.version AS result_version, CASE WHEN r.state = 'decided' THEN 'decided'
        WHEN r.attested_at IS NOT NULL AND r.publish_at <= :now THEN 'recommended'
        ELSE 'preliminary' END AS result_state,
    (SELECT COUNT(*) FROM project j WHERE j.tenant = c.tenant AND j.campaign = c.page
        AND j.state <> 'decided') AS projects_begun,
    (SELECT COUNT(*) FROM project j WHERE j.tenant = c.tenant AND j.campaign = c.page
        AND j.state NOT IN ('opened', 'dropped')) AS projects_left
FROM campaign c
    JOIN page p ON p.tenant = c.tenant AND p.id = c.page
    LEFT JOIN page_text t ON t.tenant = c.tenant AND t.page = c.page
    LEFT JOIN budget_result r ON r.tenant = c.tenant AND r.campaign = c.page AND r.version =
        COALESCE((SELECT MAX(l.version) FROM budget_result l WHERE l.tenant = c.tenant
                AND l.campaign = c.page AND l.attested_at IS NOT NULL AND l.publish_at <= :now),
            (SELECT MAX(l.version) FROM budget_result l WHERE l.tenant = c.tenant
                AND l.campaign = c.page))
WHERE c.tenant = :tenant AND c.page = :page;

-- name: campaign_page_by_slug :one
-- The number of the round at an address.
SELECT id
FROM page
WHERE tenant = :tenant AND kind = 'budget' AND slug = :slug;

-- name: campaign_dates :many
-- Its steps that have a date; the caller sorts them.
SELECT step, starts_at, ends_at, about
FROM campaign_step
WHERE tenant = :tenant AND campaign = :campaign
ORDER BY step
LIMIT 9;

-- name: campaign_pots :many
-- Its pots.
SELECT pot, title, sum, proposers, about
FROM campaign_pot
WHERE tenant = :tenant AND campaign = :campaign
ORDER BY pot
LIMIT 20;

-- name: campaign_criteria :many
-- Its criteria.
SELECT criterion, title, about
FROM campaign_criterion
WHERE tenant = :tenant AND campaign = :campaign
ORDER BY criterion
LIMIT 20;

-- name: campaign_insert :exec
-- A round begins with what the columns say by themselves.
INSERT INTO campaign (tenant, page, origin)
VALUES (:tenant, :page, :origin);

-- name: campaign_by_origin :one
-- How many rounds were imported from a file of this name.
SELECT COUNT(*) AS rounds
FROM campaign
WHERE tenant = :tenant AND origin = :origin;

-- name: campaign_about_put :exec
-- What people read of who it is for.
UPDATE campaign
SET places = :places, who_may_propose = :who_may_propose, who_may_vote = :who_may_vote
WHERE tenant = :tenant AND page = :page;

-- name: campaign_rules_put :exec
-- What decides the result.
UPDATE campaign
SET eligible = :eligible, ballot_kind = :ballot_kind, most_choices = :most_choices,
    allocation = :allocation, satisfaction = :satisfaction, least_votes = :least_votes,
    ties = :ties, leftover = :leftover
WHERE tenant = :tenant AND page = :page;

-- name: campaign_late_put :exec
-- Until when posted paper is waited for.
UPDATE campaign
SET late_until = :late_until
WHERE tenant = :tenant AND page = :page;

-- name: campaign_step_put :exec
-- A step's date, the first or another.
INSERT INTO campaign_step (tenant, campaign, step, starts_at, ends_at, about)
VALUES (:tenant, :campaign, :step, :starts_at, :ends_at, :about)
ON CONFLICT (tenant, campaign, step) DO UPDATE SET starts_at = excluded.starts_at,
    ends_at = excluded.ends_at, about = excluded.about;

-- name: campaign_step_remove :exec
-- A step without a date.
DELETE FROM campaign_step
WHERE tenant = :tenant AND campaign = :campaign AND step = :step;

-- name: campaign_pot_put :exec
-- A pot, new or changed.
INSERT INTO campaign_pot (tenant, campaign, pot, title, sum, proposers, about)
VALUES (:tenant, :campaign, :pot, :title, :sum, :proposers, :about)
ON CONFLICT (tenant, campaign, pot) DO UPDATE SET title = excluded.title, sum = excluded.sum,
    proposers = excluded.proposers, about = excluded.about;

-- name: campaign_pot_remove :exec
-- A pot taken away again.
DELETE FROM campaign_pot
WHERE tenant = :tenant AND campaign = :campaign AND pot = :pot;

-- name: campaign_criterion_put :exec
-- A criterion, new or changed.
INSERT INTO campaign_criterion (tenant, campaign, criterion, title, about)
VALUES (:tenant, :campaign, :criterion, :title, :about)
ON CONFLICT (tenant, campaign, criterion) DO UPDATE SET title = excluded.title,
    about = excluded.about;

-- name: campaign_criterion_remove :exec
-- A criterion taken away again.
DELETE FROM campaign_criterion
WHERE tenant = :tenant AND campaign = :campaign AND criterion = :criterion;

-- name: campaign_lines :many
-- Rounds of which readers may know, or those that staff prepares, newest first.
SELECT c.page, p.slug, p.language, p.title, t.lead, p.state AS page_state,
    (SELECT MAX(d.id) FROM decision d WHERE d.tenant = c.tenant AND d.page = c.page
        AND d.kind = 'framework' AND d.replaced_by IS NULL) AS framework,
    (SELECT s.starts_at FROM campaign_step s WHERE s.tenant = c.tenant AND s.campaign = c.page
        AND s.step = 'ideas') AS ideas_at,
    (SELECT s.ends_at FROM campaign_step s WHERE s.tenant = c.tenant AND s.campaign = c.page
        AND s.step = 'ideas') AS ideas_until,
    (SELECT s.starts_at FROM campaign_step s WHERE s.tenant = c.tenant AND s.campaign = c.page
        AND s.step = 'vote') AS vote_at,
    COALESCE(b.state, 'draft') AS poll_state, b.opens_at, b.closes_at, b.paused_at,
    r.version AS result_version, CASE WHEN r.state = 'decided' THEN 'decided'
        WHEN r.attested_at IS NOT NULL AND r.publish_at <= :now THEN 'recommended'
        ELSE 'preliminary' END AS result_state,
    (SELECT COUNT(*) FROM project j WHERE j.tenant = c.tenant AND j.campaign = c.page
        AND j.state <> 'decided') AS projects_begun,
    (SELECT COUNT(*) FROM project j WHERE j.tenant = c.tenant AND j.campaign = c.page
        AND j.state NOT IN ('opened', 'dropped')) AS projects_left
FROM page p
    JOIN campaign c ON c.tenant = p.tenant AND c.page = p.id
    LEFT JOIN page_text t ON t.tenant = p.tenant AND t.page = p.id
    LEFT JOIN poll b ON b.tenant = p.tenant AND b.page = p.id
    LEFT JOIN budget_result r ON r.tenant = c.tenant AND r.campaign = c.page AND r.version =
        COALESCE((SELECT MAX(l.version) FROM budget_result l WHERE l.tenant = c.tenant
                AND l.campaign = c.page AND l.attested_at IS NOT NULL AND l.publish_at <= :now),
            (SELECT MAX(l.version) FROM budget_result l WHERE l.tenant = c.tenant
                AND l.campaign = c.page))
WHERE p.tenant = :tenant AND p.kind = 'budget'
    AND (p.state IN ('published', 'archived') OR (:drafts = 1 AND p.state IN ('draft', 'review')))
ORDER BY p.id DESC
LIMIT 100;
