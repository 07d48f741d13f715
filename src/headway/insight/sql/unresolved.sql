-- What is unresolved at :end_ms, by whom it waits for, with its age: since the oldest customer message behind our last
-- reply; without one, since the creation.
SELECT CASE WHEN f.last_state = 2 THEN 'customer' WHEN f.last_state = 3 THEN 'others' ELSE 'us' END AS waits_for,
    f.ticket_id, :end_ms - COALESCE(u.asked_ms, f.created_ms) AS age_ms
FROM facts AS f
LEFT JOIN (
    SELECT m.ticket_id, MIN(m.at_ms) AS asked_ms
    FROM steps AS m
    LEFT JOIN (SELECT ticket_id, MAX(at_ms) AS replied_ms FROM steps WHERE kind = 'replied' AND actor_kind = 'agent' GROUP BY ticket_id) AS r
        ON r.ticket_id = m.ticket_id
    WHERE m.kind = 'received' AND (r.replied_ms IS NULL OR m.at_ms > r.replied_ms)
    GROUP BY m.ticket_id
) AS u ON u.ticket_id = f.ticket_id
WHERE f.resolved_ms IS NULL
