-- Tickets created and resolved on each local day.
SELECT local_day, SUM(created) AS created, SUM(resolved) AS resolved
FROM (
    SELECT c.local_day, 1 AS created, 0 AS resolved
    FROM facts AS f JOIN calendar AS c ON c.slot = CAST((f.created_ms - f.created_ms % 900000) / 900000 AS BIGINT)
    UNION ALL
    SELECT c.local_day, 0 AS created, 1 AS resolved
    FROM facts AS f JOIN calendar AS c ON c.slot = CAST((f.resolved_ms - f.resolved_ms % 900000) / 900000 AS BIGINT)
) AS both_ways
GROUP BY local_day
ORDER BY local_day
