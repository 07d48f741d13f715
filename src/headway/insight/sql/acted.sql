-- What a person did on a ticket at one instant is one action, however many entries it left. The gap before it is the
-- time since that person's last action anywhere. Closing what is solved already is no work.
SELECT a.*,
    a.at_ms - LAG(a.at_ms) OVER (PARTITION BY a.actor_id ORDER BY a.at_ms, a.event_id) AS gap_ms,
    CAST(ROW_NUMBER() OVER (PARTITION BY a.ticket_id ORDER BY a.at_ms, a.event_id) AS BIGINT) AS place,
    LAG(a.actor_id) OVER (PARTITION BY a.ticket_id ORDER BY a.at_ms, a.event_id) AS actor_before
FROM (
    SELECT ticket_id, actor_id, at_ms, MIN(event_id) AS event_id,
        MIN(
            CASE kind
                WHEN 'replied' THEN '1 replied'
                WHEN 'note' THEN '2 note'
                WHEN 'escalated' THEN '3 escalated'
                ELSE CASE WHEN kind = 'assigned' THEN '4 ' WHEN kind = 'status' THEN '5 ' ELSE '6 ' END || activity
            END
        ) AS work,
        CASE
            WHEN SUM(COALESCE(length, 0)) = 0 THEN 0
            WHEN SUM(COALESCE(length, 0)) < 200 THEN 1
            WHEN SUM(COALESCE(length, 0)) < 800 THEN 2
            ELSE 3
        END AS size,
        SUM(active_ms) AS active_ms
    FROM steps
    WHERE actor_kind = 'agent' AND actor_id IS NOT NULL
        AND (status IS NULL OR status <> 'closed' OR state_before IS NULL OR state_before <> 4)
    GROUP BY ticket_id, actor_id, at_ms
) AS a
