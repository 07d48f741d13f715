-- How often each gap up to :most_ms comes before each kind of action and length. Times are mostly whole seconds, so that
-- there are few of them to put in order.
SELECT work, size, gap_ms, COUNT(*) AS n
FROM actions
WHERE gap_ms <= :most_ms
GROUP BY work, size, gap_ms
