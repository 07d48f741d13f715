"""What `headway audit --json` holds, in words: the reference page is made from this, and a test holds to it."""

from typing import Final

# What stands beside the findings, with what it means.
TOP: Final = {
    "tickets": "integer: tickets read",
    "counted": "integer: tickets of the population, which all findings are about",
    "events": "integer: events read",
    "period": "object: first and last moment of the counted tickets' events, `from` and `to`, ISO 8601 in UTC",
    "read": "array: one object a file: `file`, `kind`, `layout` (`ticket` or `event`: what a row is), `rows`, and "
    "`columns`, the field each column was taken for",
    "problems": "object: `count` rows that could not be read or not whole, and the `first` 20 of them",
    "out_of_order": "object: `count` rows whose time cannot be in its order (before their ticket was created, or back "
    "in time where the file goes forward), and the `first` 20 of them. They count at the time they carry; but a moment "
    "of a ticket's row that is before its creation does not count",
    "excluded": "array: what was read and is not counted: `what` and `count`",
    "assumed_silent_days": "integer or null: days of silence after which an answered ticket was taken as "
    "solved, because "
    "the source never solves any",
    "category_from": "string: where categories come from: `field`, `tag`, `field or tag`, `question` (groups of what "
    "customers wrote, where the source has neither), or empty",
    "category_share": "number or null: tickets that have a category, where it is a question",
    "agreement": "array: how often the source's own figure and ours are within a minute: `metric`, `share`, `tickets`",
    "verdict": "object: `verdict` (`understaffed`, `preventable` or `cannot_tell`), `says`, `why`, `not_to_do`, and "
    "`moves`, the three to begin with, each with `hours_low` and `hours_high` a month, the same as "
    "`fte_low`, `fte_high`, of all working time as "
    "`share_low`, `share_high`, and in `assumes` which part of the time found is taken to be freed",
}
# What every finding has; one that is off has `title` and `off` alone.
FINDING: Final = {
    "title": "string: what it is called",
    "says": "string: the finding in a sentence",
    "figures": "object: the figures below. Shares are 0 to 1, durations milliseconds, money in the currency entered",
    "sample": "integer: tickets it stands on",
    "certainty": "string: `measured`, `estimated` or `assumed`",
    "do": "string: what to do about it",
    "metrics": "array of strings: the definitions it uses, in docs/reference/metrics.md",
    "tickets": "array of strings: source ids to check by hand",
    "notes": "array of strings: what limits it",
    "tables": "object: the rows behind it, each an array of objects",
    "off": "string: what the source lacks for it",
}
