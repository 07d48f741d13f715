-- Search over messages, notes and subjects, newest month first.

-- Words as they are written, without accents.
CREATE TEXT SEARCH CONFIGURATION headway_plain (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION headway_plain
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;

CREATE TABLE tickets_searchentry (
    at timestamptz NOT NULL,
    kind char(1) NOT NULL,
    source_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    vector tsvector NOT NULL,
    PRIMARY KEY (at, kind, source_id)
) PARTITION BY RANGE (at);

-- search itself
CREATE INDEX searchentry_vector ON tickets_searchentry USING gin (vector) WITH (fastupdate = off);
-- a ticket's entries, when it is merged, split or erased
CREATE INDEX searchentry_ticket ON tickets_searchentry (ticket_id);

-- Mail carries wrong dates: all that lies before this century shares one partition.
CREATE TABLE tickets_searchentry_old PARTITION OF tickets_searchentry
    FOR VALUES FROM (MINVALUE) TO ('2000-01-01 00:00+00');

CREATE FUNCTION headway_search_month(moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    month timestamp := date_trunc('month', moment AT TIME ZONE 'UTC');
    name text := 'tickets_searchentry_' || to_char(month, 'YYYY_MM');
BEGIN
    IF moment < '2000-01-01 00:00+00' OR to_regclass(name) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('tickets_searchentry'));
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF tickets_searchentry FOR VALUES FROM (%L) TO (%L)',
        name, month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
END $$;

-- A text as searchable words: as written (with positions, for phrases), its stems, and pairs of ideographs.
CREATE FUNCTION headway_words(body text, stems regconfig, pairs text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE AS $$
    SELECT to_tsvector('headway_plain', body)
        || CASE WHEN stems IS NULL THEN ''::tsvector ELSE strip(to_tsvector(stems, body)) END
        || array_to_tsvector(coalesce(pairs, '{}'))
$$;
