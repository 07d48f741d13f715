"""Whom what concerns, and what makes somebody follow."""

from typing import Any

import pytest

from headway.notifications.rules import KINDS, USUAL, Choices, Happened, concerns, fits, follows

SAM, MIA, LEO = 1, 2, 3


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ({"kind": "ticket.assigned", "actor": SAM, "to_agent": MIA}, {MIA: "assignment"}),
        ({"kind": "ticket.assigned", "actor": SAM, "to_agent": SAM}, {}),
        ({"kind": "ticket.assigned", "to_agent": SAM}, {SAM: "assignment"}),
        ({"kind": "ticket.assigned", "actor": SAM}, {}),
        ({"kind": "message.received", "concerned": {SAM, MIA}}, {SAM: "reply", MIA: "reply"}),
        ({"kind": "message.received", "concerned": {SAM}, "automatic": True}, {}),
        ({"kind": "message.received", "concerned": {SAM}, "held": True}, {}),
        ({"kind": "message.received", "concerned": {SAM}, "first": True}, {}),
        ({"kind": "message.written", "actor": SAM, "concerned": {SAM, MIA}}, {MIA: "reply"}),
        ({"kind": "note.written", "actor": SAM, "called": {SAM, MIA}, "concerned": {MIA, LEO}},
         {MIA: "mention", LEO: "reply"}),
        ({"kind": "side.answered", "concerned": {SAM}}, {SAM: "reply"}),
        ({"kind": "side.answered", "concerned": {SAM}, "held": True}, {}),
        ({"kind": "reply.held_back", "writer": SAM, "concerned": {MIA}}, {SAM: "reply"}),
        ({"kind": "ticket.status_changed", "actor": SAM, "concerned": {MIA}}, {}),
    ],
)  # fmt: skip
def test_whom_it_concerns(what: dict[str, Any], expected: dict[int, str]) -> None:
    assert concerns(_happened(what)) == expected


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ({"kind": "ticket.assigned", "actor": SAM, "to_agent": MIA}, {MIA: "assigned"}),
        ({"kind": "message.written", "actor": SAM}, {SAM: "replied"}),
        ({"kind": "message.written", "actor": SAM, "automatic": True}, {}),
        ({"kind": "note.written", "actor": SAM, "called": {SAM, MIA}}, {SAM: "noted", MIA: "mentioned"}),
        ({"kind": "note.written"}, {}),
        ({"kind": "message.received", "concerned": {SAM}}, {}),
    ],
)
def test_who_follows(what: dict[str, Any], expected: dict[int, str]) -> None:
    assert follows(_happened(what)) == expected


def _happened(what: dict[str, Any]) -> Happened:
    given: dict[str, Any] = {name: frozenset(each) if isinstance(each, set) else each for name, each in what.items()}
    return Happened(**given)


def test_choices() -> None:
    assert Choices().of("reply") == {"desk", "desktop"}
    assert Choices({"reply": []}).of("reply") == frozenset()
    assert Choices({"reply": []}).of("mention") == set(USUAL["mention"]), "what came later is as it usually is"
    assert fits({kind: [] for kind in KINDS}, [])
    assert not fits({"reply": []}, [])
    assert not fits({kind: ["pigeon"] for kind in KINDS}, [])
    assert not fits({kind: [] for kind in KINDS}, ["because"])
