"""The same story told by four help desks over their APIs, each in its own way, comes to the same figures."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from headway.cli.audit import audit
from headway.foundation.clock import now
from headway.foundation.errors import HeadwayError
from headway.insight.sources.catalogue import SOURCES
from headway.insight.sources.port import Source
from headway.insight.sources.tests import storage
from headway.insight.sources.tests.desks import Answer, Asked, Desk, fine, serving
from headway.insight.sources.tests.freshdesk import Freshdesk
from headway.insight.sources.tests.help_scout import HelpScout
from headway.insight.sources.tests.intercom import Intercom
from headway.insight.sources.tests.zammad import Zammad

Answering = Callable[[Asked], Answer]


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", "sesame")
    monkeypatch.chdir(tmp_path)


def _audited(kind: str, desk: Desk, capsys: pytest.CaptureFixture[str], **more: Any) -> dict[str, Any]:
    capsys.readouterr()
    audit([f"{kind}+http://127.0.0.1:{desk.port}"], as_json=True, download=Path("kept"), **more)
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert said["problems"]["count"] == 0, said["problems"]
    return said


def _told(said: dict[str, Any]) -> tuple[int, int, int, int]:
    """First response and resolution in minutes, turns of ours and of the customer."""
    responses, exchanges = said["responses"]["figures"], said["exchanges"]["figures"]
    return (
        responses["first_response_median_ms"] // 60_000,
        responses["resolution_median_ms"] // 60_000,
        exchanges["our_turns_mean"],
        exchanges["their_turns_mean"],
    )


def test_freshdesk(capsys: pytest.CaptureFixture[str]) -> None:
    freshdesk = Freshdesk()
    with serving(freshdesk) as desk:
        freshdesk.broken = "tickets/3/conversations"
        with pytest.raises(HeadwayError, match="Freshdesk answered 400"):
            _audited("freshdesk", desk, capsys)
        freshdesk.broken = ""
        said = _audited("freshdesk", desk, capsys, names=True)
        assert (said["tickets"], said["counted"]) == (5, 4)  # one is spam
        assert _told(said) == (40, 120, 2, 2)  # thanks is no turn
        assert [one["share"] for one in said["agreement"]] == [1.0, 1.0]
        waits = said["time_by_state"]["figures"]
        assert waits["customer_share"] == pytest.approx(50 / 120)
        about = Counter(one.path.split("/")[-2] for one in desk.asked if one.path.endswith("/conversations"))
        assert about == {"1": 1, "2": 1, "3": 2, "4": 1, "5": 1}  # only the one that failed
        desk.asked.clear()
        freshdesk.tickets[1]["updated_at"] = "2026-03-20T09:00:00Z"
        again = _audited("freshdesk", desk, capsys)
        assert (again["counted"], again["events"]) == (said["counted"], said["events"])
        assert [line for line in desk.lines if "conversations" in line] == [
            "/api/v2/tickets/2/conversations?page=1&per_page=100"
        ]


def test_freshdesks_activities_tell_from_which_group_to_which(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    def update(ticket: int, at: str, done: dict[str, Any]) -> dict[str, Any]:
        known = {"performer_type": "user", "performer_id": 7, "ticket_id": ticket}
        return {**known, "performed_at": f"{ticket:02}-03-2026 {at}:00 +0000", "activity": done}

    told = [
        update(1, "09:05", {"status": "Open", "group": "Frontline"}),  # a group that the list does not have any more
        update(1, "09:45", {"group": "Billing"}),
        update(1, "10:00", {"group": "Frontline "}),
        update(1, "10:30", {"group": "Billing", "status": "Resolved"}),
        update(2, "09:05", {"group": "Billing"}),
        update(3, "09:05", {"agent_id": 7}),
    ]
    desk_, day = Freshdesk(), str(now().date() - timedelta(days=9))

    def stored(_asked: Asked) -> Answer:
        return fine({"activities_data": told})

    with storage.storing(monkeypatch, tmp_path_factory.mktemp("keys"), stored), serving(desk_) as desk:
        desk_.exports = {day: {"export": {"url": f"{storage.ADDRESS}/{day}.json"}}}
        said = _audited("freshdesk", desk, capsys, names=True, tiers="Frontline=1, Billing=2")
    found = said["escalations"]
    assert (found["figures"]["escalated"], found["figures"]["transfers"], found["figures"]["returned"]) == (1, 3, 2)
    assert [(one["from"], one["to"], one["times"]) for one in found["tables"]["teams"]] == [
        ("Frontline", "Billing", 2),
        ("Billing", "Frontline", 1),
    ]


@pytest.mark.parametrize(
    ("kind", "make", "secret", "counted"),
    [
        ("zammad", Zammad, "sesame", 3),
        ("intercom", Intercom, "sesame", 2),
        ("helpscout", HelpScout, "app:sesame", 3),
    ],
)
def test_those_with_a_history(
    kind: str,
    make: Callable[[], Any],
    secret: str,
    counted: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", secret)
    answering = make()
    with serving(answering) as desk:
        said = _audited(kind, desk, capsys, names=True)
        assert (said["tickets"], said["counted"]) == (3, counted)
        assert _told(said) == (40, 120, 2, 2)
        assert said["time_by_state"]["figures"]["customer_share"] == pytest.approx(50 / 120, abs=0.01)
        assert said["handoffs"]["figures"]["handoffs"] == counted  # from Sam to Li
        pairs = said["handoffs"]["tables"]["pairs"][0]
        assert (pairs["from"].split()[0], pairs["to"].split()[0]) == ("Sam", "Li")
        if kind == "intercom":  # four contacts, of whom one wrote
            assert said["contact_rate"]["figures"]["customers"] == 4
        desk.asked.clear()
        first = next(iter(answering.updated))
        answering.updated[first] = (
            answering.updated[first] + 86_400 * 300 if kind == "intercom" else "2099-01-01T00:00:00.000Z"
        )
        again = _audited(kind, desk, capsys)
        assert (again["counted"], again["events"]) == (said["counted"], said["events"])
        lists = ("/search", "/admins", "/teams", "/users", "/groups", "/mailboxes", "/organizations", "/token")
        whole = [one.path for one in desk.asked if not one.path.endswith((*lists, "/tickets", "/conversations"))]
        assert {path.split("/")[-1] for path in whole if not path.endswith(("/threads", "/tags"))} <= {str(first)}


def test_zammad_categories_are_what_its_people_call_so(capsys: pytest.CaptureFixture[str]) -> None:
    zammad = Zammad()
    for number, own in ((1, {"contact_reason": "Billing::Refund"}), (2, {"topic": ["Login", "Password"]}), (3, {})):
        zammad.own[number] = own
    zammad.may_see_attributes = False
    with serving(zammad) as desk:
        said = _audited("zammad", desk, capsys, names=True)
    kinds = {one["category"] for one in said["leverage"]["tables"]["crosstab"]}
    assert kinds == {"Billing › Refund", "Login", "refund"}  # of the third, its tag


def test_a_token_that_ends_while_we_read_is_renewed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", "app:sesame")
    scout = HelpScout(lasting=4)
    with serving(scout) as desk:
        assert _audited("helpscout", desk, capsys)["counted"] == 3
    assert scout.tokens > 1
    assert "granted-" not in "".join(path.read_text() for path in Path("kept").iterdir())


def test_a_cursor_that_is_no_more_taken_begins_anew(capsys: pytest.CaptureFixture[str]) -> None:
    intercom = Intercom()
    refused: list[Asked] = []

    def answer(asked: Asked) -> Answer:
        if b"starting_after" in asked.body and not refused:
            refused.append(asked)
            return 400, {"errors": [{"code": "invalid_cursor"}]}, {}
        return intercom(asked)

    with serving(answer) as desk:
        assert _audited("intercom", desk, capsys)["tickets"] == 3
    assert refused
    assert len([one for one in desk.asked if one.path == "/conversations/1"]) == 1


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("freshdesk://acme", "https://acme.freshdesk.com"),
        ("intercom://", "https://api.intercom.io"),
        ("intercom://eu", "https://api.eu.intercom.io"),
        ("helpscout://", "https://api.helpscout.net"),
        ("zammad://support.example.com/", "https://support.example.com"),
    ],
)
def test_addresses(typed: str, url: str) -> None:
    from headway.insight.sources.catalogue import address

    found = address(typed)
    assert found is not None
    assert found.url == url


def test_a_freshdesk_account_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = [
        {
            "note": {
                "id": 1,
                "created_at": "2026-03-02T10:40:00+01:00",
                "body": "Done.",
                "incoming": False,
                "user_id": 7,
            }
        },
        {"note": {"id": 2, "created_at": "2026-03-02T10:50:00+01:00", "body": "?", "incoming": True, "user_id": 100}},
    ]
    ticket = {
        "display_id": 12,
        "created_at": "2026-03-02T10:00:00+01:00",
        "requester_id": 100,
        "responder_id": 7,
        "status": 4,
        "source_name": "Email",
        "subject": "Refund",
        "description": "Money back?",
        "tags": [{"name": "refund"}],
        "notes": notes,
        "ticket_states": {"resolved_at": "2026-03-02T12:00:00+01:00"},
    }
    path = tmp_path / "Tickets0.json"
    path.write_text(json.dumps([{"helpdesk_ticket": ticket}, {"helpdesk_ticket": {"display_id": 13}}, 7]))
    audit([str(path)], as_json=True)
    said = json.loads(capsys.readouterr().out)
    assert (said["counted"], said["problems"]["count"]) == (1, 2)
    assert _told(said) == (40, 120, 1, 2)


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_no_two_lists_share_a_place_to_go_on_from(source: Source) -> None:
    names = [stream.name for stream in (*source.also, *source.streams)]
    assert len(names) == len(set(names))
