"""What there is to be told, how, and what makes somebody follow a ticket. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

KINDS = ("assignment", "mention", "reply", "due")
WAYS = ("desk", "desktop", "mail")
REASONS = ("assigned", "mentioned", "replied", "noted")

# Others' answers come often and are seen at the desk; who is called or given something hears it by mail as well.
USUAL: dict[str, tuple[str, ...]] = {
    "assignment": ("desk", "desktop", "mail"),
    "mention": ("desk", "desktop", "mail"),
    "reply": ("desk", "desktop"),
    "due": ("desk", "desktop"),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """The ways of each kind, and what makes them follow."""

    ways: Mapping[str, Sequence[str]] = field(default_factory=lambda: USUAL)
    follows: Sequence[str] = REASONS

    def of(self, kind: str) -> frozenset[str]:
        """The ways of a kind; one that came after somebody chose is told as it usually is."""
        return frozenset(self.ways.get(kind, USUAL.get(kind, ())))

    def shown(self) -> dict[str, list[str]]:
        """The ways of every kind, in the usual order."""
        return {kind: [way for way in WAYS if way in self.of(kind)] for kind in KINDS}


def fits(ways: Mapping[str, Sequence[str]], follows: Sequence[str]) -> bool:
    """Whether these are choices: every kind with ways that there are, and reasons that there are."""
    return (
        set(ways) == set(KINDS)
        and all(set(chosen) <= set(WAYS) for chosen in ways.values())
        and set(follows) <= set(REASONS)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What may concern somebody. `concerned` have the ticket or follow it."""

    kind: str
    actor: int | None = None  # the agent who did it
    to_agent: int | None = None
    writer: int | None = None  # whose reply for later it is about
    called: frozenset[int] = frozenset()
    concerned: frozenset[int] = frozenset()
    automatic: bool = False
    held: bool = False
    first: bool = False


SAID = ("message.received", "message.admitted", "message.written", "note.written", "side.answered")


def concerns(what: Happened) -> dict[int, str]:
    """Whom it concerns, and as what: each once, and nobody their own act. What machines send concerns nobody."""
    found: dict[int, str] = {}
    if what.kind == "ticket.assigned" and what.to_agent is not None:
        found[what.to_agent] = "assignment"
    if what.kind in SAID and not (what.automatic or what.held or what.first):
        found |= dict.fromkeys(what.concerned, "reply")
    if what.kind == "reply.held_back" and what.writer is not None:
        found[what.writer] = "reply"
    found |= dict.fromkeys(what.called, "mention")
    found.pop(what.actor or 0, None)
    return found


def follows(what: Happened) -> dict[int, str]:
    """Whom it makes follow the ticket, and why; the weightiest reason counts."""
    found: dict[int, str] = {}
    if what.kind == "ticket.assigned" and what.to_agent is not None:
        found[what.to_agent] = "assigned"
    if what.kind == "message.written" and what.actor is not None and not what.automatic:
        found[what.actor] = "replied"
    if what.kind == "note.written" and what.actor is not None:
        found[what.actor] = "noted"
    return found | dict.fromkeys(what.called - {what.actor}, "mentioned")
