"""Customers: from a ticket to its customer, two records that become one and part again."""

import pytest
from playwright.sync_api import expect

from headway.events.models import Entry
from headway.events.tasks import follow
from headway.people.actions import customers
from headway.people.models import Agent, Brand, Customer
from headway.privacy.models import Erasure
from headway.privacy.tasks import erase
from headway.tickets.models import Message
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def _follow(kind: str) -> None:
    """What the worker does after the latest event of this kind."""
    follow(Entry.objects.filter(kind=kind).latest("id").pk)


def test_a_merge_and_its_undo(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """From the ticket to its customer, who stands twice; merged, looked at, parted again."""
    twin = customers.create(actor=sam.actor, name="Dana Ortiz", known_by=[("email", "dana.o@example.com")])
    ask(dana, "Card declined", "Twice today.")
    call = ask(twin, "Where is my parcel", "It should be here.")
    page = enter(sam).open(f"/desk/tickets/{call.pk}")
    page.get_by_role("link", name="Dana Ortiz", exact=True).click()
    expect(page.get_by_text("It should be here.")).to_be_visible()
    page.get_by_role("link", name="dana@example.com").click()
    expect(page.get_by_text("Is merged into it")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="The other way round").click()
    page.get_by_role("button", name="Merge the two").click()
    expect(page.get_by_text("Merged. The tickets follow")).to_be_visible()
    _follow("customer.merged")
    page.reload()
    expect(page.get_by_text("It should be here.")).to_be_visible()
    expect(page.get_by_text("Twice today.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Take the merge of Dana Ortiz back").click()
    page.get_by_role("button", name="Take it back", exact=True).click()
    expect(page.get_by_text("is a customer of their own again")).to_be_visible()
    _follow("customer.parted")
    page.reload()
    expect(page.get_by_text("It should be here.")).to_be_visible()
    expect(page.get_by_text("Twice today.")).to_be_hidden()


def test_an_erasure(enter: Enter, ada: Agent, sam: Agent, dana: Customer, chen: Customer, acme: Brand) -> None:
    """Previewed, held back by the law, confirmed by the name, watched to its end."""
    ask(dana, "Card declined", "Twice today.")
    ask(chen, "Group order", "Ask dana@example.com.")
    page = enter(ada).open(f"/desk/customers/{dana.pk}")
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Privacy").click()
    expect(page.get_by_text("1 ticket that is theirs alone, whole")).to_be_visible()
    page.get_by_role("button", name="Place a hold").click()
    page.get_by_label("Which law or contract").fill("Tax law")
    page.get_by_role("button", name="Place the hold").click()
    expect(page.get_by_text("A hold keeps this customer. Nothing can be erased before it ends.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Lift").click()
    page.goto(page.url.replace("/desk/holds", f"/desk/customers/{dana.pk}/privacy"))
    page.get_by_label("Their name").fill("Dana")
    page.get_by_role("button", name="Erase this customer").click()
    expect(page.get_by_text("Type the name exactly")).to_be_visible()
    page.get_by_label("Their name").fill("Dana Ortiz")
    page.get_by_role("button", name="Erase this customer").click()
    expect(page.get_by_text("Being erased…")).to_be_visible()
    erase(Erasure.objects.get().pk)
    expect(page.get_by_text("Erased.", exact=True)).to_be_visible()
    assert violations(page) == []
    page.goto(page.url.replace("/privacy", ""))
    expect(page.get_by_role("heading", name="Erased customer")).to_be_visible()
    assert Message.objects.get().text == "Ask [erased]."
