-- Every handing on of a ticket: from team to team, and what the source itself calls an escalation. `up` is 1 when it goes
-- to a higher tier or is recorded as an escalation.
SELECT m.ticket_id, m.event_id, m.at_ms, m.up, m.from_team, m.to_team,
    LAG(m.at_ms) OVER (PARTITION BY m.ticket_id ORDER BY m.at_ms, m.event_id) AS before_ms,
    LEAD(m.at_ms) OVER (PARTITION BY m.ticket_id ORDER BY m.at_ms, m.event_id) AS next_ms
FROM (
    SELECT t.ticket_id, t.event_id, t.at_ms, t.from_team, t.to_team,
        CASE WHEN t.to_tier > t.from_tier OR r.ticket_id IS NOT NULL THEN 1 ELSE 0 END AS up
    FROM transfers AS t
    LEFT JOIN (SELECT ticket_id, at_ms FROM steps WHERE kind = 'escalated' GROUP BY ticket_id, at_ms) AS r
        ON r.ticket_id = t.ticket_id AND r.at_ms = t.at_ms
    UNION ALL
    SELECT s.ticket_id, s.event_id, s.at_ms, NULL AS from_team, NULL AS to_team, 1 AS up
    FROM steps AS s
    LEFT JOIN transfers AS t ON t.ticket_id = s.ticket_id AND t.at_ms = s.at_ms
    WHERE s.kind = 'escalated' AND t.ticket_id IS NULL
) AS m
