-- The tickets that are counted: begun by customers, created in [since, until).
SELECT t.ticket_id, t.source_id, t.channel, COALESCE(t.category, q.category) AS category, t.priority, t.customer_id, b.created_ms, b.last_ms
FROM tickets AS t
JOIN (SELECT ticket_id, MIN(at_ms) AS created_ms, MAX(at_ms) AS last_ms FROM events GROUP BY ticket_id) AS b
    ON b.ticket_id = t.ticket_id
LEFT JOIN asked AS q ON q.ticket_id = t.ticket_id
WHERE t.origin = 'customer' AND b.created_ms >= :since_ms AND b.created_ms < :until_ms
