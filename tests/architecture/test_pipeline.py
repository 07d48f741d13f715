"""The pipeline and the vocabulary hold together."""

import json
from pathlib import Path

import msgspec
import pytest

from headway import pipeline
from headway.events import event, followers
from headway.events.event import Event, kinds, revive
from headway.events.followers import Follower

GOLDEN = Path(__file__).with_name("golden.json")


def test_followers_exist_and_are_named_once() -> None:
    named = [
        (event_class.kind, (entry if isinstance(entry, Follower) else Follower(entry)).name)
        for event_class, entry in pipeline.FOLLOWERS
    ]
    assert len(named) == len(set(named))
    for kind, name in named:
        assert followers.named(kind, name).function.__doc__, f"{name} says nothing about itself"


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_event_is_documented_and_carries_no_text(kind: str) -> None:
    event_class = kinds()[kind]
    assert event_class.__doc__
    assert event_class.subject_kind
    assert kind == kind.lower()
    # words here are enumerations; a name that could hold what somebody wrote does not belong
    assert not {"text", "subject", "name", "address", "email", "body", "html"} & set(event_class.__annotations__)


def _sample(event_class: type[Event]) -> Event:
    values = {}
    for field in msgspec.inspect.type_info(event_class).fields:  # type: ignore[attr-defined]
        if field.required:
            values[field.name] = {"IntType": 7, "StrType": "x", "BoolType": True, "VarTupleType": [1, 2]}.get(
                type(field.type).__name__, 7
            )
    return msgspec.convert(values, event_class)


def test_what_was_once_written_can_still_be_read() -> None:
    """golden.json holds one row of each kind as it was first written; a row is added, never changed."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for row in golden:
        revive(row["kind"], row["version"], row["subject_id"], row["ticket_id"], row["data"])
    missing = sorted(set(kinds()) - {row["kind"] for row in golden})
    assert missing == [], "add a golden row for each new kind"


def test_old_versions_are_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    event_class = kinds()["ticket.priority_changed"]
    monkeypatch.setattr(event_class, "version", 2)
    monkeypatch.setattr(event, "_upcasters", {})
    event.upcaster("ticket.priority_changed", 1)(lambda data: {**data, "to_priority": data["to_priority"].lower()})
    old = {"from_priority": "low", "to_priority": "HIGH"}
    assert revive("ticket.priority_changed", 1, 3, 3, old).data()["to_priority"] == "high"
