-- What each handing on was like. `early`: before any reply, note or recorded step. `told`: a note of ours since the ticket
-- was handed on before, or with it. `again`: handed on once more before anybody worked on it; `work_ms`: until somebody
-- did. `asked`: the customer had to write again behind the next reply. Those that go up, or all where :up is 0.
SELECT m.ticket_id, m.event_id, m.at_ms,
    CASE WHEN w.first_ms IS NULL OR w.first_ms >= m.at_ms THEN 1 ELSE 0 END AS early,
    CASE WHEN n.event_id IS NULL THEN 0 ELSE 1 END AS told,
    CASE WHEN m.next_ms IS NOT NULL AND (a.work_at_ms IS NULL OR m.next_ms <= a.work_at_ms) THEN 1 ELSE 0 END AS again,
    a.work_at_ms - m.at_ms AS work_ms,
    CASE WHEN c.event_id IS NULL THEN 0 ELSE 1 END AS asked
FROM moves AS m
LEFT JOIN (
    SELECT ticket_id, MIN(at_ms) AS first_ms FROM steps
    WHERE actor_kind = 'agent' AND kind IN ('replied', 'note', 'step') GROUP BY ticket_id
) AS w ON w.ticket_id = m.ticket_id
LEFT JOIN (
    SELECT m.event_id
    FROM moves AS m
    JOIN steps AS s ON s.ticket_id = m.ticket_id AND s.kind = 'note' AND s.actor_kind = 'agent'
        AND (s.at_ms = m.at_ms OR (s.at_ms < m.at_ms AND (m.before_ms IS NULL OR s.at_ms > m.before_ms)))
    GROUP BY m.event_id
) AS n ON n.event_id = m.event_id
LEFT JOIN (
    SELECT m.event_id, MIN(s.at_ms) AS work_at_ms, MIN(CASE WHEN s.kind = 'replied' THEN s.at_ms ELSE NULL END) AS reply_ms
    FROM moves AS m
    JOIN steps AS s ON s.ticket_id = m.ticket_id AND s.actor_kind = 'agent' AND s.kind IN ('replied', 'note', 'step')
        AND s.at_ms > m.at_ms
    GROUP BY m.event_id
) AS a ON a.event_id = m.event_id
LEFT JOIN (
    SELECT m.event_id
    FROM moves AS m
    JOIN steps AS r ON r.ticket_id = m.ticket_id AND r.kind = 'replied' AND r.actor_kind = 'agent' AND r.at_ms > m.at_ms
    JOIN steps AS s ON s.ticket_id = m.ticket_id AND s.kind = 'received' AND s.courtesy = 0 AND s.at_ms > r.at_ms
    WHERE m.next_ms IS NULL OR s.at_ms < m.next_ms
    GROUP BY m.event_id
) AS c ON c.event_id = m.event_id
WHERE m.up >= :up
