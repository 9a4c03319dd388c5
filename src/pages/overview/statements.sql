-- The staff's list of pages.

-- name: overview_pages :many
-- Pages by the last change, from an instant back: all, or one's own. Of the kinds in :coming_in,
-- which has a blank around each, what nobody has taken yet is left out.
SELECT p.id, p.kind, p.slug, p.language, p.variant, p.title, p.state, p.page_owner,
    o.name AS owner_name, p.published_at, p.updated_at, p.text_at,
    original.text_at AS original_text_at
FROM page p
    LEFT JOIN account o ON o.tenant = p.tenant AND o.id = p.page_owner
    LEFT JOIN page original ON original.tenant = p.tenant AND original.id = p.translation_of
WHERE p.tenant = :tenant AND p.state <> 'disposed'
    AND (:state = '' OR p.state = :state)
    AND p.title_key LIKE :pattern ESCAPE '\'
    AND (p.state <> 'draft' OR :coming_in NOT LIKE '% ' || p.kind || ' %')
    AND (:everything = 1 OR p.page_owner = :account OR p.author = :account
        OR p.substitute = :account)
    AND (p.updated_at < :before_at OR (p.updated_at = :before_at AND p.id < :before_id))
ORDER BY p.updated_at DESC, p.id DESC
LIMIT 51;

-- name: overview_counts :many
-- How many there are in each state: of all, or of one's own.
SELECT state, COUNT(*) AS count
FROM page
WHERE tenant = :tenant AND state <> 'disposed'
    AND title_key LIKE :pattern ESCAPE '\'
    AND (state <> 'draft' OR :coming_in NOT LIKE '% ' || kind || ' %')
    AND (:everything = 1 OR page_owner = :account OR author = :account OR substitute = :account)
GROUP BY state
ORDER BY state;
