-- name: organisation_find :one
-- An organisation as other capabilities see it.
SELECT id, host, name, state, theme, colour, languages, mailbox, phone, controller, dpo, sender,
    revision
FROM organisation
WHERE id = :tenant

-- name: organisation_by_host :one
-- The organisation that answers on a host name; a closed one answers no more.
SELECT id, host, name, state, theme, colour, languages, mailbox, phone, controller, dpo, sender,
    revision
FROM organisation
WHERE host = :host AND state <> 'closed'

-- name: organisation_settings :one
-- All settings of an organisation.
SELECT id, host, kind, name, municipality, county, inhabitants, organisation_number, state, theme,
    colour, languages, mailbox, phone, controller, dpo, sender, registry, statement_accepted_at,
    opened_at, revision
FROM organisation
WHERE id = :tenant

-- name: organisation_any :one
-- 1 when there is an organisation, 0 in an empty database.
SELECT count(*) AS organisations
FROM (SELECT id FROM organisation LIMIT 1) AS one

-- name: organisation_insert :one
-- A new organisation in preparation; no row when its host name is taken.
INSERT INTO organisation (host, kind, name, municipality, county, created_at)
VALUES (:host, :kind, :name, :municipality, :county, :now)
ON CONFLICT (host) DO NOTHING
RETURNING id

-- name: organisation_first_insert :exec
-- Spends the set-up code: no row is written when an organisation was made with it.
INSERT INTO first_organisation (one, tenant, made_at)
VALUES (1, :tenant, :now)
ON CONFLICT (one) DO NOTHING

-- name: organisation_set_about :exec
-- The heading "Om er", when nobody changed anything since the form was shown.
UPDATE organisation
SET name = :name, organisation_number = :organisation_number, inhabitants = :inhabitants,
    revision = revision + 1
WHERE id = :tenant AND revision = :revision

-- name: organisation_set_municipality :exec
-- The municipality or region that was picked, with the name that goes with it.
UPDATE organisation
SET kind = :kind, name = :name, municipality = :municipality, county = :county,
    revision = revision + 1
WHERE id = :tenant AND revision = :revision

-- name: organisation_set_responsibility :exec
-- The heading "Ansvar".
UPDATE organisation
SET controller = :controller, dpo = :dpo, registry = :registry, revision = revision + 1
WHERE id = :tenant AND revision = :revision

-- name: organisation_set_appearance :exec
-- The heading "Utseende".
UPDATE organisation
SET theme = :theme, colour = :colour, revision = revision + 1
WHERE id = :tenant AND revision = :revision

-- name: organisation_set_contact :exec
-- The heading "Språk och kontakt".
UPDATE organisation
SET languages = :languages, mailbox = :mailbox, phone = :phone, sender = :sender,
    revision = revision + 1
WHERE id = :tenant AND revision = :revision

-- name: organisation_accept_statement :exec
-- The accessibility statement was read and accepted; accepting again changes nothing.
UPDATE organisation
SET statement_accepted_at = :now, revision = revision + 1
WHERE id = :tenant AND statement_accepted_at IS NULL

-- name: organisation_set_state :exec
-- From one state to another, when it still is in the first.
UPDATE organisation
SET state = :to_state, opened_at = coalesce(opened_at, :opened_at), revision = revision + 1
WHERE id = :tenant AND state = :from_state

-- name: organisations_all :many
-- Every organisation of the program, for what runs from the command line.
SELECT id, host, name FROM organisation ORDER BY id
