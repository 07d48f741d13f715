-- Resolved tickets whose :again_ms have passed by :end_ms, and whether they were resolved at first contact.
SELECT COUNT(*) AS due,
    SUM(CASE WHEN f.our_turns = 1 AND f.escalated = 0 AND f.transfers_up = 0 AND f.reopens = 0 AND f.next_ms IS NULL
        THEN 1 ELSE 0 END) AS first_contact,
    SUM(CASE WHEN f.actions = 1 THEN 1 ELSE 0 END) AS one_touch,
    SUM(CASE WHEN f.next_ms IS NOT NULL THEN 1 ELSE 0 END) AS again
FROM (
    SELECT g.ticket_id, g.our_turns, g.escalated, g.reopens, g.actions, COALESCE(u.up, 0) AS transfers_up,
        MIN(n.created_ms) AS next_ms
    FROM facts AS g
    LEFT JOIN (SELECT ticket_id, COUNT(*) AS up FROM transfers WHERE to_tier > from_tier GROUP BY ticket_id) AS u
        ON u.ticket_id = g.ticket_id
    LEFT JOIN facts AS n ON n.customer_id = g.customer_id AND n.category = g.category AND n.ticket_id <> g.ticket_id
        AND n.created_ms >= g.resolved_ms AND n.created_ms < g.resolved_ms + :again_ms
    WHERE g.resolved_ms + :again_ms <= :end_ms
    GROUP BY g.ticket_id, g.our_turns, g.escalated, g.reopens, g.actions, u.up
) AS f
