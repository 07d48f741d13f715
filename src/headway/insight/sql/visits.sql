-- Recorded time of work: one visit of a person to a ticket, from when to when its actions count as part of it, and the
-- first of them; else the person's next action on the ticket, else the last before. A visit is told of every half
-- minute, and ends when nothing is heard for three.
SELECT w.event_id, w.ticket_id, w.actor_id, w.active_ms, w.at_ms - 2 * w.active_ms - 180000 AS from_ms, w.at_ms + 60000 AS to_ms,
    MIN(CASE WHEN a.at_ms >= w.at_ms - 2 * w.active_ms - 180000 AND a.at_ms < w.at_ms + 60000 THEN a.place ELSE NULL END) AS inside,
    COALESCE(
        MIN(CASE WHEN a.at_ms >= w.at_ms THEN a.place ELSE NULL END),
        MAX(CASE WHEN a.at_ms < w.at_ms THEN a.place ELSE NULL END)
    ) AS nearest
FROM events AS w
JOIN population AS p ON p.ticket_id = w.ticket_id
JOIN acted AS a ON a.ticket_id = w.ticket_id AND a.actor_id = w.actor_id
WHERE w.kind = 'worked' AND w.active_ms IS NOT NULL
GROUP BY w.event_id, w.ticket_id, w.actor_id, w.active_ms, w.at_ms
