-- When each ticket was solved: first, and for good (the last entry into solved, where it stayed). A closing behind it
-- is no entry and adds nothing.
SELECT ticket_id,
    MIN(CASE WHEN state = 4 AND COALESCE(state_before, 0) <> 4 THEN at_ms ELSE NULL END) AS first_solved_ms,
    CASE
        WHEN MAX(CASE WHEN next_ms IS NULL THEN state ELSE 0 END) = 4
        THEN MAX(CASE WHEN state = 4 AND COALESCE(state_before, 0) <> 4 THEN at_ms ELSE NULL END)
        ELSE NULL
    END AS resolved_ms,
    SUM(CASE WHEN state = 4 AND COALESCE(state_before, 0) <> 4 THEN 1 ELSE 0 END) AS solves
FROM steps
GROUP BY ticket_id
