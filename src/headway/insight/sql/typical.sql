-- The gap that :percent of a kind of action and length do not exceed, among gaps up to :cap_ms (nearest rank).
SELECT work, size, gap_ms AS typical_ms
FROM (
    SELECT work, size, gap_ms,
        CAST(ROW_NUMBER() OVER (PARTITION BY work, size ORDER BY gap_ms) AS BIGINT) AS place,
        COUNT(*) OVER (PARTITION BY work, size) AS n
    FROM actions
    WHERE gap_ms <= :cap_ms
) AS ranked
WHERE place * 100 >= :percent * n AND (place - 1) * 100 < :percent * n
