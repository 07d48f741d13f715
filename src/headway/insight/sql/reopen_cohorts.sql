-- Tickets by the local day of their first solve, and how many of them came back. Those solved after :until_ms have not
-- had their 14 days yet.
SELECT c.local_day, COUNT(*) AS solved, SUM(CASE WHEN f.reopens > 0 THEN 1 ELSE 0 END) AS reopened
FROM facts AS f
JOIN calendar AS c ON c.slot = CAST((f.first_solved_ms - f.first_solved_ms % 900000) / 900000 AS BIGINT)
WHERE f.first_solved_ms <= :until_ms
GROUP BY c.local_day
ORDER BY c.local_day
