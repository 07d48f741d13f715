-- What people begin with: the first action of each ticket by category, bucket and person.
SELECT f.category, f.bucket, e.actor_id, e.work, COUNT(*) AS tickets, SUM(f.mid_ms) AS mid_ms
FROM facts AS f
JOIN efforts AS e ON e.ticket_id = f.ticket_id AND e.place = 1
WHERE f.bucket <> 'untouched'
GROUP BY f.category, f.bucket, e.actor_id, e.work
ORDER BY f.category, f.bucket, e.actor_id, e.work
