-- Tickets created and resolved on each local day; `left_to` counts those created that at the end wait for the customer or
-- for others, and so are no work of ours that piles up.
SELECT local_day, SUM(created) AS created, SUM(resolved) AS resolved, SUM(left_to) AS left_to
FROM (
    SELECT c.local_day, 1 AS created, 0 AS resolved,
        CASE WHEN f.resolved_ms IS NULL AND f.last_state IN (2, 3) THEN 1 ELSE 0 END AS left_to
    FROM facts AS f JOIN calendar AS c ON c.slot = CAST((f.created_ms - f.created_ms % 900000) / 900000 AS BIGINT)
    UNION ALL
    SELECT c.local_day, 0 AS created, 1 AS resolved, 0 AS left_to
    FROM facts AS f JOIN calendar AS c ON c.slot = CAST((f.resolved_ms - f.resolved_ms % 900000) / 900000 AS BIGINT)
) AS both_ways
GROUP BY local_day
ORDER BY local_day
