-- Results of rounds.

-- name: result_row_by_page :many
-- Where one proposal stood in the latest public result of its round.
SELECT r.option, r.pot, r.place, r.page, o.title, r.votes, r.cost, r.selected, r.left_after, r.why,
    r.lacks_votes, r.lacks_money, r.tie
FROM budget_result_row r
    JOIN budget_result b ON b.tenant = r.tenant AND b.campaign = r.campaign
        AND b.version = r.version AND b.state IN ('recommended', 'decided')
    JOIN poll p ON p.tenant = r.tenant AND p.page = r.campaign
    JOIN poll_option o ON o.tenant = r.tenant AND o.poll = p.id AND o.option = r.option
WHERE r.tenant = :tenant AND r.page = :page
ORDER BY r.version DESC
LIMIT 1;
