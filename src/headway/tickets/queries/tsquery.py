"""A search as PostgreSQL's full text search understands it."""

from dataclasses import dataclass
from typing import Any

from headway.tickets.rules.searching import Term


@dataclass(frozen=True, slots=True)
class TsQuery:
    """A tsquery as SQL with its parameters."""

    sql: str
    parameters: list[Any]


# The plain words of a term, the last one open-ended.
_OPEN_ENDED = "(SELECT (regexp_replace(plainto_tsquery('headway_plain', %s)::text, '''$', ''':*'))::tsquery)"


def tsquery(found: list[Term], languages: tuple[str, ...]) -> TsQuery | None:
    """Every wanted term and none of the unwanted, as one tsquery. None when there is nothing to look for."""
    wanted: list[str] = []
    parameters: list[Any] = []
    for term in found:
        sql, own = _term(term, languages)
        wanted.append(f"!! ({sql})" if term.unwanted else f"({sql})")
        parameters += own
    return TsQuery(" && ".join(wanted), parameters) if wanted else None


def _term(term: Term, languages: tuple[str, ...]) -> tuple[str, list[Any]]:
    if term.pairs:
        quoted = " & ".join("'" + pair.replace("'", "''") + "'" for pair in term.pairs)
        return "%s::tsquery", [quoted]
    if term.phrase:
        return "phraseto_tsquery('headway_plain', %s)", [term.text]
    if term.prefix:
        return _OPEN_ENDED, [term.text]
    # as it is written, or by its stem in any of the workspace's languages; a stop word has no stem
    parts = ["plainto_tsquery('headway_plain', %s)"] + ["plainto_tsquery(%s::regconfig, %s)"] * len(languages)
    parameters = [term.text]
    for language in languages:
        parameters += [language, term.text]
    if term.begun:
        parts.append(_OPEN_ENDED)
        parameters.append(term.text)
    return " || ".join(parts), parameters
