-- History of a page.

-- name: history_of_page :many
-- Changes of a page, the newest first, from a revision back.
SELECT r.revision, r.act, r.made_at, a.name AS account_name, r.reason, r.restored_from,
    CASE WHEN r.title IS NULL THEN 0 ELSE 1 END AS has_words
FROM page_revision r
    LEFT JOIN account a ON a.tenant = r.tenant AND a.id = r.account
WHERE r.tenant = :tenant AND r.page = :page AND r.revision < :before
ORDER BY r.revision DESC
LIMIT 101;

-- name: history_words :one
-- The words that stood at a revision: its own, or the last ones before it.
SELECT r.revision, r.made_at, a.name AS account_name, r.title, r.lead, r.body
FROM page_revision r
    LEFT JOIN account a ON a.tenant = r.tenant AND a.id = r.account
WHERE r.tenant = :tenant AND r.page = :page AND r.revision <= :revision AND r.title IS NOT NULL
ORDER BY r.revision DESC
LIMIT 1;
