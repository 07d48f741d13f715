-- Volume and working time by category and complexity.
SELECT category, bucket, COUNT(*) AS tickets, SUM(low_ms) AS low_ms, SUM(mid_ms) AS mid_ms, SUM(high_ms) AS high_ms,
    SUM(CASE WHEN resolved_ms IS NOT NULL THEN 1 ELSE 0 END) AS resolved
FROM facts
GROUP BY category, bucket
ORDER BY category, bucket
