-- Messages in turns: consecutive ones of one side are one. Automatic replies are nobody's turn.
SELECT ticket_id,
    SUM(CASE WHEN side = 2 AND COALESCE(side_before, 0) <> 2 THEN 1 ELSE 0 END) AS our_turns,
    SUM(CASE WHEN side = 1 AND COALESCE(side_before, 0) <> 1 THEN 1 ELSE 0 END) AS their_turns,
    MIN(CASE WHEN side = 2 THEN at_ms ELSE NULL END) AS first_reply_ms
FROM (
    SELECT ticket_id, at_ms, side, LAG(side) OVER (PARTITION BY ticket_id ORDER BY at_ms, event_id) AS side_before
    FROM (
        SELECT ticket_id, event_id, at_ms,
            CASE
                WHEN kind = 'replied' AND actor_kind = 'agent' THEN 2
                WHEN kind = 'created' OR (kind = 'received' AND courtesy = 0) THEN 1
                ELSE NULL
            END AS side
        FROM steps
    ) AS sided
    WHERE side IS NOT NULL
) AS ordered
GROUP BY ticket_id
