-- Elapsed and open time from creation to the first reply, the first touch and the resolution of each ticket. Where a
-- person's action is the first thing recorded, when the ticket came in is unknown, and so is the time to that touch.
SELECT f.ticket_id, f.first_reply_ms - f.created_ms AS reply_ms, 
    CASE WHEN f.first_touch_ms > f.created_ms THEN f.first_touch_ms - f.created_ms ELSE NULL END AS touch_ms,
    f.resolved_ms - f.created_ms AS resolve_ms,
    r.open_ms_before + r.open * (f.first_reply_ms % 900000) - b.before_ms AS reply_open_ms,
    CASE WHEN f.first_touch_ms > f.created_ms THEN t.open_ms_before + t.open * (f.first_touch_ms % 900000) - b.before_ms
        ELSE NULL END AS touch_open_ms,
    s.open_ms_before + s.open * (f.resolved_ms % 900000) - b.before_ms AS resolve_open_ms
FROM facts AS f
JOIN (
    SELECT g.ticket_id, c.open_ms_before + c.open * (g.created_ms % 900000) AS before_ms
    FROM facts AS g
    JOIN calendar AS c ON c.slot = CAST((g.created_ms - g.created_ms % 900000) / 900000 AS BIGINT)
) AS b ON b.ticket_id = f.ticket_id
LEFT JOIN calendar AS r ON r.slot = CAST((f.first_reply_ms - f.first_reply_ms % 900000) / 900000 AS BIGINT)
LEFT JOIN calendar AS t ON t.slot = CAST((f.first_touch_ms - f.first_touch_ms % 900000) / 900000 AS BIGINT)
LEFT JOIN calendar AS s ON s.slot = CAST((f.resolved_ms - f.resolved_ms % 900000) / 900000 AS BIGINT)
