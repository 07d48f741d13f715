"""Where a search's words stand in the tickets it found: a piece of text for each row that is shown."""

import re
from dataclasses import dataclass

from headway.foundation.rows import fetch_sql
from headway.settings import queries as settings
from headway.tickets.queries.search import Found
from headway.tickets.queries.tsquery import tsquery
from headway.tickets.rules.searching import START, STEMMERS, STOP, Term, terms

_OPTIONS = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"

# As much of a text is looked through for where a word may stand; marking, which costs more, is done only around there.
_LOOKED_AT = 20_000
_AHEAD, _MARKED = 120, 520
_BEFORE, _SHOWN = 60, 260

# What matched is known by its ticket and time. Its words are marked twice: by the stems of its language, and as they
# are written; whichever marks more is shown.
_SQL = f"""
WITH wanted AS (SELECT * FROM unnest(%s::bigint[], %s::timestamptz[]) AS w(ticket_id, at)),
matching AS MATERIALIZED (
  SELECT DISTINCT ON (e.ticket_id) e.ticket_id, e.kind, e.source_id
  FROM wanted JOIN tickets_searchentry e ON e.at = wanted.at AND e.ticket_id = wanted.ticket_id
  ORDER BY e.ticket_id, e.kind
),
said AS (
  SELECT matching.ticket_id, matching.kind, translate(ticket.subject, '{START}{STOP}', '') AS subject,
    translate(left(coalesce(message.text, note.text, ''), {_LOOKED_AT}), '{START}{STOP}', '') AS text,
    coalesce(nullif(message.language, ''), ticket.language) AS language,
    (SELECT string_agg(file.name, ' · ' ORDER BY file.id) FROM tickets_messagefile file
      WHERE matching.kind = 'm' AND file.message_id = message.id AND file.content_id = '') AS message_files,
    (SELECT string_agg(file.name, ' · ' ORDER BY file.id) FROM tickets_notefile file
      WHERE matching.kind = 'n' AND file.note_id = note.id) AS note_files
  FROM matching JOIN tickets_ticket ticket ON ticket.id = matching.ticket_id
  LEFT JOIN tickets_message message ON matching.kind = 'm' AND message.id = matching.source_id
  LEFT JOIN tickets_note note ON matching.kind = 'n' AND note.id = matching.source_id
),
asked AS MATERIALIZED (SELECT ({{query}}) AS q),
near AS MATERIALIZED (
  SELECT ticket_id, kind, subject, language, message_files, note_files, substr(text,
    greatest(regexp_instr(unaccent(text), unaccent(%s::text), 1, 1, 0, 'i') - {_AHEAD}, 1), {_MARKED}) AS text
  FROM said
),
marked AS MATERIALIZED (
  SELECT near.*,
    ts_headline({{stems}}, subject, q, '{_OPTIONS}') AS stem_subject,
    ts_headline('headway_plain', subject, q, '{_OPTIONS}') AS plain_subject,
    ts_headline({{stems}}, text, q, '{_OPTIONS}') AS stem_text,
    ts_headline('headway_plain', text, q, '{_OPTIONS}') AS plain_text
  FROM near, asked
)
SELECT ticket_id, kind, stem_subject, plain_subject,
  substr(stem_text, greatest(position('{START}' IN stem_text) - {_BEFORE}, 1), {_SHOWN}),
  substr(plain_text, greatest(position('{START}' IN plain_text) - {_BEFORE}, 1), {_SHOWN}),
  text, translate(coalesce(message_files, note_files, ''), '{START}{STOP}', '')
FROM marked
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row's subject and a piece of what matched, matches between START and STOP. `kind`: m, n, or f for a file."""

    kind: str
    subject: str
    text: str


def highlights(found: Found) -> dict[int, Hit]:
    """By ticket, what to show of each row of a search. One query; none for filters alone."""
    wanted = terms(found.words, typing=found.typing)
    query = tsquery([term for term in wanted if not term.unwanted], settings.current().search_languages)
    if query is None or not found.matched:
        return {}
    stems = " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in STEMMERS.items())
    stems = f"(CASE language {stems} ELSE 'headway_plain' END)::regconfig"
    statement = _SQL.replace("{query}", query.sql).replace("{stems}", stems)
    ids, times = list(found.matched), list(found.matched.values())
    ideographs = [term.text for term in wanted if term.pairs and not term.unwanted]
    written = [term.text for term in wanted if term.text and not term.unwanted]
    hits = {}
    for ticket_id, kind, *marked, text, files in fetch_sql(statement, [ids, times, *query.parameters, _places(wanted)]):
        subject, shown = _better(*marked[:2]), _better(*marked[2:])
        if START not in shown and ideographs:
            shown = _around(_mark(text, ideographs))
        names = _mark(files, written)
        aside = START not in shown and START in names
        hits[ticket_id] = Hit("f" if aside else kind, _mark(subject, ideographs), names if aside else _whole(shown))
    return hits


def _places(wanted: list[Term]) -> str:
    """Where a match may stand, as a regular expression: what words begin with, their endings left to their stems."""
    beginnings = [
        re.escape(word[: max(3, len(word) - (0 if term.prefix or term.begun else 3))])
        for term in wanted
        if not term.unwanted and not term.pairs
        for word in re.findall(r"\w+", term.text)
    ]
    ideographs = [re.escape(term.pairs[0]) for term in wanted if term.pairs and not term.unwanted]
    return "|".join([*(f"\\m{beginning}" for beginning in beginnings), *ideographs])


def _better(stemmed: str, plain: str) -> str:
    return stemmed if stemmed.count(START) > plain.count(START) else plain


def _around(text: str) -> str:
    at = max(0, text.find(START) - _BEFORE)
    return text[at : at + _SHOWN]


def _whole(piece: str) -> str:
    """On one line, with as many ends of marks as beginnings."""
    open_marks = piece.count(START) - piece.count(STOP)
    return " ".join(piece.split()) + STOP * max(0, open_marks)


def _mark(text: str, words: list[str]) -> str:
    """Marks words where PostgreSQL cannot: ideographs, at which it does not cut, and the insides of file names."""
    if START in text or not words:
        return text
    anyone = "|".join(map(re.escape, words))
    return re.sub(anyone, lambda found: f"{START}{found[0]}{STOP}", text, flags=re.IGNORECASE)
