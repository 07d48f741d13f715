-- Removes everything of ours from the schema, in the transaction that then restores. Extensions stay: they belong to
-- the cluster, and only a superuser could bring them back.
SET client_min_messages = warning;
DO $$
DECLARE
    statement text;
BEGIN
    LOOP
        SELECT command INTO statement FROM (
            SELECT format('DROP %s %I.%I CASCADE',
                CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                    WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, 'public', relname) AS command,
                'pg_class'::regclass AS catalog, oid
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
            UNION ALL
            SELECT format('DROP ROUTINE %s CASCADE', oid::regprocedure), 'pg_proc'::regclass, oid
            FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('DROP TYPE %I.%I CASCADE', 'public', typname), 'pg_type'::regclass, oid
            FROM pg_type WHERE typnamespace = 'public'::regnamespace AND (typtype IN ('e', 'd', 'r')
                OR EXISTS (SELECT FROM pg_class WHERE oid = typrelid AND relkind = 'c'))
            UNION ALL
            SELECT format('DROP TEXT SEARCH CONFIGURATION %I.%I CASCADE', 'public', cfgname),
                'pg_ts_config'::regclass, oid
            FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('DROP TEXT SEARCH DICTIONARY %I.%I CASCADE', 'public', dictname),
                'pg_ts_dict'::regclass, oid
            FROM pg_ts_dict WHERE dictnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('DROP COLLATION %I.%I', 'public', collname), 'pg_collation'::regclass, oid
            FROM pg_collation WHERE collnamespace = 'public'::regnamespace
        ) AS ours
        WHERE NOT EXISTS (
            SELECT FROM pg_depend
            WHERE classid = ours.catalog AND objid = ours.oid AND objsubid = 0 AND deptype IN ('e', 'i')
        )
        LIMIT 1;
        EXIT WHEN NOT FOUND;
        EXECUTE statement;
    END LOOP;
END $$;

-- In a database that is new; where they are there already, nothing happens.
CREATE EXTENSION IF NOT EXISTS vector;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
