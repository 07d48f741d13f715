"""What a view of the list is made of: a list to begin with, filters by name, a sorting."""

from collections.abc import Mapping

BASES = ("mine", "unassigned", "mentions", "open", "waiting", "snoozed", "solved", "all", "spam")
FILTERS = ("status", "team", "assignee", "priority", "tag", "channel", "brand")
ORDERS = ("active", "waiting", "created", "oldest", "priority", "due")
MOST_VALUE = 200
MOST_VIEWS = 100


def is_base(name: str) -> bool:
    """Whether a list of this name is always there: one of ours, or a team's."""
    return name in BASES or team_of(name) is not None


def team_of(name: str) -> int | None:
    """The team whose list it is: "team-7"."""
    digits = name.removeprefix("team-")
    return int(digits) if digits != name and digits.isdecimal() and len(digits) < 19 and int(digits) else None


def saved_of(name: str) -> int | None:
    """The saved view that it is: "saved-7"."""
    digits = name.removeprefix("saved-")
    return int(digits) if digits != name and digits.isdecimal() and len(digits) < 19 and int(digits) else None


def fits(narrowing: Mapping[str, str]) -> bool:
    """Whether these are filters by name with values as addresses hold them."""
    return all(name in FILTERS and 0 < len(value) <= MOST_VALUE for name, value in narrowing.items())
