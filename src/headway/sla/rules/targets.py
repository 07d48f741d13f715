"""What a workspace promises: how soon the first and each next response come, by channel and priority."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from headway.sla.rules.calendars import Calendar

Key = tuple[str | None, str | None]


@dataclass(frozen=True)
class Target:
    """Open time allowed before a response, counted in `calendar`. None promises nothing."""

    first: timedelta | None
    next: timedelta | None
    calendar: Calendar


@dataclass(frozen=True)
class Policy:
    """Targets by (channel, priority), either of which may be None for "any"."""

    targets: Mapping[Key, Target]

    def target(self, channel: str, priority: str) -> Target | None:
        """The most particular target: channel and priority, then channel alone, then priority alone, then any."""
        for key in ((channel, priority), (channel, None), (None, priority), (None, None)):
            if key in self.targets:
                return self.targets[key]
        return None


# Chat within minutes, mail within hours, the phone at once or a call back: minutes for first and next response.
# Within a minute is "at once" in a figure: it leaves the time to lift the receiver.
DEFAULT_MINUTES: Mapping[Key, tuple[int, int]] = {
    ("phone", None): (1, 30),
    ("chat", "urgent"): (1, 3),
    ("chat", "high"): (2, 5),
    ("chat", None): (3, 5),
    (None, "urgent"): (60, 120),
    (None, "high"): (120, 240),
    (None, "normal"): (240, 480),
    (None, "low"): (480, 960),
    (None, None): (240, 480),
}


def default_policy(calendar: Calendar) -> Policy:
    """The targets a workspace starts with."""
    return Policy(
        {
            key: Target(timedelta(minutes=first), timedelta(minutes=following), calendar)
            for key, (first, following) in DEFAULT_MINUTES.items()
        }
    )
