-- What follows what, how often, and how long it took: the directly-follows graph.
SELECT from_activity, to_activity, COUNT(*) AS times, COUNT(DISTINCT ticket_id) AS tickets, SUM(gap_ms) AS total_ms,
    MAX(CASE WHEN place * 100 >= 50 * n AND (place - 1) * 100 < 50 * n THEN gap_ms ELSE NULL END) AS median_ms,
    MAX(CASE WHEN place * 100 >= 90 * n AND (place - 1) * 100 < 90 * n THEN gap_ms ELSE NULL END) AS p90_ms
FROM (
    SELECT ticket_id, activity AS from_activity, next_activity AS to_activity, next_ms - at_ms AS gap_ms,
        CAST(ROW_NUMBER() OVER (PARTITION BY activity, next_activity ORDER BY next_ms - at_ms) AS BIGINT) AS place,
        COUNT(*) OVER (PARTITION BY activity, next_activity) AS n
    FROM steps
    WHERE next_ms IS NOT NULL
) AS ranked
GROUP BY from_activity, to_activity
ORDER BY times DESC, from_activity, to_activity
