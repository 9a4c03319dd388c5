-- Information pages with their words, people and variants.

-- name: information_by_slug :one
-- The page at an address.
SELECT p.id, p.kind, p.slug, p.language, p.variant, p.translation_of, p.title, p.state, p.author,
    p.page_owner, p.substitute, p.revision, p.reason, p.created_at, p.text_at, p.published_at,
    p.updated_at, t.lead, t.body, o.name AS owner_name, a.name AS author_name,
    original.text_at AS original_text_at
FROM page p
    LEFT JOIN page_text t ON t.tenant = p.tenant AND t.page = p.id
    LEFT JOIN account o ON o.tenant = p.tenant AND o.id = p.page_owner
    LEFT JOIN account a ON a.tenant = p.tenant AND a.id = p.author
    LEFT JOIN page original ON original.tenant = p.tenant AND original.id = p.translation_of
WHERE p.tenant = :tenant AND p.kind = 'information' AND p.slug = :slug;

-- name: information_by_id :one
-- The page with a number.
SELECT p.id, p.kind, p.slug, p.language, p.variant, p.translation_of, p.title, p.state, p.author,
    p.page_owner, p.substitute, p.revision, p.reason, p.created_at, p.text_at, p.published_at,
    p.updated_at, t.lead, t.body, o.name AS owner_name, a.name AS author_name,
    original.text_at AS original_text_at
FROM page p
    LEFT JOIN page_text t ON t.tenant = p.tenant AND t.page = p.id
    LEFT JOIN account o ON o.tenant = p.tenant AND o.id = p.page_owner
    LEFT JOIN account a ON a.tenant = p.tenant AND a.id = p.author
    LEFT JOIN page original ON original.tenant = p.tenant AND original.id = p.translation_of
WHERE p.tenant = :tenant AND p.kind = 'information' AND p.id = :id;

-- name: information_variants :many
-- The published others of the same family: the original and its variants.
SELECT id, slug, title, language, variant, text_at
FROM page
WHERE tenant = :tenant AND state = 'published' AND id <> :id
    AND (id = :original OR translation_of = :original)
ORDER BY language, variant, id
LIMIT 30;

-- name: information_last_saved :one
-- Who saved the words that stand now.
SELECT r.made_at AS saved_at, a.name AS saved_by
FROM page_revision r
    LEFT JOIN account a ON a.tenant = r.tenant AND a.id = r.account
WHERE r.tenant = :tenant AND r.page = :page AND r.title IS NOT NULL
ORDER BY r.revision DESC
LIMIT 1;

-- name: publishers :many
-- Those who may own a page.
SELECT a.id, a.name, a.email, a.language
FROM account a
WHERE a.tenant = :tenant AND a.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM account_role r
        WHERE r.tenant = a.tenant AND r.account = a.id
            AND r.role IN ('communications', 'process_lead', 'organiser', 'coordinator'))
ORDER BY a.name COLLATE sv NULLS LAST, a.id
LIMIT 200;
