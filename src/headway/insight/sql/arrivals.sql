-- Tickets created by local weekday (Monday is 0) and hour.
SELECT c.weekday, c.hour, COUNT(*) AS tickets
FROM facts AS f
JOIN calendar AS c ON c.slot = CAST((f.created_ms - f.created_ms % 900000) / 900000 AS BIGINT)
GROUP BY c.weekday, c.hour
ORDER BY c.weekday, c.hour
