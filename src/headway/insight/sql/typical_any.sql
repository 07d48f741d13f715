-- The same over all actions: for a kind that never came within the cap.
SELECT COALESCE(MAX(CASE WHEN gap_ms <= :low_ms AND upto * 100 >= 50 * low_n AND (upto - n) * 100 < 50 * low_n THEN gap_ms ELSE NULL END), 0) AS low_ms,
    COALESCE(MAX(CASE WHEN gap_ms <= :mid_ms AND upto * 100 >= 50 * mid_n AND (upto - n) * 100 < 50 * mid_n THEN gap_ms ELSE NULL END), 0) AS mid_ms,
    COALESCE(MAX(CASE WHEN gap_ms <= :high_ms AND upto * 100 >= 50 * high_n AND (upto - n) * 100 < 50 * high_n THEN gap_ms ELSE NULL END), 0) AS high_ms,
    COALESCE(MAX(CASE WHEN gap_ms <= :mid_ms AND upto * 100 >= 25 * mid_n AND (upto - n) * 100 < 25 * mid_n THEN gap_ms ELSE NULL END), 0) AS genuine_ms
FROM (
    SELECT gap_ms, n,
        SUM(n) OVER (PARTITION BY 1 ORDER BY gap_ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto,
        SUM(CASE WHEN gap_ms <= :low_ms THEN n ELSE 0 END) OVER (PARTITION BY 1) AS low_n,
        SUM(CASE WHEN gap_ms <= :mid_ms THEN n ELSE 0 END) OVER (PARTITION BY 1) AS mid_n,
        SUM(CASE WHEN gap_ms <= :high_ms THEN n ELSE 0 END) OVER (PARTITION BY 1) AS high_n
    FROM (SELECT gap_ms, SUM(n) AS n FROM gaps GROUP BY gap_ms) AS alike
) AS ranked
