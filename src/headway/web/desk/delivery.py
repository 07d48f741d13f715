"""How far our answers have come."""

from collections.abc import Collection

from headway.web.desk.timeline import Delivery


def deliveries(message_ids: Collection[int]) -> dict[int, Delivery]:
    """The state of our messages, by id."""
    return {}


def pending() -> list[tuple[str, int]]:
    """What would leave a held workspace once it is released."""
    return []
