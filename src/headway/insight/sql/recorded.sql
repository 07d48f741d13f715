-- What visits recorded for each action: the time of those it is the first action of, 0 where it only lies within one.
-- `read_ms` is the time of visits without an action, added to the nearest.
SELECT a.event_id,
    SUM(CASE WHEN v.inside = a.place THEN v.active_ms WHEN a.at_ms >= v.from_ms AND a.at_ms < v.to_ms THEN 0 ELSE NULL END) AS active_ms,
    SUM(CASE WHEN v.inside IS NULL AND v.nearest = a.place THEN v.active_ms ELSE NULL END) AS read_ms
FROM acted AS a
JOIN visits AS v ON v.ticket_id = a.ticket_id AND v.actor_id = a.actor_id
GROUP BY a.event_id
