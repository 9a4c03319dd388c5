-- Polls, the roll, ballots and what is left of them.

-- name: poll_put :one
-- A draft for a round, or the one it has changed; nothing comes back when it is locked.
INSERT INTO poll (tenant, page, state, ballot_kind, most_choices, eligible, opens_at, closes_at,
    late_until)
VALUES (:tenant, :page, 'draft', :ballot_kind, :most_choices, :eligible, :opens_at, :closes_at,
    :late_until)
ON CONFLICT (tenant, page) DO UPDATE
SET ballot_kind = excluded.ballot_kind, most_choices = excluded.most_choices,
    eligible = excluded.eligible, opens_at = excluded.opens_at, closes_at = excluded.closes_at,
    late_until = excluded.late_until, revision = poll.revision + 1
WHERE poll.state = 'draft'
RETURNING id;

-- name: poll_by_id :one
-- One poll.
SELECT id, page, state, ballot_kind, most_choices, eligible, opens_at, closes_at, late_until,
    paused_at, rules, rules_hash, secret_hash, lot_hash, lot_seed, locked_at, sealing_at, sealed_at,
    published_at, revision
FROM poll
WHERE tenant = :tenant AND id = :poll;

-- name: poll_by_page :one
-- The poll of a round.
SELECT id, page, state, ballot_kind, most_choices, eligible, opens_at, closes_at, late_until,
    paused_at, rules, rules_hash, secret_hash, lot_hash, lot_seed, locked_at, sealing_at, sealed_at,
    published_at, revision
FROM poll
WHERE tenant = :tenant AND page = :page;

-- name: polls_running :many
-- Locked polls of all organisations whose ballots stand under keys, for jobs.
-- across tenants: the jobs go through all of them
SELECT id, tenant
FROM poll
WHERE state = 'locked' AND opens_at <= :now AND closes_at > :since
ORDER BY id;

-- name: poll_draft_touch :exec
-- Counts a change of a draft's paper; nothing changes when it is locked.
UPDATE poll
SET revision = revision + 1
WHERE tenant = :tenant AND id = :poll AND state = 'draft';

-- name: poll_pots_clear :exec
-- All pots of a draft go, to be put anew.
DELETE FROM poll_pot
WHERE tenant = :tenant AND poll = :poll;

-- name: poll_options_clear :exec
-- All options of a draft go, to be put anew.
DELETE FROM poll_option
WHERE tenant = :tenant AND poll = :poll;

-- name: poll_pot_insert :exec
-- One pot of a draft.
INSERT INTO poll_pot (tenant, poll, pot, title, sum)
VALUES (:tenant, :poll, :pot, :title, :sum);

-- name: poll_option_insert :exec
-- One option of a draft.
INSERT INTO poll_option (tenant, poll, option, pot, page, title, lead, place, cost)
VALUES (:tenant, :poll, :option, :pot, :page, :title, :lead, :place, :cost);

-- name: poll_pots :many
-- Pots of a poll.
SELECT pot, title, sum
FROM poll_pot
WHERE tenant = :tenant AND poll = :poll
ORDER BY pot;

-- name: poll_options :many
-- Options of a poll.
SELECT option, pot, page, title, lead, place, cost
FROM poll_option
WHERE tenant = :tenant AND poll = :poll
ORDER BY option;

-- name: poll_option_pages :many
-- Where one reads more about each option: those with a page that is published.
SELECT o.option, g.kind, g.slug
FROM poll_option o
    JOIN page g ON g.tenant = o.tenant AND g.id = o.page
WHERE o.tenant = :tenant AND o.poll = :poll AND g.state = 'published'
ORDER BY o.option;

-- name: poll_lock :exec
-- The rules are fixed.
UPDATE poll
SET state = 'locked', rules = :rules, rules_hash = :rules_hash, secret_hash = :secret_hash,
    lot_hash = :lot_hash, locked_at = :now, revision = revision + 1
WHERE tenant = :tenant AND id = :poll AND state = 'draft';

-- name: poll_lengthen :exec
-- Only onwards; a trigger holds it too.
UPDATE poll
SET closes_at = :closes_at, revision = revision + 1
WHERE tenant = :tenant AND id = :poll AND state = 'locked' AND sealing_at IS NULL
    AND closes_at < :closes_at;

-- name: poll_pause :exec
-- Nobody can vote for a while.
UPDATE poll
SET paused_at = :now, revision = revision + 1
WHERE tenant = :tenant AND id = :poll AND state = 'locked' AND paused_at IS NULL;

-- name: poll_resume :exec
-- Voting goes on.
UPDATE poll
SET paused_at = NULL, revision = revision + 1
WHERE tenant = :tenant AND id = :poll AND state = 'locked' AND paused_at IS NOT NULL;

-- name: poll_sealing_begin :exec
-- From here on the end stands.
UPDATE poll
SET sealing_at = :now, revision = revision + 1
WHERE tenant = :tenant AND id = :poll AND state = 'locked' AND sealing_at IS NULL
    AND revision = :revision;

-- name: poll_seal :exec
-- Everything is counted: the poll is sealed and the seed of the lot is known.
UPDATE poll
SET state = 'sealed', sealed_at = :now, lot_seed = :lot_seed, revision = revision + 1
WHERE tenant = :tenant AND id = :poll AND state = 'locked' AND sealing_at IS NOT NULL;

-- name: poll_publish :exec
-- What was counted is public.
UPDATE poll
SET state = 'published', published_at = :now, revision = revision + 1
WHERE tenant = :tenant AND id = :poll AND state = 'sealed';

-- name: poll_import_finish :exec
-- A finished poll from elsewhere: published from the start, without a secret.
UPDATE poll
SET state = 'published', rules = :rules, rules_hash = :rules_hash, locked_at = :now,
    sealed_at = :now, published_at = :now
WHERE tenant = :tenant AND id = :poll AND state = 'draft';

-- name: poll_request_insert :one
-- The first person asks; nothing comes back when one waits already.
INSERT INTO poll_request (tenant, poll, act, closes_at, subject_hash, reason, asked_by, asked_at)
VALUES (:tenant, :poll, :act, :closes_at, :subject_hash, :reason, :account, :now)
ON CONFLICT (tenant, poll, act) WHERE answer IS NULL DO NOTHING
RETURNING id;

-- name: poll_request_waiting :one
-- What waits for a second person.
SELECT r.id, r.act, r.closes_at, r.subject_hash, r.reason, r.asked_by, a.name AS asked_name,
    r.asked_at, b.name AS answered_name, r.answered_at, r.answer
FROM poll_request r
    LEFT JOIN account a ON a.tenant = r.tenant AND a.id = r.asked_by
    LEFT JOIN account b ON b.tenant = r.tenant AND b.id = r.answered_by
WHERE r.tenant = :tenant AND r.poll = :poll AND r.act = :act AND r.answer IS NULL;

-- name: poll_requests :many
-- The public log of a poll.
SELECT r.id, r.act, r.closes_at, r.subject_hash, r.reason, r.asked_by, a.name AS asked_name,
    r.asked_at, b.name AS answered_name, r.answered_at, r.answer
FROM poll_request r
    LEFT JOIN account a ON a.tenant = r.tenant AND a.id = r.asked_by
    LEFT JOIN account b ON b.tenant = r.tenant AND b.id = r.answered_by
WHERE r.tenant = :tenant AND r.poll = :poll
ORDER BY r.id DESC;

-- name: poll_request_answer :exec
-- Confirmed, refused or withdrawn, once.
UPDATE poll_request
SET answer = :answer, answered_by = :account, answered_at = :now
WHERE tenant = :tenant AND id = :id AND answer IS NULL;

-- name: voter_by_account :one
-- The line that an account has.
SELECT voter, account, tie, remind, barred
FROM poll_voter
WHERE tenant = :tenant AND poll = :poll AND account = :account;

-- name: voter_by_digest :one
-- The line of an address.
SELECT voter, account, tie, remind, barred
FROM poll_voter
WHERE tenant = :tenant AND poll = :poll AND voter = :voter;

-- name: voter_insert :exec
-- A line of the roll; nothing changes when it is there.
INSERT INTO poll_voter (tenant, poll, voter)
VALUES (:tenant, :poll, :voter)
ON CONFLICT (tenant, poll, voter) DO NOTHING;

-- name: voter_declare :exec
-- What an account says of the line that is its own, or nobody's.
UPDATE poll_voter
SET account = :account, tie = :tie, remind = :remind
WHERE tenant = :tenant AND poll = :poll AND voter = :voter
    AND (account IS NULL OR account = :account);

-- name: voter_remind :exec
-- Wants to be reminded, or not any more.
UPDATE poll_voter
SET remind = :remind
WHERE tenant = :tenant AND poll = :poll AND account = :account;

-- name: voter_bar :exec
-- A line that may not vote, with the reason; its ballot is not counted.
UPDATE poll_voter
SET barred = :reason
WHERE tenant = :tenant AND poll = :poll AND voter = :voter AND voted IS NULL;

-- name: voter_told :exec
-- The receipt has been mailed.
UPDATE poll_voter
SET told = 'receipt'
WHERE tenant = :tenant AND poll = :poll AND voter = :voter;

-- name: voter_mark :exec
-- Whether a line of the roll has voted, when the poll is being sealed.
UPDATE poll_voter
SET voted = :voted
WHERE tenant = :tenant AND poll = :poll AND voter = :voter;

-- name: voters_each :many
-- The whole roll by digest, which tells no order.
SELECT voter, account, tie, remind, barred
FROM poll_voter
WHERE tenant = :tenant AND poll = :poll
ORDER BY voter;

-- name: voters_untold :many
-- Lines with an account whose receipt has not been mailed, a portion by digest.
SELECT voter, account, tie, remind, barred
FROM poll_voter
WHERE tenant = :tenant AND poll = :poll AND voter > :after AND account IS NOT NULL
    AND told = 'nothing' AND barred IS NULL
ORDER BY voter
LIMIT 200;

-- name: voters_to_remind :many
-- Lines with an account that asked to be reminded, a portion by digest.
SELECT voter, account, tie, remind, barred
FROM poll_voter
WHERE tenant = :tenant AND poll = :poll AND voter > :after AND account IS NOT NULL
    AND remind = 1 AND barred IS NULL
ORDER BY voter
LIMIT 200;

-- name: voters_with_account :many
-- Lines with an account, a portion by digest.
SELECT voter, account, tie, remind, barred
FROM poll_voter
WHERE tenant = :tenant AND poll = :poll AND voter > :after AND account IS NOT NULL
ORDER BY voter
LIMIT 200;

-- name: voter_lines_of_account :many
-- The rolls that an account is on, for the register extract.
SELECT p.id AS poll, g.title AS round, v.tie, v.remind, v.voted
FROM poll_voter v
    JOIN poll p ON p.tenant = v.tenant AND p.id = v.poll
    LEFT JOIN page g ON g.tenant = p.tenant AND g.id = p.page
WHERE v.tenant = :tenant AND v.account = :account
ORDER BY p.id;

-- name: voter_lines_erase :exec
-- The line stays, so that nobody votes twice; whose it is does not.
UPDATE poll_voter
SET account = NULL, remind = 0
WHERE tenant = :tenant AND account = :account;

-- name: ballot_by_key.sqlite :one
-- One ballot, as it lies there.
SELECT revision, lower(hex(choices)) AS choices
FROM ballot
WHERE tenant = :tenant AND poll = :poll AND ballot_key = :ballot_key;

-- name: ballot_by_key.postgresql :one
-- One ballot, as it lies there.
SELECT revision, encode(choices, 'hex') AS choices
FROM ballot
WHERE tenant = :tenant AND poll = :poll AND ballot_key = :ballot_key;

-- name: ballots_each.sqlite :many
-- All ballots of a poll by key, when it is being sealed.
SELECT lower(hex(ballot_key)) AS ballot_key, lower(hex(choices)) AS choices
FROM ballot
WHERE tenant = :tenant AND poll = :poll
ORDER BY ballot_key;

-- name: ballots_each.postgresql :many
-- All ballots of a poll by key, when it is being sealed.
SELECT encode(ballot_key, 'hex') AS ballot_key, encode(choices, 'hex') AS choices
FROM ballot
WHERE tenant = :tenant AND poll = :poll
ORDER BY ballot_key;

-- name: ballot_put.sqlite :exec
-- The one row that a tick writes: while the poll takes votes, and when nobody changed it meanwhile.
INSERT INTO ballot (tenant, poll, ballot_key, choices, revision)
SELECT p.tenant, p.id, :ballot_key, :choices, 1
FROM poll p
WHERE p.tenant = :tenant AND p.id = :poll AND p.state = 'locked' AND p.paused_at IS NULL
    AND p.opens_at <= :now AND p.closes_at > :now
ON CONFLICT (tenant, poll, ballot_key) DO UPDATE
SET choices = excluded.choices, revision = ballot.revision + 1
WHERE ballot.revision = :revision;

-- name: ballot_put.postgresql :exec
-- The one row that a tick writes: while the poll takes votes, and when nobody changed it meanwhile.
INSERT INTO ballot (tenant, poll, ballot_key, choices, revision)
SELECT p.tenant, p.id, CAST(:ballot_key AS bytea), CAST(:choices AS bytea), 1
FROM poll p
WHERE p.tenant = :tenant AND p.id = :poll AND p.state = 'locked' AND p.paused_at IS NULL
    AND p.opens_at <= :now AND p.closes_at > :now
ON CONFLICT (tenant, poll, ballot_key) DO UPDATE
SET choices = excluded.choices, revision = ballot.revision + 1
WHERE ballot.revision = :revision;

-- name: ballots_empty :exec
-- Removes a portion of the ballots of a sealed poll.
DELETE FROM ballot
WHERE tenant = :tenant AND poll = :poll AND ballot_key IN (
    SELECT b.ballot_key
    FROM ballot b
        JOIN poll p ON p.tenant = b.tenant AND p.id = b.poll
    WHERE b.tenant = :tenant AND b.poll = :poll AND p.state IN ('sealed', 'published')
    ORDER BY b.ballot_key
    LIMIT 200);

-- name: counted_put :exec
-- What equal ballots held, and how many they are; written again it is the same.
INSERT INTO counted_ballot (tenant, poll, pot, choices, ballots)
VALUES (:tenant, :poll, :pot, :choices, :ballots)
ON CONFLICT (tenant, poll, pot, choices) DO UPDATE
SET ballots = excluded.ballots;

-- name: counted_add :exec
-- Ballots of an imported poll are added to those that are equal.
INSERT INTO counted_ballot (tenant, poll, pot, choices, ballots)
VALUES (:tenant, :poll, :pot, :choices, :ballots)
ON CONFLICT (tenant, poll, pot, choices) DO UPDATE
SET ballots = counted_ballot.ballots + excluded.ballots;

-- name: counted_each :many
-- All that is left of the ballots.
SELECT pot, choices, ballots
FROM counted_ballot
WHERE tenant = :tenant AND poll = :poll
ORDER BY pot, choices;

-- name: receipt_put :exec
-- The digest of a receipt of a ballot that is counted.
INSERT INTO receipt (tenant, poll, receipt_hash)
VALUES (:tenant, :poll, :receipt_hash)
ON CONFLICT (tenant, poll, receipt_hash) DO NOTHING;

-- name: receipts_each :many
-- All digests in their own order.
SELECT receipt_hash
FROM receipt
WHERE tenant = :tenant AND poll = :poll
ORDER BY receipt_hash;

-- name: receipt_is_counted :one
-- Whether a ballot with this receipt was counted.
SELECT COUNT(*) AS counted
FROM receipt
WHERE tenant = :tenant AND poll = :poll AND receipt_hash = :receipt_hash;

-- name: turnout :one
-- Who voted, by count; of an imported poll as many as in its largest pot.
SELECT CASE WHEN p.secret_hash IS NULL
        THEN COALESCE((SELECT MAX(c.ballots_of_pot) FROM (
            SELECT CAST(SUM(ballots) AS bigint) AS ballots_of_pot
            FROM counted_ballot
            WHERE tenant = :tenant AND poll = :poll AND pot > 0
            GROUP BY pot) AS c), 0) + COALESCE((SELECT CAST(SUM(ballots) AS bigint)
                FROM counted_ballot
                WHERE tenant = :tenant AND poll = :poll AND pot = 0), 0)
        ELSE (SELECT COUNT(*) FROM poll_voter
            WHERE tenant = :tenant AND poll = :poll AND voted = 1) END AS voters,
    COALESCE((SELECT CAST(SUM(ballots) AS bigint) FROM counted_ballot
        WHERE tenant = :tenant AND poll = :poll AND pot = 0), 0) AS blank,
    CASE WHEN p.eligible = 'roll' THEN (SELECT COUNT(*) FROM poll_voter
        WHERE tenant = :tenant AND poll = :poll) ELSE 0 END AS roll
FROM poll p
WHERE p.tenant = :tenant AND p.id = :poll AND p.state IN ('sealed', 'published');
