"""What a CRM or an agent may note about a customer or an organisation, as name and value."""

from collections.abc import Mapping

MOST_FACTS, MOST_NAME, MOST_TEXT = 60, 60, 1000


def fit(facts: Mapping[str, object]) -> bool:
    """Whether these are plain facts: short names with a text, a number, yes or no, or nothing."""
    return len(facts) <= MOST_FACTS and all(
        0 < len(name.strip()) <= MOST_NAME and "\x00" not in name and _plain(value) for name, value in facts.items()
    )


def _plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= MOST_TEXT and "\x00" not in value
    return value is None or isinstance(value, bool | int) or (isinstance(value, float) and abs(value) < float("inf"))
