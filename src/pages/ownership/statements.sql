-- Who answers for which pages.

-- name: owner_put :exec
-- Nothing changes when somebody else was first.
UPDATE page
SET page_owner = :page_owner, substitute = :substitute, revision = revision + 1
WHERE tenant = :tenant AND id = :id AND revision = :revision AND state <> 'disposed';

-- name: pages_without_owner :many
-- Those with no owner, with one whose account is gone, or whose owner may not publish any more.
SELECT p.id, p.kind, p.slug, p.title, p.state, s.name AS substitute_name
FROM page p
    LEFT JOIN account s ON s.tenant = p.tenant AND s.id = p.substitute AND s.deleted_at IS NULL
WHERE p.tenant = :tenant AND p.state IN ('draft', 'review', 'published', 'unpublished')
    AND NOT EXISTS (SELECT 1 FROM account_role r
        WHERE r.tenant = p.tenant AND r.account = p.page_owner
            AND r.role IN ('communications', 'process_lead', 'organiser', 'coordinator'))
ORDER BY p.updated_at DESC, p.id DESC
LIMIT 101;

-- name: owners_all :many
-- Those who own or stand in for something, with how much.
SELECT a.id, a.name, a.email,
    (SELECT COUNT(*) FROM page p WHERE p.tenant = a.tenant AND p.page_owner = a.id
        AND p.state <> 'disposed') AS owned,
    (SELECT COUNT(*) FROM page p WHERE p.tenant = a.tenant AND p.substitute = a.id
        AND p.state <> 'disposed') AS substituted,
    (SELECT COUNT(*) FROM task t WHERE t.tenant = a.tenant AND t.account = a.id
        AND t.done_at IS NULL) AS tasks
FROM account a
WHERE a.tenant = :tenant AND a.deleted_at IS NULL
    AND (EXISTS (SELECT 1 FROM page p WHERE p.tenant = a.tenant AND p.page_owner = a.id)
        OR EXISTS (SELECT 1 FROM page p WHERE p.tenant = a.tenant AND p.substitute = a.id)
        OR EXISTS (SELECT 1 FROM task t WHERE t.tenant = a.tenant AND t.account = a.id
            AND t.done_at IS NULL))
ORDER BY a.name COLLATE sv NULLS LAST, a.id
LIMIT 200;

-- name: hand_over_history :exec
-- A row of history for each page that gets another owner.
INSERT INTO page_revision (tenant, page, revision, account, made_at, act, reason)
SELECT p.tenant, p.id, p.revision + 1, CAST(:by AS bigint), CAST(:now AS bigint), 'handed_over',
    NULL
FROM page p
WHERE p.tenant = :tenant AND p.state <> 'disposed'
    AND (p.page_owner = :leaver OR p.substitute = :leaver);

-- name: hand_over_pages :exec
-- Owner and substitute in one go; nobody steps in for themselves.
UPDATE page
SET revision = revision + 1,
    page_owner = CASE WHEN page_owner = :leaver THEN :heir ELSE page_owner END,
    substitute = CASE
        WHEN substitute = :leaver AND page_owner = :heir THEN NULL
        WHEN substitute = :leaver THEN :heir
        WHEN substitute = :heir AND page_owner = :leaver THEN NULL
        ELSE substitute END
WHERE tenant = :tenant AND state <> 'disposed'
    AND (page_owner = :leaver OR substitute = :leaver);
