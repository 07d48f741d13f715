-- A ticket went from one person's hands into another's. `back` is 1 when that person had it before.
SELECT r.ticket_id, r.event_id, r.at_ms, r.from_id, r.to_id, CASE WHEN r.turn > 1 THEN 1 ELSE 0 END AS back
FROM (
    SELECT ticket_id, event_id, at_ms, place, actor_before AS from_id, actor_id AS to_id,
        ROW_NUMBER() OVER (PARTITION BY ticket_id, actor_id ORDER BY at_ms, event_id) AS turn
    FROM actions
    WHERE actor_before IS NULL OR actor_before <> actor_id
) AS r
WHERE r.from_id IS NOT NULL
