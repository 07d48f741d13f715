-- Tickets with the same activities in the same order. A path is told apart by its length and two sums over codes and
-- places, so that no engine has to join texts in order.
SELECT COUNT(*) AS tickets, MIN(ticket_id) AS example_id, MIN(steps) AS steps
FROM (
    SELECT e.ticket_id, COUNT(*) AS steps,
        SUM(c.code * (e.place * 1103515245 % 2147483647)) AS first_sum,
        SUM(c.code * ((e.place * e.place * 40503 + e.place * 69069) % 2147483629)) AS second_sum
    FROM steps AS e
    JOIN (
        SELECT activity, ROW_NUMBER() OVER (ORDER BY activity) AS code FROM steps GROUP BY activity
    ) AS c ON c.activity = e.activity
    GROUP BY e.ticket_id
) AS paths
GROUP BY steps, first_sum, second_sum
ORDER BY tickets DESC, example_id
