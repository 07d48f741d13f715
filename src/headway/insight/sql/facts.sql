-- One row for each ticket of the population: everything a finding counts.
SELECT f.*,
    CASE
        WHEN f.actions = 0 THEN 'untouched'
        WHEN f.genuine_ms >= :complex_ms OR f.people >= 4 OR f.escalated = 1 OR f.held = 1 THEN 'complex'
        WHEN f.genuine_ms < :simple_ms AND f.people <= 2 AND f.backs = 0 AND f.reopens = 0 AND f.our_turns <= 2 THEN 'simple'
        ELSE 'medium'
    END AS bucket
FROM (
    SELECT p.ticket_id, p.created_ms, p.channel, COALESCE(p.category, '') AS category, p.customer_id,
        r.first_solved_ms, r.resolved_ms, r.solves,
        t.first_reply_ms, COALESCE(t.our_turns, 0) AS our_turns, COALESCE(t.their_turns, 0) AS their_turns,
        COALESCE(a.actions, 0) AS actions,
        CASE WHEN a.actions > 0 THEN 1 + COALESCE(h.handoffs - h.backs, 0) ELSE 0 END AS people, a.first_touch_ms, a.first_actor,
        COALESCE(a.low_ms, 0) AS low_ms, COALESCE(a.mid_ms, 0) AS mid_ms, COALESCE(a.high_ms, 0) AS high_ms,
        COALESCE(a.genuine_ms, 0) AS genuine_ms,
        COALESCE(h.handoffs, 0) AS handoffs, COALESCE(h.backs, 0) AS backs,
        COALESCE(x.transfers, 0) AS transfers,
        COALESCE(o.reopens, 0) AS reopens,
        COALESCE(s.escalated, 0) AS escalated, COALESCE(s.held, 0) AS held, COALESCE(s.last_state, 1) AS last_state,
        s.events, s.last_ms,
        w.us_ms, w.idle_ms, w.customer_ms, w.others_ms, w.settled_ms
    FROM population AS p
    JOIN resolutions AS r ON r.ticket_id = p.ticket_id
    JOIN (
        SELECT ticket_id, COUNT(*) AS events, MAX(at_ms) AS last_ms,
            MAX(CASE WHEN kind = 'escalated' THEN 1 ELSE 0 END) AS escalated,
            MAX(CASE WHEN state = 3 THEN 1 ELSE 0 END) AS held,
            MAX(CASE WHEN next_ms IS NULL THEN state ELSE NULL END) AS last_state
        FROM steps GROUP BY ticket_id
    ) AS s ON s.ticket_id = p.ticket_id
    LEFT JOIN turns AS t ON t.ticket_id = p.ticket_id
    LEFT JOIN (
        SELECT ticket_id, COUNT(*) AS actions, MIN(at_ms) AS first_touch_ms,
            MAX(CASE WHEN place = 1 THEN actor_id ELSE NULL END) AS first_actor,
            SUM(low_ms) AS low_ms, SUM(mid_ms) AS mid_ms, SUM(high_ms) AS high_ms, SUM(genuine_ms) AS genuine_ms
        FROM efforts GROUP BY ticket_id
    ) AS a ON a.ticket_id = p.ticket_id
    LEFT JOIN (SELECT ticket_id, COUNT(*) AS handoffs, SUM(back) AS backs FROM handoffs GROUP BY ticket_id) AS h
        ON h.ticket_id = p.ticket_id
    LEFT JOIN (SELECT ticket_id, COUNT(*) AS transfers FROM transfers GROUP BY ticket_id) AS x
        ON x.ticket_id = p.ticket_id
    LEFT JOIN (SELECT ticket_id, COUNT(*) AS reopens FROM reopenings GROUP BY ticket_id) AS o
        ON o.ticket_id = p.ticket_id
    LEFT JOIN waits AS w ON w.ticket_id = p.ticket_id
) AS f
