-- Results of rounds: versions of a count, and their rows.

-- name: result_latest :one
-- The last count of a round, whatever has become of it.
SELECT r.version, r.state, r.document_hash, r.decision, r.departure, r.counted_by,
    a.name AS counted_name, r.counted_at, r.attested_by, b.name AS attested_name, r.attested_at,
    r.publish_at
FROM budget_result r
    LEFT JOIN account a ON a.tenant = r.tenant AND a.id = r.counted_by
    LEFT JOIN account b ON b.tenant = r.tenant AND b.id = r.attested_by
WHERE r.tenant = :tenant AND r.campaign = :campaign AND r.version = (
    SELECT MAX(version) FROM budget_result WHERE tenant = :tenant AND campaign = :campaign);

-- name: result_public :one
-- The last count that readers may see.
SELECT r.version, r.state, r.document_hash, r.decision, r.departure, r.counted_by,
    a.name AS counted_name, r.counted_at, r.attested_by, b.name AS attested_name, r.attested_at,
    r.publish_at
FROM budget_result r
    LEFT JOIN account a ON a.tenant = r.tenant AND a.id = r.counted_by
    LEFT JOIN account b ON b.tenant = r.tenant AND b.id = r.attested_by
WHERE r.tenant = :tenant AND r.campaign = :campaign AND r.version = (
    SELECT MAX(version) FROM budget_result
    WHERE tenant = :tenant AND campaign = :campaign AND attested_at IS NOT NULL
        AND publish_at <= :now);

-- name: result_document :one
-- What was counted, as canonical JSON.
SELECT document, document_hash
FROM budget_result
WHERE tenant = :tenant AND campaign = :campaign AND version = :version;

-- name: result_insert :exec
-- A new count; nothing changes when somebody else has counted meanwhile.
INSERT INTO budget_result (tenant, campaign, version, state, document, document_hash, counted_by,
    counted_at)
VALUES (:tenant, :campaign, :version, 'preliminary', :document, :document_hash, :account, :now)
ON CONFLICT (tenant, campaign, version) DO NOTHING;

-- name: result_import :exec
-- The count of an imported round is public from the start.
INSERT INTO budget_result (tenant, campaign, version, state, document, document_hash, counted_at,
    attested_at, publish_at)
VALUES (:tenant, :campaign, :version, 'recommended', :document, :document_hash, :now, :now, :now);

-- name: result_replace :exec
-- Earlier counts are replaced; one whose minute has not come never becomes public.
UPDATE budget_result
SET state = 'replaced', publish_at = CASE WHEN publish_at > :now THEN NULL ELSE publish_at END
WHERE tenant = :tenant AND campaign = :campaign AND version < :version
    AND state IN ('preliminary', 'recommended');

-- name: result_rows_insert.sqlite :exec
-- All rows of a count at once: arrays of option, pot, place, page, votes, cost, selected,
-- left_after, why, lacks_votes, lacks_money, tie.
INSERT INTO budget_result_row (tenant, campaign, version, option, pot, place, page, votes, cost,
    selected, left_after, why, lacks_votes, lacks_money, tie)
SELECT r.tenant, r.campaign, r.version, json_extract(e.value, '$[0]'),
    json_extract(e.value, '$[1]'), json_extract(e.value, '$[2]'), json_extract(e.value, '$[3]'),
    json_extract(e.value, '$[4]'), json_extract(e.value, '$[5]'), json_extract(e.value, '$[6]'),
    json_extract(e.value, '$[7]'), json_extract(e.value, '$[8]'), json_extract(e.value, '$[9]'),
    json_extract(e.value, '$[10]'), json_extract(e.value, '$[11]')
FROM budget_result r
    CROSS JOIN json_each(:rows) AS e
WHERE r.tenant = :tenant AND r.campaign = :campaign AND r.version = :version;

-- name: result_rows_insert.postgresql :exec
-- All rows of a count at once: arrays of option, pot, place, page, votes, cost, selected,
-- left_after, why, lacks_votes, lacks_money, tie.
INSERT INTO budget_result_row (tenant, campaign, version, option, pot, place, page, votes, cost,
    selected, left_after, why, lacks_votes, lacks_money, tie)
SELECT r.tenant, r.campaign, r.version, CAST(e.value->>0 AS bigint), CAST(e.value->>1 AS bigint),
    CAST(e.value->>2 AS bigint), CAST(e.value->>3 AS bigint), CAST(e.value->>4 AS bigint),
    CAST(e.value->>5 AS bigint), CAST(e.value->>6 AS bigint), CAST(e.value->>7 AS bigint),
    e.value->>8, CAST(e.value->>9 AS bigint), CAST(e.value->>10 AS bigint),
    CAST(e.value->>11 AS bigint)
FROM budget_result r
    CROSS JOIN json_array_elements(CAST(CAST(:rows AS text) AS json)) AS e(value)
WHERE r.tenant = :tenant AND r.campaign = :campaign AND r.version = :version;

-- name: result_lines :many
-- Rows of a count as its page lists them, each pot in the order of the count.
SELECT r.option, r.pot, r.place, r.page, o.title, r.votes, r.cost, r.selected, r.left_after, r.why,
    COALESCE(r.lacks_votes, 0) AS lacks_votes, COALESCE(r.lacks_money, 0) AS lacks_money, r.tie,
    COALESCE(r.decided, r.selected) AS decided,
    CASE WHEN r.decided IS NULL THEN 0 ELSE 1 END AS has_decided, p.slug,
    CASE WHEN j.page IS NULL THEN 0 ELSE 1 END AS has_project,
    COALESCE(j.state, 'decided') AS project_state
FROM budget_result_row r
    JOIN poll b ON b.tenant = r.tenant AND b.page = r.campaign
    JOIN poll_option o ON o.tenant = b.tenant AND o.poll = b.id AND o.option = r.option
    LEFT JOIN page p ON p.tenant = r.tenant AND p.id = r.page
        AND p.state IN ('published', 'archived')
    LEFT JOIN project j ON j.tenant = r.tenant AND j.page = r.page
WHERE r.tenant = :tenant AND r.campaign = :campaign AND r.version = :version
ORDER BY r.pot, r.place;

-- name: result_row_of_page :one
-- Where a proposal stood in the last count that readers may see.
SELECT r.option, r.pot, r.place, r.page, o.title, r.votes, r.cost, r.selected, r.left_after, r.why,
    COALESCE(r.lacks_votes, 0) AS lacks_votes, COALESCE(r.lacks_money, 0) AS lacks_money, r.tie
FROM budget_result_row r
    JOIN poll b ON b.tenant = r.tenant AND b.page = r.campaign
    JOIN poll_option o ON o.tenant = b.tenant AND o.poll = b.id AND o.option = r.option
WHERE r.tenant = :tenant AND r.page = :page AND r.version = (
    SELECT MAX(version) FROM budget_result
    WHERE tenant = :tenant AND campaign = r.campaign AND attested_at IS NOT NULL
        AND publish_at <= :now);

-- name: result_minute_put :exec
-- The minute from which it is public, while nobody has attested it.
UPDATE budget_result
SET publish_at = :publish_at
WHERE tenant = :tenant AND campaign = :campaign AND version = :version AND state = 'preliminary'
    AND attested_at IS NULL;

-- name: result_attest :exec
-- The second person stands behind it.
UPDATE budget_result
SET state = 'recommended', attested_by = :account, attested_at = :now, publish_at = :publish_at
WHERE tenant = :tenant AND campaign = :campaign AND version = :version AND state = 'preliminary'
    AND attested_at IS NULL AND (counted_by IS NULL OR counted_by <> :account);

-- name: result_departure_put :exec
-- Why the body departs from the vote; empty when it follows.
UPDATE budget_result
SET departure = :departure
WHERE tenant = :tenant AND campaign = :campaign AND version = :version AND state = 'recommended';

-- name: result_rows_follow :exec
-- The body does as the vote said, until said otherwise row by row.
UPDATE budget_result_row
SET decided = selected
WHERE tenant = :tenant AND campaign = :campaign AND version = :version;

-- name: result_row_depart :exec
-- Of this one the body says the opposite of the vote.
UPDATE budget_result_row
SET decided = 1 - selected
WHERE tenant = :tenant AND campaign = :campaign AND version = :version AND option = :option;

-- name: result_decide :exec
-- Decided, with its decision record alone (PB-9).
UPDATE budget_result
SET state = 'decided', decision = :decision
WHERE tenant = :tenant AND campaign = :campaign AND version = :version AND state = 'recommended';
