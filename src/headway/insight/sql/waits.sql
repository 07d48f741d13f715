-- Each ticket's time from its creation to its resolution, by whom it waited for. The parts sum to the whole. Idle is
-- what a wait for us goes on beyond :idle_ms with nothing recorded; settled is time solved before it came back.
SELECT ticket_id,
    SUM(CASE WHEN state = 1 AND gap_ms <= :idle_ms THEN gap_ms WHEN state = 1 THEN :idle_ms ELSE 0 END) AS us_ms,
    SUM(CASE WHEN state = 1 AND gap_ms > :idle_ms THEN gap_ms - :idle_ms ELSE 0 END) AS idle_ms,
    SUM(CASE WHEN state = 2 THEN gap_ms ELSE 0 END) AS customer_ms,
    SUM(CASE WHEN state = 3 THEN gap_ms ELSE 0 END) AS others_ms,
    SUM(CASE WHEN state = 4 THEN gap_ms ELSE 0 END) AS settled_ms
FROM (
    SELECT s.ticket_id, COALESCE(s.state, 1) AS state, s.next_ms - s.at_ms AS gap_ms
    FROM steps AS s
    JOIN resolutions AS r ON r.ticket_id = s.ticket_id
    WHERE s.next_ms IS NOT NULL AND s.next_ms <= r.resolved_ms
) AS spans
GROUP BY ticket_id
