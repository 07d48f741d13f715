-- A ticket went from one team to another. `early` is 1 when nobody had replied or done a recorded step before.
SELECT m.ticket_id, m.event_id, m.at_ms, m.from_team, m.to_team, f.tier AS from_tier, t.tier AS to_tier,
    CASE WHEN w.first_ms IS NULL OR w.first_ms >= m.at_ms THEN 1 ELSE 0 END AS early
FROM (
    SELECT ticket_id, event_id, at_ms, team_id AS to_team,
        LAG(team_id) OVER (PARTITION BY ticket_id ORDER BY at_ms, event_id) AS from_team
    FROM steps
    WHERE team_id IS NOT NULL
) AS m
JOIN people AS f ON f.person_id = m.from_team
JOIN people AS t ON t.person_id = m.to_team
LEFT JOIN (
    SELECT ticket_id, MIN(at_ms) AS first_ms FROM steps
    WHERE actor_kind = 'agent' AND kind IN ('replied', 'note', 'step') GROUP BY ticket_id
) AS w ON w.ticket_id = m.ticket_id
WHERE m.from_team <> m.to_team
