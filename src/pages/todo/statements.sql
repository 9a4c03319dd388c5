-- Tasks of staff.

-- name: task_insert :exec
-- Something to do; asking again changes nothing.
INSERT INTO task (tenant, cause, account, role, word, detail, address, page, due_at, made_at)
VALUES (:tenant, :cause, :account, :role, :word, :detail, :address, :page, :due_at, :now)
ON CONFLICT (tenant, cause) DO NOTHING;

-- name: task_insert_again :exec
-- Something to do; one that was done is to be done again.
INSERT INTO task (tenant, cause, account, role, word, detail, address, page, due_at, made_at)
VALUES (:tenant, :cause, :account, :role, :word, :detail, :address, :page, :due_at, :now)
ON CONFLICT (tenant, cause) DO UPDATE
SET account = excluded.account, role = excluded.role, detail = excluded.detail,
    address = excluded.address, due_at = excluded.due_at, made_at = excluded.made_at,
    done_at = NULL, done_by = NULL
WHERE task.done_at IS NOT NULL;

-- name: task_finish :exec
-- Done, by whoever did it.
UPDATE task
SET done_at = :now, done_by = :account
WHERE tenant = :tenant AND cause = :cause AND done_at IS NULL;

-- name: task_give :exec
-- Given to somebody.
UPDATE task
SET account = :account
WHERE tenant = :tenant AND cause = :cause AND done_at IS NULL;

-- name: task_by_id :one
-- One task.
SELECT t.id, t.cause, t.account, a.name AS account_name, t.role, t.word, t.detail, t.address,
    t.page, p.title AS page_title, p.substitute, t.due_at, t.done_at, t.done_by
FROM task t
    LEFT JOIN account a ON a.tenant = t.tenant AND a.id = t.account
    LEFT JOIN page p ON p.tenant = t.tenant AND p.id = t.page
WHERE t.tenant = :tenant AND t.id = :id;

-- name: task_open :many
-- What waits for one person: own, of own roles, and of pages where the person is substitute.
SELECT t.id, t.cause, t.account, a.name AS account_name, t.role, t.word, t.detail, t.address,
    t.page, p.title AS page_title, p.substitute, t.due_at, t.done_at, t.done_by
FROM task t
    LEFT JOIN account a ON a.tenant = t.tenant AND a.id = t.account
    LEFT JOIN page p ON p.tenant = t.tenant AND p.id = t.page
WHERE t.tenant = :tenant AND t.done_at IS NULL
    AND (t.account = :account OR p.substitute = :account
        OR (t.account IS NULL AND :roles LIKE '% ' || t.role || ' %'))
ORDER BY t.due_at, t.id
LIMIT 201;

-- name: task_open_count :one
-- How many wait for one person, and how many of them are late.
SELECT COUNT(*) AS waiting,
    CAST(COALESCE(SUM(CASE WHEN t.due_at <= :now THEN 1 ELSE 0 END), 0) AS bigint) AS late
FROM task t
    LEFT JOIN page p ON p.tenant = t.tenant AND p.id = t.page
WHERE t.tenant = :tenant AND t.done_at IS NULL
    AND (t.account = :account OR p.substitute = :account
        OR (t.account IS NULL AND :roles LIKE '% ' || t.role || ' %'));

-- name: task_done_lately :many
-- What one person has done since then, the newest first.
SELECT t.id, t.cause, t.account, a.name AS account_name, t.role, t.word, t.detail, t.address,
    t.page, p.title AS page_title, p.substitute, t.due_at, t.done_at, t.done_by
FROM task t
    LEFT JOIN account a ON a.tenant = t.tenant AND a.id = t.account
    LEFT JOIN page p ON p.tenant = t.tenant AND p.id = t.page
WHERE t.tenant = :tenant AND t.done_by = :account AND t.done_at > :since
ORDER BY t.done_at DESC, t.id DESC
LIMIT 20;

-- name: staff_all.sqlite :many
-- Staff with their roles, for the weekly mail.
SELECT a.id, a.name, a.email, a.language, ' ' || group_concat(r.role, ' ') || ' ' AS roles
FROM account a
    JOIN account_role r ON r.tenant = a.tenant AND r.account = a.id
WHERE a.tenant = :tenant AND a.deleted_at IS NULL AND a.id > :after
GROUP BY a.id, a.name, a.email, a.language
ORDER BY a.id
LIMIT 100;

-- name: staff_all.postgresql :many
SELECT a.id, a.name, a.email, a.language, ' ' || string_agg(r.role, ' ') || ' ' AS roles
FROM account a
    JOIN account_role r ON r.tenant = a.tenant AND r.account = a.id
WHERE a.tenant = :tenant AND a.deleted_at IS NULL AND a.id > :after
GROUP BY a.id, a.name, a.email, a.language
ORDER BY a.id
LIMIT 100;

-- name: tasks_of_account :many
-- For the register extract.
SELECT id, word, detail, due_at, made_at, done_at
FROM task
WHERE tenant = :tenant AND (account = :account OR done_by = :account)
ORDER BY id;

-- name: tasks_leave :exec
-- Open ones go back to those who hold the role, or to an administrator.
UPDATE task
SET account = NULL, role = COALESCE(role, 'administrator')
WHERE tenant = :tenant AND account = :account AND done_at IS NULL;

-- name: tasks_hand_over :exec
-- Open ones of one account go to another.
UPDATE task
SET account = :heir
WHERE tenant = :tenant AND account = :account AND done_at IS NULL;

-- name: task_week_done :one
-- 1 when the Monday mail of this week has gone.
SELECT COUNT(*) AS weeks
FROM task_week
WHERE tenant = :tenant AND week = :week;

-- name: task_week_insert :exec
-- It has gone.
INSERT INTO task_week (tenant, week, mailed_at)
VALUES (:tenant, :week, :now)
ON CONFLICT (tenant, week) DO NOTHING;
