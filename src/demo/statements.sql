-- name: demo_organisation_settle :exec
-- What the first hour would have filled in, by a municipality that is open.
UPDATE organisation
SET controller = :controller, registry = :registry, dpo = 'dataskydd@ljungsjo.example',
    mailbox = 'dialog@ljungsjo.example', sender = 'dialog@ljungsjo.example',
    phone = '0980-31 92 00', inhabitants = 11840, languages = 'sv en',
    statement_accepted_at = :now, opened_at = :now, state = 'open', revision = revision + 1
WHERE id = :tenant

-- name: demo_page_by_title :one
-- A page of the demonstration, to hang its translation on.
SELECT id FROM page WHERE tenant = :tenant AND kind = 'information' AND title = :title

-- name: demo_session_prove :exec
-- A session of the demonstration counts as proved by a second factor.
UPDATE session SET proved_at = :now WHERE tenant = :tenant AND secret = :secret

-- name: demo_second_factors_add :exec
-- Everybody on the staff has a second factor, whose secret nobody knows: /demo stands in for it.
INSERT INTO second_factor (tenant, account, secret, made_at, last_step)
SELECT tenant, account, :secret, :now, 0 FROM account_role WHERE tenant = :tenant
GROUP BY tenant, account
