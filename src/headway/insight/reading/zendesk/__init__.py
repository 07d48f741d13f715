"""Zendesk's exports: incremental tickets, ticket events and audits, metric sets, users and groups, as JSON files.

Pages as the API gives them, one or many in a file, and its own export of an object a line. Several files of one export
are read together; which users are agents may stand in another file than what they did.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from headway.insight.reading import order
from headway.insight.reading.json_stream import Broken, elements
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staged import Problem, Row
from headway.insight.reading.staging import Staging
from headway.insight.reading.zendesk import happenings, tickets

_EVERY: Final = 1000
# What the lists are called, and what makes rows of an element.
LISTS: Final[Mapping[str, Callable[[Mapping[str, Any]], list[Row]]]] = {
    "tickets": tickets.ticket,
    "ticket_metrics": tickets.metrics,
    "metric_sets": tickets.metrics,
    "users": tickets.user,
    "groups": tickets.group,
    "ticket_events": happenings.incremental,
    "audits": happenings.audit,
    "organizations": lambda _element: [],
}


class Zendesk:
    """One file of an export."""

    name = "Zendesk"

    def claims(self, path: Path, head: bytes, /) -> bool:
        """By the names that only these documents have, or as a download of ours."""
        if path.name.startswith("zendesk-"):
            return True
        if not head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{"):
            return False
        named = any(f'"{name}"'.encode() in head for name in LISTS)
        return named or (b'"requester_id"' in head and b'"submitter_id"' in head)

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
        """An element that cannot be read is a problem, with its number within its list."""
        count, stepwise = 0, False
        whole: dict[str, Any] = {}
        numbers: dict[str, int] = {}
        try:
            for name, element in elements(path):
                if name in LISTS and isinstance(element, dict):
                    numbers[name] = numbers.get(name, 0) + 1
                    stepwise |= name in {"ticket_events", "audits"}
                    count += _staged(path, LISTS[name], element, numbers[name], staging)
                elif name == "}":
                    # an object of its own: a ticket a line
                    if "requester_id" in whole:
                        numbers[""] = numbers.get("", 0) + 1
                        stepwise |= "comments" in whole
                        count += _staged(path, tickets.whole, whole, numbers[""], staging)
                    whole = {}
                elif name == "comments" or name == "tags":
                    whole.setdefault(name, []).append(element)
                else:
                    whole[name] = element
                if count % _EVERY == 0:
                    progress(path.name, count)
                if options.sample and count >= options.sample:
                    break
        except (Broken, OSError, EOFError) as error:
            staging.add(Problem(file=path.name, line=sum(numbers.values()) + 1, reason=str(error)))
        progress(path.name, count)
        return Read(
            path, self.name, "event" if stepwise else "ticket", sum(numbers.values()), sampled=_more(options, count)
        )


def _more(options: Options, count: int) -> bool:
    return bool(options.sample) and count >= options.sample


def _staged(
    path: Path,
    make: Callable[[Mapping[str, Any]], list[Row]],
    element: Mapping[str, Any],
    number: int,
    staging: Staging,
) -> int:
    try:
        rows = make(element)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        staging.add(Problem(file=path.name, line=number, reason=reason, excerpt=str(element)[:200]))
        return 1
    staging.add_all(rows)
    if wrong := order.of_document(rows):
        staging.add(Problem(file=path.name, line=number, reason=wrong, excerpt=str(element)[:200]))
    return 1
