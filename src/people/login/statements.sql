-- name: proof_begin :one
-- A proof begun in a browser, in place of the one before.
INSERT INTO address_proof (tenant, browser, purpose, account, email, email_key, code, link,
    remember, next, begun_at, ends_at)
VALUES (:tenant, :browser, :purpose, :account, :email, :email_key, :code, :link, :remember, :next,
    :now, :ends_at)
ON CONFLICT (tenant, browser, purpose) DO UPDATE SET account = excluded.account,
    email = excluded.email, email_key = excluded.email_key, code = excluded.code,
    link = excluded.link, attempts = 0, remember = excluded.remember,
    next = excluded.next, begun_at = excluded.begun_at, ends_at = excluded.ends_at
RETURNING id;

-- name: proof_of_browser :one
-- What was begun in this browser, and whether this is the code that was sent.
SELECT id, purpose, account, email, attempts, remember, next, begun_at, ends_at,
    1 AS browser_fits, CASE WHEN code = :code THEN 1 ELSE 0 END AS code_fits
FROM address_proof WHERE tenant = :tenant AND browser = :browser AND purpose = :purpose;

-- name: proof_of_link :one
-- What a link belongs to, and whether it was begun in this browser.
SELECT id, purpose, account, email, attempts, remember, next, begun_at, ends_at,
    1 AS code_fits, CASE WHEN browser = :browser THEN 1 ELSE 0 END AS browser_fits
FROM address_proof WHERE tenant = :tenant AND link = :link;

-- name: proof_missed :exec
-- One wrong code more.
UPDATE address_proof SET attempts = attempts + 1
WHERE tenant = :tenant AND id = :id AND attempts < 5;

-- name: proof_finish :exec
-- Taken once: who changes a row has it.
DELETE FROM address_proof WHERE tenant = :tenant AND id = :id AND ends_at > :now;

-- name: proof_erase_account :exec
-- What an account, or somebody with its address, has begun.
DELETE FROM address_proof WHERE tenant = :tenant
    AND (account = :account OR email_key = (SELECT account.email_key FROM account
        WHERE account.tenant = :tenant AND account.id = :account));

-- name: proof_purge :exec
-- Those whose time is over.
DELETE FROM address_proof WHERE tenant = :tenant AND ends_at < :now;
