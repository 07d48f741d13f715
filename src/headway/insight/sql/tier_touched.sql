-- Tickets that a team of the lowest tier had.
SELECT COUNT(DISTINCT s.ticket_id) AS tickets
FROM steps AS s
JOIN people AS p ON p.person_id = s.team_id
JOIN (SELECT MIN(tier) AS tier FROM people WHERE kind = 'team') AS l ON l.tier = p.tier
