-- How often each activity happens, begins a ticket, ends one, and the sum of its places.
SELECT activity, COUNT(*) AS times, COUNT(DISTINCT ticket_id) AS tickets,
    SUM(CASE WHEN place = 1 THEN 1 ELSE 0 END) AS first_times,
    SUM(CASE WHEN next_ms IS NULL THEN 1 ELSE 0 END) AS last_times,
    SUM(place) AS places
FROM steps
GROUP BY activity
ORDER BY times DESC, activity
