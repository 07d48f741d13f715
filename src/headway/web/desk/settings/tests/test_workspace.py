"""The workspace's own settings, brands, teams, hours and targets, over HTTP."""

from dataclasses import fields
from datetime import date

from headway.people.models import Agent, Brand, Customer, Membership, Team
from headway.settings import queries as workspace
from headway.settings.definitions import Settings
from headway.sla.models import Calendar, Holiday, Target
from headway.sla.rules import spans
from headway.tickets import actions
from headway.tickets.tasks import hand_on
from headway.web.desk.settings.labels import LABELS
from headway.web.desk.tests.conftest import Ask, At

SETTINGS = "/desk/settings"
GENERAL = {"language": "en", "timezone": "UTC", "search_languages": "english"}


def test_settings_change_at_once(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    client.post(SETTINGS, GENERAL | {"name": "Lumen", "timezone": "Europe/Berlin"})
    assert (workspace.current().name, workspace.current().timezone) == ("Lumen", "Europe/Berlin")
    numbers = dict.fromkeys(LABELS["reopening"], "21")
    client.post(f"{SETTINGS}/reopening", numbers)
    assert workspace.current().reopen_days == 21
    refused = client.post(f"{SETTINGS}/reopening", numbers | {"reopen_days": "soon", "close_days": "30"})
    assert 'id="f-reopen_days-error"' in refused.content.decode()
    assert 'value="30"' in refused.content.decode()
    assert workspace.current().close_days == 21


def test_every_setting_has_its_place() -> None:
    placed = {name for labels in LABELS.values() for name in labels}
    assert placed == {entry.name for entry in fields(Settings)}


def test_a_brand_with_addresses(at_desk: At, ada: Agent, acme: Brand) -> None:
    client = at_desk(ada)
    response = client.post(f"{SETTINGS}/brands/new", {"name": "Lumen", "accent": "#aa3300", "signature": "Yours"})
    lumen = Brand.objects.get(slug="lumen")
    assert response["Location"] == f"{SETTINGS}/brands/{lumen.pk}"
    refused = client.post(f"{SETTINGS}/brands/{lumen.pk}/addresses", {"address": "nothing"})
    assert 'id="f-address-error"' in refused.content.decode()
    for address in ("a@lumen.example", "b@lumen.example"):
        client.post(f"{SETTINGS}/brands/{lumen.pk}/addresses", {"address": address, "shown_as": ""})
    second = lumen.addresses.get(address="b@lumen.example")
    client.post(f"{SETTINGS}/addresses/{second.pk}", {"primary": "1"})
    assert lumen.addresses.get(is_primary=True) == second
    client.post(f"{SETTINGS}/addresses/{second.pk}", {"remove": "1"})
    assert lumen.addresses.get().is_primary
    client.post(f"{SETTINGS}/brands/{lumen.pk}/default")
    client.post(f"{SETTINGS}/brands/{lumen.pk}/archival")
    lumen.refresh_from_db()
    assert (lumen.is_default, lumen.archived_at) == (True, None)
    client.post(f"{SETTINGS}/brands/{acme.pk}/archival")
    client.post(f"{SETTINGS}/brands/{acme.pk}/restoration")
    acme.refresh_from_db()
    assert acme.archived_at is None


def test_a_lead_forms_and_dissolves_a_team(at_desk: At, leo: Agent, sam: Agent, frontline: Team) -> None:
    client = at_desk(leo)
    refused = client.post(f"{SETTINGS}/teams/new", {"name": "Night", "tier": "12", "members": [sam.pk]})
    assert 'id="f-tier-error"' in refused.content.decode()
    client.post(f"{SETTINGS}/teams/new", {"name": "Night", "tier": "2", "members": [sam.pk]})
    night = Team.objects.get(name="Night")
    assert Membership.objects.filter(team=night, agent=sam).exists()
    client.post(f"{SETTINGS}/teams/{night.pk}/archival", {"to": frontline.pk})
    client.post(f"{SETTINGS}/teams/{night.pk}/restoration")
    night.refresh_from_db()
    assert night.archived_at is None


def test_the_tickets_of_who_leaves_are_handed_on(ask: Ask, ada: Agent, sam: Agent, mia: Agent, dana: Customer) -> None:
    mine, closed = ask(dana), ask(dana)
    for ticket in (mine, closed):
        actions.assign(ticket, sam, actor=ada.actor)
    closed.refresh_from_db()
    closed.category = "closed"
    closed.save()
    hand_on(kind="agent", giver=sam.pk, taker=mia.pk, by=ada.pk, role=ada.role)
    for ticket in (mine, closed):
        ticket.refresh_from_db()
    assert (mine.assignee, closed.assignee) == (mia, sam)


def test_hours_with_split_shifts_and_a_holiday(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    week = {f"day-{number}": "09:00-12:30 13:30-18:00" if number < 5 else "" for number in range(7)}
    sent = {"name": "Berlin", "zone": "Europe/Berlin", **week}
    refused = client.post(f"{SETTINGS}/calendars/new", sent | {"day-2": "nine to five"})
    assert 'id="f-day-2-error"' in refused.content.decode()
    assert "nine to five" in refused.content.decode()
    client.post(f"{SETTINGS}/calendars/new", sent)
    berlin = Calendar.objects.get(name="Berlin")
    assert "Monday – Friday" in client.get(f"{SETTINGS}/calendars").content.decode()
    client.post(
        f"{SETTINGS}/calendars/{berlin.pk}/holidays", {"day": "2026-12-24", "called": "Eve", "hours": "09:00-12:00"}
    )
    assert Holiday.objects.get(calendar=berlin).day == date(2026, 12, 24)
    assert client.post(f"{SETTINGS}/calendars/{berlin.pk}/holidays", {"day": "2026-02-30"}).status_code == 422
    client.post(f"{SETTINGS}/calendars/{berlin.pk}/holidays", {"remove": "2026-12-24"})
    assert not Holiday.objects.exists()
    client.post(f"{SETTINGS}/calendars/{berlin.pk}/archival")
    client.post(f"{SETTINGS}/calendars/{berlin.pk}/restoration")
    berlin.refresh_from_db()
    assert berlin.archived_at is None


def test_a_mail_on_friday_evening_is_due_on_monday(at_desk: At, ada: Agent) -> None:
    """The default target: four hours of an office week in UTC."""
    client = at_desk(ada)
    page = client.get(f"{SETTINGS}/targets/due?channel=email&priority=normal&at=2026-11-27T16:50").content.decode()
    assert "Mon 30 Nov 2026, 12:50" in page
    client.post(f"{SETTINGS}/targets", {"channel": "email", "priority": "4", "first": "1 h 30 min", "next": ""})
    made = Target.objects.get(channel="email", priority=4)
    assert (made.first_minutes, made.next_minutes) == (90, None)
    refused = client.post(f"{SETTINGS}/targets", {"channel": "email", "priority": "4", "first": "soon"})
    assert 'id="f-first-error"' in refused.content.decode()
    client.post(f"{SETTINGS}/targets/{made.pk}")
    assert not Target.objects.filter(pk=made.pk).exists()


def test_spans_are_read_as_they_are_written() -> None:
    assert [spans.minutes(text) for text in ("45", "45 min", "4 h", "1h 30m", "soon", "", "-4")] == [
        45, 45, 240, 90, None, None, None,
    ]  # fmt: skip
    assert [spans.minutes(spans.written(count)) for count in (0, 1, 60, 90, 2880)] == [0, 1, 60, 90, 2880]


def test_an_agent_sees_their_own_part_alone(at_desk: At, sam: Agent) -> None:
    page = at_desk(sam).get("/desk/people").content.decode()
    assert "Keys and habits" in page
    for foreign in ("Statuses", "Business hours", "Dead letters", "Brands", "Teams</span>"):
        assert foreign not in page
