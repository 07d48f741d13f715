"""Time zones on offer."""

from zoneinfo import available_timezones


def zones() -> list[str]:
    """The time zones a person may name, for completion."""
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/")))
