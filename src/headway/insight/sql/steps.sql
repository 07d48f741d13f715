-- Every event of the population with its place, whom the ticket waits for after it (1 us, 2 the customer, 3 others,
-- 4 nobody: it is solved), whom before it, and what came next. Where a source records no statuses, messages tell.
-- Two passes over the sorted events, not one for each column: most of a large audit's time is spent here.
SELECT c.*,
    MAX(CASE WHEN c.code IS NOT NULL THEN c.place * 8 + c.code ELSE NULL END) OVER (
        PARTITION BY c.ticket_id ORDER BY c.at_ms, c.event_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) % 8 AS state,
    MAX(CASE WHEN c.code IS NOT NULL THEN c.place * 8 + c.code ELSE NULL END) OVER (
        PARTITION BY c.ticket_id ORDER BY c.at_ms, c.event_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) % 8 AS state_before
FROM (
    SELECT e.*,
        CAST(ROW_NUMBER() OVER (PARTITION BY e.ticket_id ORDER BY e.at_ms, e.event_id) AS BIGINT) AS place,
        LEAD(e.at_ms) OVER (PARTITION BY e.ticket_id ORDER BY e.at_ms, e.event_id) AS next_ms,
        LEAD(e.activity) OVER (PARTITION BY e.ticket_id ORDER BY e.at_ms, e.event_id) AS next_activity,
        CASE
            WHEN e.status = 'open' THEN 1
            WHEN e.status = 'waiting' THEN 2
            WHEN e.status = 'hold' THEN 3
            WHEN e.status IN ('solved', 'closed') THEN 4
            WHEN :statuses = 0 AND e.kind IN ('created', 'received') AND e.courtesy = 0 THEN 1
            WHEN :statuses = 0 AND e.kind = 'replied' AND e.actor_kind = 'agent' THEN 2
            ELSE NULL
        END AS code
    FROM events AS e
    JOIN population AS p ON p.ticket_id = e.ticket_id
    WHERE e.kind <> 'worked'
) AS c
