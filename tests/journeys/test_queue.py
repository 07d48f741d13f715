"""A lead spreads the work: by keys alone, and by dragging; undone."""

import pytest
from playwright.sync_api import expect

from headway.people.actions.away import go_away
from headway.people.models import Agent, Brand, Customer
from headway.tickets.models import Ticket
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_a_lead_rebalances(enter: Enter, leo: Agent, sam: Agent, mia: Agent, dana: Customer, acme: Brand) -> None:
    """Two by keys to Mia and back by undo; then two by dragging to Sam."""
    go_away(mia, until=None, actor=mia.actor)
    first, second = (ask(dana, f"Number {n}", "Please.") for n in range(2))
    window = enter(leo)
    page = window.open("/desk/queue")
    expect(page.get_by_role("heading", name="Nobody has it yet")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("toolbar", name="Chosen tickets")).to_contain_text("2 chosen")
    assert violations(page) == []
    page.keyboard.press("a")
    expect(page.get_by_label("Assignee")).to_be_focused()
    page.keyboard.type("Mia")
    expect(page.get_by_text("2 tickets will change.")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_text("Mia is away.")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("2 changed · Mia is away.")).to_be_visible()
    expect(page.get_by_text("Everything is assigned")).to_be_visible()
    assert Ticket.objects.filter(assignee=mia).count() == 2
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(f"#queue-{first.pk}")).to_be_visible()
    assert Ticket.objects.filter(assignee=None).count() == 2
    page.locator(f"#queue-{first.pk} input").check()
    page.locator(f"#queue-{second.pk} input").check()
    page.locator(f"#queue-{second.pk}").drag_to(page.locator(f"[data-agent='{sam.pk}']"))
    expect(page.get_by_text("Everything is assigned")).to_be_visible()
    assert Ticket.objects.filter(assignee=sam).count() == 2
    page.get_by_role("link", name="Sam", exact=True).click()
    expect(page.get_by_role("heading", name="What Sam has 2")).to_be_visible()
    assert violations(page) == []
