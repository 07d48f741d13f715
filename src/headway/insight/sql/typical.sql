-- The gap that half of a kind of action and length do not exceed, among gaps up to each of three caps (nearest rank);
-- genuine: that a quarter do not exceed, among those up to the middle one.
SELECT work, size,
    MAX(CASE WHEN gap_ms <= :low_ms AND upto * 100 >= 50 * low_n AND (upto - n) * 100 < 50 * low_n THEN gap_ms ELSE NULL END) AS low_ms,
    MAX(CASE WHEN gap_ms <= :mid_ms AND upto * 100 >= 50 * mid_n AND (upto - n) * 100 < 50 * mid_n THEN gap_ms ELSE NULL END) AS mid_ms,
    MAX(CASE WHEN gap_ms <= :high_ms AND upto * 100 >= 50 * high_n AND (upto - n) * 100 < 50 * high_n THEN gap_ms ELSE NULL END) AS high_ms,
    MAX(CASE WHEN gap_ms <= :mid_ms AND upto * 100 >= 25 * mid_n AND (upto - n) * 100 < 25 * mid_n THEN gap_ms ELSE NULL END) AS genuine_ms
FROM (
    SELECT work, size, gap_ms, n,
        SUM(n) OVER (PARTITION BY work, size ORDER BY gap_ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto,
        SUM(CASE WHEN gap_ms <= :low_ms THEN n ELSE 0 END) OVER (PARTITION BY work, size) AS low_n,
        SUM(CASE WHEN gap_ms <= :mid_ms THEN n ELSE 0 END) OVER (PARTITION BY work, size) AS mid_n,
        SUM(CASE WHEN gap_ms <= :high_ms THEN n ELSE 0 END) OVER (PARTITION BY work, size) AS high_n
    FROM gaps
) AS ranked
GROUP BY work, size
