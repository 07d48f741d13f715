-- A solved ticket is unsolved again within :window_ms. Not when a message that only thanks did it, and not when the
-- one who solved it takes that back within :undo_ms.
SELECT r.ticket_id, r.event_id, r.at_ms, s.at_ms AS solved_ms
FROM (
    SELECT e.*,
        MAX(CASE WHEN e.state = 4 AND COALESCE(e.state_before, 0) <> 4 THEN e.place ELSE NULL END) OVER (
            PARTITION BY e.ticket_id ORDER BY e.at_ms, e.event_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS solve_place
    FROM steps AS e
) AS r
JOIN steps AS s ON s.ticket_id = r.ticket_id AND s.place = r.solve_place
LEFT JOIN (SELECT ticket_id, at_ms FROM events WHERE courtesy = 1 GROUP BY ticket_id, at_ms) AS c
    ON c.ticket_id = r.ticket_id AND c.at_ms = r.at_ms
WHERE r.state_before = 4 AND r.state <> 4 AND r.at_ms - s.at_ms < :window_ms AND c.ticket_id IS NULL
    AND NOT (
        r.actor_kind = 'agent' AND COALESCE(r.actor_id, 0) = COALESCE(s.actor_id, -1) AND r.at_ms - s.at_ms < :undo_ms
    )
