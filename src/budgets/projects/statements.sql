-- Projects: what becomes of the proposals that got money.

-- name: project_begin :exec
-- To be carried out; nothing changes when it is known already.
INSERT INTO project (tenant, page, campaign, state)
VALUES (:tenant, :page, :campaign, 'decided')
ON CONFLICT (tenant, page) DO NOTHING;

-- name: project_by_page :one
-- One project with what its page tells.
SELECT j.page, j.campaign, j.state, j.department, j.contact, j.planned_on, COALESCE(j.cost_now, 0)
        AS cost_now, CASE WHEN j.cost_now IS NULL THEN 0 ELSE 1 END AS has_cost, j.opening_at,
    j.opening_place, j.decision, j.revision, p.title, p.slug, c.slug AS campaign_slug,
    c.title AS campaign_title, COALESCE(o.investment, 0) AS estimate,
    CASE WHEN o.investment IS NULL THEN 0 ELSE 1 END AS has_estimate, r.decision AS result_decision
FROM project j
    JOIN page p ON p.tenant = j.tenant AND p.id = j.page
    JOIN page c ON c.tenant = j.tenant AND c.id = j.campaign
    LEFT JOIN proposal o ON o.tenant = j.tenant AND o.page = j.page
    LEFT JOIN budget_result r ON r.tenant = j.tenant AND r.campaign = j.campaign
        AND r.state = 'decided'
WHERE j.tenant = :tenant AND j.page = :page;

-- name: project_brief :one
-- How far a project is, and what was said last.
SELECT j.state, j.planned_on, j.opening_at, n.words, n.at AS told_at,
    (SELECT MIN(b.at) FROM project_news b
        WHERE b.tenant = j.tenant AND b.page = j.page AND b.state = 'ongoing') AS begun_at,
    (SELECT MIN(d.at) FROM project_news d
        WHERE d.tenant = j.tenant AND d.page = j.page AND d.state = 'done') AS done_at
FROM project j
    LEFT JOIN project_news n ON n.tenant = j.tenant AND n.page = j.page
        AND n.id = (SELECT MAX(l.id) FROM project_news l
            WHERE l.tenant = j.tenant AND l.page = j.page AND l.words <> '')
WHERE j.tenant = :tenant AND j.page = :page;

-- name: project_page_by_slug :one
-- The number of the proposal at an address.
SELECT id
FROM page
WHERE tenant = :tenant AND kind = 'proposal' AND slug = :slug;

-- name: projects_of_campaign :many
-- All of a round; those that wait longest first.
SELECT j.page, j.campaign, j.state, j.department, j.contact, j.planned_on, COALESCE(j.cost_now, 0)
        AS cost_now, CASE WHEN j.cost_now IS NULL THEN 0 ELSE 1 END AS has_cost, j.opening_at,
    j.opening_place, j.decision, j.revision, p.title, p.slug, c.slug AS campaign_slug,
    c.title AS campaign_title, COALESCE(o.investment, 0) AS estimate,
    CASE WHEN o.investment IS NULL THEN 0 ELSE 1 END AS has_estimate, r.decision AS result_decision
FROM project j
    JOIN page p ON p.tenant = j.tenant AND p.id = j.page
    JOIN page c ON c.tenant = j.tenant AND c.id = j.campaign
    LEFT JOIN proposal o ON o.tenant = j.tenant AND o.page = j.page
    LEFT JOIN budget_result r ON r.tenant = j.tenant AND r.campaign = j.campaign
        AND r.state = 'decided'
WHERE j.tenant = :tenant AND j.campaign = :campaign
ORDER BY COALESCE(j.planned_on, 9000000000000000), j.page
LIMIT 2000;

-- name: project_put :exec
-- A change, when nobody else has changed it meanwhile.
UPDATE project
SET state = :state, department = :department, contact = :contact, planned_on = :planned_on,
    cost_now = :cost_now, opening_at = :opening_at, opening_place = :opening_place,
    revision = revision + 1
WHERE tenant = :tenant AND page = :page AND revision = :revision;

-- name: project_drop :exec
-- Not carried out after all, by a decision.
UPDATE project
SET state = 'dropped', decision = :decision, revision = revision + 1
WHERE tenant = :tenant AND page = :page AND state NOT IN ('opened', 'dropped');

-- name: project_news_insert :exec
-- What has happened, as readers see it.
INSERT INTO project_news (tenant, page, state, planned_on, words, by_account, at)
VALUES (:tenant, :page, :state, :planned_on, :words, :account, :now);

-- name: project_news_of_page :many
-- What has happened with one project, newest first.
SELECT state, planned_on, words, at
FROM project_news
WHERE tenant = :tenant AND page = :page
ORDER BY id DESC
LIMIT 200;
