"""Statuses, types, fields and tags, over HTTP."""

import pytest

from headway.events.models import Entry
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.models import Field, Status, Tag, Tagging, TicketType
from headway.tickets.queries.filters import Filter
from headway.tickets.queries.visibility import visible_to
from headway.web.desk.tests.conftest import Ask, At

SETTINGS = "/desk/settings"


def test_a_status_is_added_renamed_moved_archived_and_brought_back(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    client.post(f"{SETTINGS}/statuses/new", {"name": "With the bank", "category": "hold"})
    bank = Status.objects.get(name="With the bank")
    client.post(f"{SETTINGS}/statuses/{bank.pk}", {"name": "At the bank"})
    client.post(f"{SETTINGS}/statuses/{bank.pk}/position", {"step": "-1"})
    order = list(Status.objects.filter(category="hold").order_by("position", "pk").values_list("name", flat=True))
    assert order[0] == "At the bank"
    client.post(f"{SETTINGS}/statuses/{bank.pk}/archival")
    assert "archived" in client.get(f"{SETTINGS}/statuses").content.decode()
    client.post(f"{SETTINGS}/statuses/{bank.pk}/restoration")
    bank.refresh_from_db()
    assert (bank.name, bank.archived_at) == ("At the bank", None)


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    response = client.post(
        f"{SETTINGS}/fields/new", {"label": "Country", "kind": "choice", "options": "", "required": "on"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="f-options-error"' in page
    assert 'value="Country"' in page
    assert not Field.objects.filter(label="Country").exists()
    client.post(f"{SETTINGS}/fields/new", {"label": "Country", "kind": "choice", "options": "Chile\n\nFrance\n"})
    assert Field.objects.get(key="country").options == ["Chile", "France"]


def test_the_default_of_a_category_stays(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    default = Status.objects.get(category="open", is_default=True)
    assert "Archive" not in client.get(f"{SETTINGS}/statuses/{default.pk}").content.decode()
    client.post(f"{SETTINGS}/statuses/{default.pk}/archival")
    default.refresh_from_db()
    assert default.archived_at is None


def test_a_type_asks_for_fields_and_says_how_many_tickets_it_touches(
    at_desk: At, ask: Ask, ada: Agent, dana: Customer
) -> None:
    client = at_desk(ada)
    client.post(f"{SETTINGS}/fields/new", {"label": "Order number", "kind": "text"})
    order = Field.objects.get(key="order_number")
    client.post(f"{SETTINGS}/types/new", {"name": "Refund", "fields": [order.pk]})
    refund = TicketType.objects.get(name="Refund")
    assert list(refund.fields.all()) == [order]
    ask(dana, type=refund)
    assert "1 ticket" in client.get(f"{SETTINGS}/types/{refund.pk}").content.decode()
    client.post(f"{SETTINGS}/types/{refund.pk}/archival")
    assert "Refund" in client.get(f"{SETTINGS}/types").content.decode().split("1 archived")[1]


@pytest.fixture
def tagged(ask: Ask, dana: Customer) -> list[int]:
    return [ask(dana, tags=names).pk for names in (["billing"], ["billing", "invoices"], ["invoices"])]


def _found(ada: Agent, word: str) -> set[int]:
    return set(Filter(tag=word).apply(visible_to(ada)).values_list("pk", flat=True))


def test_an_old_word_leads_to_the_renamed_tag(
    at_desk: At, ada: Agent, tagged: list[int], ask: Ask, dana: Customer
) -> None:
    client = at_desk(ada)
    billing = Tag.objects.get(name="billing")
    client.post(f"{SETTINGS}/tags/{billing.pk}", {"name": "Money"})
    assert _found(ada, "money") == _found(ada, "billing") == set(tagged[:2])
    later = ask(dana, tags=["BILLING"])
    assert list(later.tags.all()) == [Tag.objects.get(name="Money")]
    actions.untag(later, ["billing"], actor=ada.actor)
    assert not later.tags.exists()
    # and back again
    client.post(f"{SETTINGS}/tags/{billing.pk}", {"name": "billing"})
    assert set(Tag.objects.filter(merged_into=billing).values_list("name", flat=True)) == {"Money"}


def test_two_tags_become_one(at_desk: At, ada: Agent, tagged: list[int]) -> None:
    client = at_desk(ada)
    billing, invoices = Tag.objects.get(name="billing"), Tag.objects.get(name="invoices")
    refused = client.post(f"{SETTINGS}/tags/{billing.pk}", {"name": "Invoices"})
    assert "Merge the two instead" in refused.content.decode()
    client.post(f"{SETTINGS}/tags/{invoices.pk}/merger", {"into": "nothing like it"})
    assert Tagging.objects.filter(tag=invoices).count() == 2
    client.post(f"{SETTINGS}/tags/{invoices.pk}/merger", {"into": "Billing"})
    assert _found(ada, "invoices") == _found(ada, "billing") == set(tagged)
    entry = Entry.objects.get(kind="tag.merged")
    assert (entry.subject_id, entry.data) == (invoices.pk, {"into_id": billing.pk, "tickets": 2})
    assert client.get(f"{SETTINGS}/tags/{invoices.pk}").status_code == 404


def test_an_archived_tag_is_not_offered_until_somebody_writes_it(
    at_desk: At, ada: Agent, tagged: list[int], ask: Ask, dana: Customer
) -> None:
    client = at_desk(ada)
    billing = Tag.objects.get(name="billing")
    client.post(f"{SETTINGS}/tags/{billing.pk}/archival")
    row = f'href="{SETTINGS}/tags/{billing.pk}"'
    assert row not in client.get(f"{SETTINGS}/tags").content.decode()
    assert f"{SETTINGS}/tags/{billing.pk}/restoration" in client.get(f"{SETTINGS}/tags?show=archived").content.decode()
    ask(dana, tags=["billing"])
    billing.refresh_from_db()
    assert billing.archived_at is None


def test_the_tags_cost_the_same_however_many_there_are(
    at_desk: At, ada: Agent, tagged: list[int], django_assert_max_num_queries: object
) -> None:
    client = at_desk(ada)
    client.get(f"{SETTINGS}/tags")
    Tag.objects.bulk_create([Tag(name=f"t{number:03}") for number in range(150)])
    # session, person, settings, own teams, saved views, hold; the tags and their counts
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        page = client.get(f"{SETTINGS}/tags").content.decode()
    assert "t097" in page
    assert "cursor=" in page
