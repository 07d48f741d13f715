-- The steps at which tickets lie while they wait for us, by the time lost beyond :idle_ms.
SELECT activity AS from_activity, next_activity AS to_activity, COUNT(*) AS times,
    SUM(next_ms - at_ms - :idle_ms) AS idle_ms
FROM steps
WHERE COALESCE(state, 1) = 1 AND next_ms - at_ms > :idle_ms
GROUP BY activity, next_activity
ORDER BY idle_ms DESC, from_activity, to_activity
LIMIT 10
