"""A problem is solved, and everybody whom it hit is told."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
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
    page.get_by_role("button", name=f"Remove the link to #{problem.pk}").click()
    expect(page.locator("#side")).not_to_contain_text(f"Incident of #{problem.pk}")
    page.get_by_role("button", name="Undo").click()
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


def test_solving_many_asks_afterwards(enter: Enter, sam: Agent, dana: Customer, chen: Customer, acme: Brand) -> None:
    """Two problems solved together: the preview counts their incidents, and both are offered afterwards."""
    problems = [ask(dana, f"Gateway {number} down", "Nothing works.") for number in (1, 2)]
    for problem in problems:
        actions.link(ask(chen, "Card declined", "Twice.", assignee=sam), problem, "incident", actor=sam.actor)
    page = enter(sam).open("/desk/views/unassigned")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("t")
    form = page.get_by_role("dialog")
    form.get_by_label("Status").select_option("Solved")
    expect(form).to_contain_text("2 incidents of them are not answered by this")
    form.get_by_role("button", name="Change").click()
    expect(form).to_contain_text("Answer the incidents")
    expect(form.get_by_role("button", name="Answer 1 incident of")).to_have_count(2)
    assert violations(page) == []
    form.get_by_role("button", name=f"Answer 1 incident of #{problems[1].pk}").click()
    expect(form.get_by_role("heading", name=f"Answer the incidents of #{problems[1].pk}")).to_be_visible()
    assert not Message.objects.filter(direction="out").exists()
