-- The start page.

-- name: start_pages :many
-- Published pages in the visitor's language; the original where there is no such variant. Easy-read
-- and sign language are reached from the page.
SELECT p.id, p.kind, p.slug, p.language, p.title, t.lead, p.published_at, p.updated_at
FROM page p
    LEFT JOIN page_text t ON t.tenant = p.tenant AND t.page = p.id
WHERE p.tenant = :tenant AND p.kind = 'information' AND p.state = 'published'
    AND ((p.variant = 'translation' AND p.language = :language)
        OR (p.variant = 'original' AND NOT EXISTS (SELECT 1 FROM page v
            WHERE v.tenant = p.tenant AND v.translation_of = p.id AND v.variant = 'translation'
                AND v.state = 'published' AND v.language = :language)))
ORDER BY p.published_at DESC, p.id DESC
LIMIT 13;
