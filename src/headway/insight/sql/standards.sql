-- How each person handles a kind of ticket that they were first to work on: how long it takes in all, how many are passed
-- on, and on how many somebody records what was found out (a note, a field, a step).
SELECT f.category, f.bucket, f.first_actor AS actor_id, COUNT(*) AS tickets, SUM(f.mid_ms) AS mid_ms,
    SUM(CASE WHEN f.escalated = 1 OR f.transfers > 0 THEN 1 ELSE 0 END) AS passed,
    SUM(CASE WHEN r.ticket_id IS NULL THEN 0 ELSE 1 END) AS recorded
FROM facts AS f
LEFT JOIN (
    SELECT ticket_id FROM steps WHERE actor_kind = 'agent' AND kind IN ('note', 'step') GROUP BY ticket_id
) AS r ON r.ticket_id = f.ticket_id
WHERE f.bucket <> 'untouched'
GROUP BY f.category, f.bucket, f.first_actor
ORDER BY f.category, f.bucket, f.first_actor
