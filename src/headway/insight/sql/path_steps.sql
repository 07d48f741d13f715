-- On how many of the tickets that a person was first to work on each kind of step comes, wherever it comes; and on how
-- many of all.
SELECT f.category, f.bucket, f.first_actor AS actor_id, e.step, COUNT(*) AS tickets, MAX(w.tickets) AS whole
FROM facts AS f
JOIN (SELECT ticket_id, SUBSTRING(work, 3) AS step FROM efforts GROUP BY ticket_id, SUBSTRING(work, 3)) AS e
    ON e.ticket_id = f.ticket_id
JOIN (
    SELECT category, bucket, first_actor, COUNT(*) AS tickets FROM facts
    WHERE bucket <> 'untouched' GROUP BY category, bucket, first_actor
) AS w ON w.category = f.category AND w.bucket = f.bucket AND w.first_actor = f.first_actor
WHERE f.bucket <> 'untouched'
GROUP BY f.category, f.bucket, f.first_actor, e.step
ORDER BY f.category, f.bucket, f.first_actor, e.step
