-- The same over all actions: for a kind that never came within the cap.
SELECT COALESCE(MAX(gap_ms), 0) AS typical_ms
FROM (
    SELECT gap_ms, CAST(ROW_NUMBER() OVER (ORDER BY gap_ms) AS BIGINT) AS place, COUNT(*) OVER (PARTITION BY 1) AS n
    FROM actions
    WHERE gap_ms <= :cap_ms
) AS ranked
WHERE place * 100 >= :percent * n AND (place - 1) * 100 < :percent * n
