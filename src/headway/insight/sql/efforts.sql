-- Each action's time: recorded where it is; else its gap, where that is within the cap, else what is typical, both times
-- :percent, the team's own calibration. Three caps give the range. Genuine effort is what the action takes when nothing
-- gets in between (the lower quartile, and no more than it took); taking a ticket or handing it on is none where what is
-- written is recorded (:writes is 1). Time of reading without an action is added as it was recorded.
SELECT e.ticket_id, e.actor_id, e.event_id, e.at_ms, e.place, e.work, e.size,
    COALESCE(e.active_ms, CAST((e.low_ms * :percent - e.low_ms * :percent % 100) / 100 AS BIGINT)) + e.read_ms AS low_ms,
    COALESCE(e.active_ms, CAST((e.mid_ms * :percent - e.mid_ms * :percent % 100) / 100 AS BIGINT)) + e.read_ms AS mid_ms,
    COALESCE(e.active_ms, CAST((e.high_ms * :percent - e.high_ms * :percent % 100) / 100 AS BIGINT)) + e.read_ms AS high_ms,
    COALESCE(e.active_ms, CAST((e.genuine_ms * :percent - e.genuine_ms * :percent % 100) / 100 AS BIGINT)) + e.read_ms AS genuine_ms
FROM (
    SELECT a.ticket_id, a.actor_id, a.event_id, a.at_ms, a.place, a.work, a.size, a.active_ms, a.read_ms,
        CASE WHEN a.gap_ms <= :low_ms THEN a.gap_ms ELSE COALESCE(l.typical_ms, la.typical_ms) END AS low_ms,
        CASE WHEN a.gap_ms <= :mid_ms THEN a.gap_ms ELSE COALESCE(m.typical_ms, ma.typical_ms) END AS mid_ms,
        CASE WHEN a.gap_ms <= :high_ms THEN a.gap_ms ELSE COALESCE(h.typical_ms, ha.typical_ms) END AS high_ms,
        CASE
            WHEN :writes = 1 AND a.work LIKE '4 %' THEN 0
            WHEN a.gap_ms < COALESCE(g.typical_ms, ga.typical_ms) THEN a.gap_ms
            ELSE COALESCE(g.typical_ms, ga.typical_ms)
        END AS genuine_ms
    FROM actions AS a
    LEFT JOIN typical_low AS l ON l.work = a.work AND l.size = a.size
    LEFT JOIN typical_mid AS m ON m.work = a.work AND m.size = a.size
    LEFT JOIN typical_high AS h ON h.work = a.work AND h.size = a.size
    LEFT JOIN typical_genuine AS g ON g.work = a.work AND g.size = a.size
    CROSS JOIN typical_any_low AS la
    CROSS JOIN typical_any_mid AS ma
    CROSS JOIN typical_any_high AS ha
    CROSS JOIN typical_any_genuine AS ga
) AS e
