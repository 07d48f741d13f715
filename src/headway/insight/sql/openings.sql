-- What each ticket's customer wrote first, with what the ticket took. In an order that is as good as random and always the
-- same, so that the first so many are a fair sample.
SELECT f.ticket_id, f.bucket, f.mid_ms, f.our_turns, f.escalated, f.held, f.customer_id, m.subject, m.text
FROM facts AS f
JOIN (
    SELECT e.ticket_id, MIN(e.event_id) AS event_id
    FROM messages AS g
    JOIN events AS e ON e.event_id = g.event_id
    WHERE e.actor_kind = 'customer' AND e.courtesy = 0
    GROUP BY e.ticket_id
) AS o ON o.ticket_id = f.ticket_id
JOIN messages AS m ON m.event_id = o.event_id
ORDER BY f.ticket_id * 2654435761 % 4294967296, f.ticket_id
LIMIT :most
