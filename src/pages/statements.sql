-- Rows of pages, their words and their history. Columns of a page stand in the order of PAGE_ROW.

-- name: page_by_id :one
-- The page with a number.
SELECT id, kind, slug, language, variant, translation_of, title, state, author, page_owner,
    substitute, revision, reason, created_at, text_at, published_at, updated_at
FROM page
WHERE tenant = :tenant AND id = :id;

-- name: page_by_slug :one
-- The page of a kind at an address.
SELECT id, kind, slug, language, variant, translation_of, title, state, author, page_owner,
    substitute, revision, reason, created_at, text_at, published_at, updated_at
FROM page
WHERE tenant = :tenant AND kind = :kind AND slug = :slug;

-- name: page_insert :one
-- Nothing comes back when the address is taken.
INSERT INTO page (tenant, kind, slug, language, variant, translation_of, title, title_key, state,
    author, page_owner, substitute, record_class, created_at, text_at, updated_at)
VALUES (:tenant, :kind, :slug, :language, :variant, :translation_of, :title, :title_key, 'draft',
    :author, :page_owner, :substitute, :record_class, :now, :now, :now)
ON CONFLICT (tenant, kind, slug) DO NOTHING
RETURNING id;

-- name: page_text_by_page :one
-- Lead and body.
SELECT lead, body
FROM page_text
WHERE tenant = :tenant AND page = :page;

-- name: page_text_put :exec
-- Lead and body, the first ones or others.
INSERT INTO page_text (tenant, page, lead, body)
VALUES (:tenant, :page, :lead, :body)
ON CONFLICT (tenant, page) DO UPDATE SET lead = excluded.lead, body = excluded.body;

-- name: page_save :exec
-- Nothing changes when somebody else was first.
UPDATE page
SET title = :title, title_key = :title_key, language = :language, revision = revision + 1,
    text_at = :now, updated_at = :now
WHERE tenant = :tenant AND id = :id AND revision = :revision
    AND state IN ('draft', 'review', 'published', 'unpublished');

-- name: page_state_put :exec
-- From one state to another; nothing changes when somebody else was first.
UPDATE page
SET state = :state, revision = revision + 1, reason = :reason,
    published_at = CASE WHEN :state = 'published' AND published_at IS NULL THEN :now
        ELSE published_at END,
    updated_at = :now
WHERE tenant = :tenant AND id = :id AND revision = :revision AND state = :from_state;

-- name: page_dispose :exec
-- What made it a page is gone; the row stays so that what refers to it still fits.
UPDATE page
SET state = 'disposed', revision = revision + 1, title = :title, title_key = :title, slug = :slug,
    reason = NULL, disposal = :disposal, updated_at = :now
WHERE tenant = :tenant AND id = :id AND revision = :revision AND state = 'archived';

-- name: page_text_remove :exec
-- The words of a page that is disposed of.
DELETE FROM page_text
WHERE tenant = :tenant AND page = :page;

-- name: page_revisions_remove :exec
-- The history of a page that is disposed of.
DELETE FROM page_revision
WHERE tenant = :tenant AND page = :page;

-- name: page_revision_insert :exec
-- One row of history, in the transaction of the change.
INSERT INTO page_revision (tenant, page, revision, account, made_at, act, reason, restored_from,
    title, lead, body)
VALUES (:tenant, :page, :revision, :account, :now, :act, :reason, :restored_from, :title, :lead,
    :body);

-- name: tenants_all :many
-- Organisations that are not closed, for jobs that go through all.
SELECT id
FROM organisation
WHERE state <> 'closed'
ORDER BY id;

-- name: pages_of_account :many
-- Pages that a person wrote or answers for, for the register extract.
SELECT id, title, state, CASE WHEN author = :account THEN 1 ELSE 0 END AS is_author,
    CASE WHEN page_owner = :account THEN 1 ELSE 0 END AS is_owner,
    CASE WHEN substitute = :account THEN 1 ELSE 0 END AS is_substitute
FROM page
WHERE tenant = :tenant AND (author = :account OR page_owner = :account OR substitute = :account)
ORDER BY id;

-- name: pages_disown :exec
-- The account answers for no page any more; what it wrote keeps its author.
UPDATE page
SET page_owner = CASE WHEN page_owner = :account THEN NULL ELSE page_owner END,
    substitute = CASE WHEN substitute = :account THEN NULL ELSE substitute END
WHERE tenant = :tenant AND (page_owner = :account OR substitute = :account);
