-- Working time on simple tickets; and on the others, what came behind a hand-off back or a reopening.
SELECT SUM(CASE WHEN f.bucket = 'simple' THEN e.low_ms ELSE 0 END) AS simple_low,
    SUM(CASE WHEN f.bucket = 'simple' THEN e.high_ms ELSE 0 END) AS simple_high,
    SUM(CASE WHEN f.bucket <> 'simple' AND e.at_ms >= w.from_ms THEN e.low_ms ELSE 0 END) AS rework_low,
    SUM(CASE WHEN f.bucket <> 'simple' AND e.at_ms >= w.from_ms THEN e.high_ms ELSE 0 END) AS rework_high
FROM efforts AS e
JOIN facts AS f ON f.ticket_id = e.ticket_id
LEFT JOIN (
    SELECT ticket_id, MIN(at_ms) AS from_ms
    FROM (
        SELECT ticket_id, at_ms FROM handoffs WHERE back = 1
        UNION ALL
        SELECT ticket_id, at_ms FROM reopenings
    ) AS again
    GROUP BY ticket_id
) AS w ON w.ticket_id = e.ticket_id
