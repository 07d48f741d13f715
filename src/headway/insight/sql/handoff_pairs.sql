-- From whom to whom tickets go.
SELECT from_id, to_id, COUNT(*) AS times, SUM(back) AS backs
FROM handoffs
GROUP BY from_id, to_id
ORDER BY times DESC, from_id, to_id
LIMIT 15
