-- Customers by the number of their tickets.
SELECT tickets, COUNT(*) AS customers
FROM (SELECT customer_id, COUNT(*) AS tickets FROM facts WHERE customer_id IS NOT NULL GROUP BY customer_id) AS own
GROUP BY tickets
ORDER BY tickets
