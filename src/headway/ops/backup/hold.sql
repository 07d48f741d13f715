-- In the restore's own transaction: there is no moment in which a restored workspace could send.
SET search_path = public;
INSERT INTO settings_workspace (id, version, created_at, held_since, held_reason)
VALUES (1, 0, now(), now(), 'restored')
ON CONFLICT (id) DO UPDATE SET held_since = now(), held_reason = 'restored';
