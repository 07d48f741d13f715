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
        CASE WHEN a.gap_ms <= :low_ms THEN a.gap_ms ELSE COALESCE(t.low_ms, y.low_ms) END AS low_ms,
        CASE WHEN a.gap_ms <= :mid_ms THEN a.gap_ms ELSE COALESCE(t.mid_ms, y.mid_ms) END AS mid_ms,
        CASE WHEN a.gap_ms <= :high_ms THEN a.gap_ms ELSE COALESCE(t.high_ms, y.high_ms) END AS high_ms,
        CASE
            WHEN :writes = 1 AND a.work LIKE '4 %' THEN 0
            WHEN a.gap_ms < COALESCE(t.genuine_ms, y.genuine_ms) THEN a.gap_ms
            ELSE COALESCE(t.genuine_ms, y.genuine_ms)
        END AS genuine_ms
    FROM actions AS a
    LEFT JOIN typical AS t ON t.work = a.work AND t.size = a.size
    CROSS JOIN typical_any AS y
) AS e
