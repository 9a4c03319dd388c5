-- name: setup_facts :one
-- What the check list can see of an organisation, in one row.
SELECT name, host, state, organisation_number, mailbox, sender, controller, dpo, registry,
    statement_accepted_at,
    (SELECT count(*) FROM account_role
        JOIN second_factor ON second_factor.tenant = account_role.tenant
            AND second_factor.account = account_role.account
        WHERE account_role.tenant = :tenant AND account_role.role = 'administrator'
            AND account_role.ends_at IS NULL) AS administrators_proved,
    (SELECT count(DISTINCT account_role.account) FROM account_role
        WHERE account_role.tenant = :tenant
            AND account_role.role NOT IN ('administrator', 'operator', 'association'))
        AS colleagues,
    (SELECT count(*) FROM invitation
        WHERE invitation.tenant = :tenant AND invitation.accepted_at IS NULL
            AND invitation.withdrawn_at IS NULL AND invitation.roles <> 'administrator') AS invited
FROM organisation
WHERE id = :tenant

-- name: setup_said :many
-- What administrators have said of the steps, with the owner's name.
SELECT setup_step.step, setup_step.state, setup_step.owner, account.name, account.email,
    setup_step.due_at
FROM setup_step
LEFT JOIN account ON account.tenant = setup_step.tenant AND account.id = setup_step.owner
WHERE setup_step.tenant = :tenant

-- name: setup_say :exec
-- Done outside the program, or later by somebody.
INSERT INTO setup_step (tenant, step, state, owner, due_at, noted_by, noted_at)
VALUES (:tenant, :step, :state, :owner, :due_at, :noted_by, :now)
ON CONFLICT (tenant, step) DO UPDATE SET state = excluded.state, owner = excluded.owner,
    due_at = excluded.due_at, noted_by = excluded.noted_by, noted_at = excluded.noted_at

-- name: setup_unsay :exec
-- What was said no longer holds.
DELETE FROM setup_step WHERE tenant = :tenant AND step = :step

-- name: setup_forget_account :exec
-- An account that is deleted owns no step any more.
DELETE FROM setup_step WHERE tenant = :tenant AND (owner = :account OR noted_by = :account)

-- name: setup_first :one
-- The organisation that was made with the set-up code, while it is being prepared.
SELECT organisation.name, organisation.host
FROM first_organisation
JOIN organisation ON organisation.id = first_organisation.tenant
WHERE organisation.state = 'preparing'

-- name: setup_of_account :one
-- For the register extract: how many steps the account owns or noted.
SELECT count(*) AS steps
FROM setup_step
WHERE tenant = :tenant AND (owner = :account OR noted_by = :account)
