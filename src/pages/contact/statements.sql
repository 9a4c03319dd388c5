-- What people wrote to the organisation.

-- name: contact_insert :one
-- Nothing comes back when the reference is taken.
INSERT INTO contact (tenant, reference, subject, name, email, email_key, language, message, about,
    account, received_at, due_at)
VALUES (:tenant, :reference, :subject, :name, :email, :email_key, :language, :message, :about,
    :account, :now, :due_at)
ON CONFLICT (tenant, reference) DO NOTHING
RETURNING id;

-- name: contact_by_reference :one
-- For whoever has the reference: what became of it, not what it says.
SELECT reference, subject, state, received_at, due_at, answered_at,
    CASE WHEN email IS NULL THEN 0 ELSE 1 END AS has_email
FROM contact
WHERE tenant = :tenant AND reference = :reference;

-- name: contact_by_id :one
-- One with all that was written, for those who answer.
SELECT c.id, c.reference, c.subject, c.name, c.email, c.language, c.message, c.about, c.received_at,
    c.due_at, c.state, c.owner, o.name AS owner_name, c.answer, c.answered_at,
    b.name AS answered_by_name, c.disposal
FROM contact c
    LEFT JOIN account o ON o.tenant = c.tenant AND o.id = c.owner
    LEFT JOIN account b ON b.tenant = c.tenant AND b.id = c.answered_by
WHERE c.tenant = :tenant AND c.id = :id;

-- name: contact_waiting :many
-- Not yet answered, the most pressing first: all, or one's own.
SELECT c.id, c.reference, c.subject, c.state, c.received_at, c.due_at, c.owner,
    o.name AS owner_name, c.answered_at
FROM contact c
    LEFT JOIN account o ON o.tenant = c.tenant AND o.id = c.owner
WHERE c.tenant = :tenant AND c.state IN ('received', 'assigned')
    AND (:everything = 1 OR c.owner = :account)
ORDER BY c.due_at, c.id
LIMIT 101;

-- name: contact_answered :many
-- Answered, the newest first: all, or one's own.
SELECT c.id, c.reference, c.subject, c.state, c.received_at, c.due_at, c.owner,
    o.name AS owner_name, c.answered_at
FROM contact c
    LEFT JOIN account o ON o.tenant = c.tenant AND o.id = c.owner
WHERE c.tenant = :tenant AND c.state = 'answered' AND (:everything = 1 OR c.owner = :account)
ORDER BY c.answered_at DESC, c.id DESC
LIMIT 101;

-- name: contact_counts :one
-- How many wait, are late, are answered, and may be disposed of.
SELECT COUNT(CASE WHEN state IN ('received', 'assigned') THEN 1 END) AS waiting,
    COUNT(CASE WHEN state IN ('received', 'assigned') AND due_at <= :now THEN 1 END) AS late,
    COUNT(CASE WHEN state = 'answered' THEN 1 END) AS answered,
    COUNT(CASE WHEN state = 'answered' AND received_at < :kept_since THEN 1 END) AS disposable
FROM contact
WHERE tenant = :tenant AND (:everything = 1 OR owner = :account);

-- name: contact_assign :exec
-- Somebody is to answer it.
UPDATE contact
SET owner = :owner, state = 'assigned'
WHERE tenant = :tenant AND id = :id AND state IN ('received', 'assigned');

-- name: contact_answer :exec
-- Nothing changes when somebody else was first.
UPDATE contact
SET state = 'answered', answer = :answer, answered_at = :now, answered_by = :account,
    owner = COALESCE(owner, :account)
WHERE tenant = :tenant AND id = :id AND state IN ('received', 'assigned');

-- name: contact_dispose :exec
-- By a decision: what was written and by whom goes, that it came stays.
UPDATE contact
SET state = 'disposed', disposal = :disposal, name = NULL, email = NULL, email_key = NULL,
    message = NULL, about = NULL, account = NULL, answer = NULL
WHERE tenant = :tenant AND state = 'answered' AND received_at < :kept_since;

-- name: contacts_of_account :many
-- What a person has written, for the register extract.
SELECT reference, subject, name, email, message, received_at, answer, answered_at
FROM contact
WHERE tenant = :tenant AND (account = :account OR email_key = :email_key)
ORDER BY id;

-- name: contacts_erase :exec
-- What was said stays as a record until a disposal decision; who said it does not.
UPDATE contact
SET name = NULL, email = NULL, email_key = NULL, account = NULL
WHERE tenant = :tenant AND (account = :account OR email_key = :email_key);

-- name: contacts_hand_over :exec
-- All that one account was to answer goes to another.
UPDATE contact
SET owner = :heir
WHERE tenant = :tenant AND owner = :account AND state = 'assigned';
