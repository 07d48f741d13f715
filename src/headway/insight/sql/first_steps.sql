-- What people begin with: the first action of each ticket by category, bucket and person. What the source calls alike is
-- one step, whatever rank it has among the traces of an action.
SELECT f.category, f.bucket, e.actor_id, SUBSTRING(e.work, 3) AS step, COUNT(*) AS tickets
FROM facts AS f
JOIN efforts AS e ON e.ticket_id = f.ticket_id AND e.place = 1
WHERE f.bucket <> 'untouched'
GROUP BY f.category, f.bucket, e.actor_id, SUBSTRING(e.work, 3)
ORDER BY f.category, f.bucket, e.actor_id, step
