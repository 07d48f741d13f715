"""Hands what happened to those who may know, without asking the database anything."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from headway.tickets.rules.visibility import Facts, Scope, may_see
from headway.web.live.listeners import Admission, Listener

BEAT = b": \n\n"
# something concerns them: their screens ask what
NOTIFIED = b"event: notified\ndata: {}\n\n"
# More streams than this one person does not need: a browser holds one for all its tabs.
MOST_EACH = 50


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a ticket, and who may know: whoever sees it now, or saw it until now. `entry`: its
    number in the journal."""

    entry: int
    ticket_id: int
    kind: str
    actor_kind: str
    actor_id: int | None
    now: Facts
    before: Facts

    def event(self) -> bytes:
        """The change as a server-sent event: ids and enumerations only."""
        actor = {"kind": self.actor_kind, "id": self.actor_id}
        data = {"id": self.ticket_id, "kind": self.kind, "actor": actor, "entry": self.entry}
        return b"event: ticket\ndata: " + msgspec.json.encode(data) + b"\n\n"


class Hub:
    """The open streams, grouped by what their readers see: the rule is applied once a group, not once a reader."""

    def __init__(self) -> None:
        self._groups: dict[Scope, set[Listener]] = {}
        self._each: Counter[int] = Counter()

    def __len__(self) -> int:
        return self._each.total()

    def everybody(self) -> list[Listener]:
        """The open streams, in no order."""
        return [listener for group in self._groups.values() for listener in group]

    def join(self, admission: Admission) -> Listener | None:
        """A new stream; None when the person has too many already."""
        if self._each[admission.agent_id] >= MOST_EACH:
            return None
        listener = Listener(admission)
        self._groups.setdefault(admission.scope, set()).add(listener)
        self._each[admission.agent_id] += 1
        return listener

    def leave(self, listener: Listener) -> None:
        """The stream is closed and forgotten."""
        listener.close()
        group = self._groups.get(listener.admission.scope, set())
        if listener in group:
            group.remove(listener)
            self._each[listener.admission.agent_id] -= 1
            if not group:
                del self._groups[listener.admission.scope]

    def tell(self, changes: Sequence[Change]) -> None:
        """Puts the changes in line for everybody who may know of them, one chunk each."""
        # of the same news the last is told
        latest = {replace(change, entry=0): change for change in changes}
        events = [(change, change.event()) for change in latest.values()]
        for scope, group in list(self._groups.items()):
            said = dict.fromkeys(
                event
                for change, event in events
                if may_see(scope, change.now) or (change.before != change.now and may_see(scope, change.before))
            )
            if said:
                self._offer(group, b"".join(said))

    def tell_presence(self, facts: Mapping[int, Facts]) -> None:
        """Names the tickets where somebody came or went to everybody who may see them, in one event each."""
        for scope, group in list(self._groups.items()):
            ids = [number for number, fact in facts.items() if may_see(scope, fact)]
            if ids:
                self._offer(group, b"event: presence\ndata: " + msgspec.json.encode({"ids": ids}) + b"\n\n")

    def tell_people(self, ids: Collection[int], event: bytes) -> None:
        """Puts an event in line for these people alone."""
        wanted = set(ids)
        self._offer((each for each in self.everybody() if each.admission.agent_id in wanted), event)

    def beat(self) -> None:
        """Keeps the lines open: proxies cut one that is silent for long."""
        for group in list(self._groups.values()):
            self._offer(group, BEAT)

    def part(self, unwelcome: Callable[[Listener], bool]) -> int:
        """Closes the streams of those who may not listen any more; returns how many."""
        gone = [listener for listener in self.everybody() if unwelcome(listener)]
        for listener in gone:
            self.leave(listener)
        return len(gone)

    def _offer(self, group: Iterable[Listener], chunk: bytes) -> None:
        for listener in list(group):
            if not listener.offer(chunk):
                self.leave(listener)
