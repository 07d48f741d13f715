"""A problem is solved, and everybody whom it hit is told."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from headway.tickets.models import Message
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser


def test_solving_the_problem_answers_its_incidents(
    enter: Enter, sam: Agent, dana: Customer, chen: Customer, acme: Brand
) -> None:
    """Marked as an incident by hand; solving the problem offers the answer; previewed, sent, taken back."""
    problem = ask(dana, "Gateway down", "Nothing works.", assignee=sam)
    incident = ask(chen, "Card declined", "Twice today.", assignee=sam)
    window = enter(sam)
    page = window.open(f"/desk/tickets/{incident.pk}")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Link to another ticket…").click()
    form = page.get_by_role("dialog")
    form.get_by_label("This ticket is").select_option("incident")
    form.get_by_label("Number of the other ticket").fill(str(problem.pk))
    form.get_by_role("button", name="Link").click()
    expect(page.locator("#side")).to_contain_text(f"Incident of #{problem.pk}")

    window.open(f"/desk/tickets/{problem.pk}")
    expect(page.locator("#side").get_by_role("heading", name="Incidents 1")).to_be_visible()
    page.get_by_role("button", name="Solve").first.click()
    expect(form).to_contain_text("Answer the incidents")
    form.get_by_label("Answer").fill("Hello {{ customer.first_name }}, it works again.")
    assert violations(page) == []
    form.get_by_role("button", name="Preview").click()
    expect(form).to_contain_text("Hello Chen, it works again.")
    assert violations(page) == []
    form.get_by_role("button", name="Send 1 reply").click()
    expect(form).to_contain_text("1 of 1 answered.")
    assert Message.objects.get(direction="out").ticket_id == incident.pk
    form.get_by_role("button", name="Take all back").click()
    expect(form).to_contain_text("1 reply was taken back")
    assert Message.objects.get(direction="out").withdrawn_at is not None
