-- Every action with its recorded time, whether it came with the action itself or from the visit it belongs to.
SELECT a.ticket_id, a.actor_id, a.at_ms, a.event_id, a.work, a.size, a.gap_ms, a.place, a.actor_before,
    COALESCE(a.active_ms, r.active_ms) AS active_ms, COALESCE(r.read_ms, 0) AS read_ms
FROM acted AS a
LEFT JOIN recorded AS r ON r.event_id = a.event_id
