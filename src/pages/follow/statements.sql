-- Follows, the requests before them, and what followers are told.

-- name: follow_put :one
-- Follows, or changes how often; the key stays the one that stands in mails already sent.
INSERT INTO follow (tenant, page, account, email, email_key, language, frequency, leave_key,
    made_at, told_at)
VALUES (:tenant, :page, :account, :email, :email_key, :language, :frequency, :leave_key, :now, :now)
ON CONFLICT (tenant, page, email_key) DO UPDATE
SET frequency = excluded.frequency, language = excluded.language,
    account = COALESCE(excluded.account, follow.account)
RETURNING leave_key;

-- name: follow_by_key :one
-- The follow that a link in a mail belongs to.
SELECT f.id, f.page, p.title, p.kind, p.slug, p.state, f.frequency, f.leave_key, f.made_at
FROM follow f
    LEFT JOIN page p ON p.tenant = f.tenant AND p.id = f.page
WHERE f.tenant = :tenant AND f.leave_key = :leave_key;

-- name: follow_by_account :many
-- What an account follows.
SELECT f.id, f.page, p.title, p.kind, p.slug, p.state, f.frequency, f.leave_key, f.made_at
FROM follow f
    LEFT JOIN page p ON p.tenant = f.tenant AND p.id = f.page
WHERE f.tenant = :tenant AND f.account = :account
ORDER BY f.page, f.id;

-- name: follow_frequency_put :exec
-- Another frequency, by the link in a mail.
UPDATE follow
SET frequency = :frequency
WHERE tenant = :tenant AND leave_key = :leave_key;

-- name: follow_leave :exec
-- Leaves, by the link in a mail.
DELETE FROM follow
WHERE tenant = :tenant AND leave_key = :leave_key;

-- name: follow_request_insert :exec
-- An address that is to be confirmed by a code.
INSERT INTO follow_request (tenant, request_key, page, email, email_key, language, frequency,
    code_hash, made_at, ends_at)
VALUES (:tenant, :request_key, :page, :email, :email_key, :language, :frequency, :code_hash, :now,
    :ends_at);

-- name: follow_request_by_key :one
-- The request whose code is being typed.
SELECT r.request_key, r.page, p.title, r.email, r.email_key, r.language, r.frequency, r.code_hash,
    r.tries, r.ends_at, r.confirmed_at
FROM follow_request r
    LEFT JOIN page p ON p.tenant = r.tenant AND p.id = r.page
WHERE r.tenant = :tenant AND r.request_key = :request_key;

-- name: follow_request_wrong :exec
-- One wrong code more.
UPDATE follow_request
SET tries = tries + 1
WHERE tenant = :tenant AND request_key = :request_key;

-- name: follow_request_done :exec
-- Confirmed once; a second press changes nothing.
UPDATE follow_request
SET confirmed_at = :now
WHERE tenant = :tenant AND request_key = :request_key AND confirmed_at IS NULL;

-- name: follow_requests_end :exec
-- Those whose time is over.
DELETE FROM follow_request
WHERE tenant = :tenant AND made_at < :before;

-- name: page_news_insert :one
-- Something to tell; gives its number.
INSERT INTO page_news (tenant, page, what, made_at)
VALUES (:tenant, :page, :what, :now)
RETURNING id;

-- name: page_news_by_id :one
-- What is told, if it still can be read.
SELECT n.id, n.page, n.what, n.made_at, p.title, p.kind, p.slug, p.state
FROM page_news n
    JOIN page p ON p.tenant = n.tenant AND p.id = n.page
WHERE n.tenant = :tenant AND n.id = :id;

-- name: follow_to_tell :many
-- Those who want it at once, a portion at a time.
SELECT id, account, email, language, leave_key
FROM follow
WHERE tenant = :tenant AND frequency = 'at_once' AND id > :after
    AND (page = :page OR (page = 0 AND :what = 'published'))
ORDER BY id
LIMIT 200;

-- name: follow_digest_next :many
-- Addresses that have something to hear of, one row each, a portion at a time.
SELECT f.email_key, MIN(f.email) AS email, MAX(f.account) AS account, MIN(f.language) AS language
FROM follow f
WHERE f.tenant = :tenant AND f.frequency = :frequency AND f.told_at < :slot
    AND f.email_key > :after
    AND EXISTS (SELECT 1 FROM page_news n
        JOIN page p ON p.tenant = n.tenant AND p.id = n.page
        WHERE n.tenant = f.tenant AND n.made_at > f.told_at AND n.made_at <= :slot
            AND p.state = 'published'
            AND (n.page = f.page OR (f.page = 0 AND n.what = 'published')))
GROUP BY f.email_key
ORDER BY f.email_key
LIMIT 100;

-- name: follow_digest_news :many
-- What one address has to hear of: each page once, the newest first.
SELECT n.page, MAX(n.made_at) AS made_at, p.title, p.kind, p.slug
FROM follow f
    JOIN page_news n ON n.tenant = f.tenant AND n.made_at > f.told_at AND n.made_at <= :slot
        AND (n.page = f.page OR (f.page = 0 AND n.what = 'published'))
    JOIN page p ON p.tenant = n.tenant AND p.id = n.page AND p.state = 'published'
WHERE f.tenant = :tenant AND f.email_key = :email_key AND f.frequency = :frequency
    AND f.told_at < :slot
GROUP BY n.page, p.title, p.kind, p.slug
ORDER BY MAX(n.made_at) DESC, n.page
LIMIT 50;

-- name: follow_digest_follows :many
-- What the address follows with this frequency: each can be left.
SELECT f.page, p.title, f.leave_key
FROM follow f
    LEFT JOIN page p ON p.tenant = f.tenant AND p.id = f.page
WHERE f.tenant = :tenant AND f.email_key = :email_key AND f.frequency = :frequency
ORDER BY f.page
LIMIT 50;

-- name: follow_told :exec
-- The address has heard of all until then.
UPDATE follow
SET told_at = :slot
WHERE tenant = :tenant AND email_key = :email_key AND frequency = :frequency AND told_at < :slot;

-- name: page_news_end :exec
-- News that every digest has told.
DELETE FROM page_news
WHERE tenant = :tenant AND made_at < :before;

-- name: follows_of_account :many
-- What a person follows, for the register extract.
SELECT f.page, p.title, f.email, f.frequency, f.made_at
FROM follow f
    LEFT JOIN page p ON p.tenant = f.tenant AND p.id = f.page
WHERE f.tenant = :tenant AND (f.account = :account OR f.email_key = :email_key)
ORDER BY f.id;

-- name: follows_erase :exec
-- All of an account or address that is deleted.
DELETE FROM follow
WHERE tenant = :tenant AND (account = :account OR email_key = :email_key);

-- name: follow_requests_erase :exec
-- All of an address that is deleted.
DELETE FROM follow_request
WHERE tenant = :tenant AND email_key = :email_key;
