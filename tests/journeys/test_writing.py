"""The composer: formatting, copies, files."""

import pytest
from playwright.sync_api import expect

from headway.people.models import Agent, Brand, Customer
from headway.tickets.models import Message
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask

pytestmark = pytest.mark.browser

PASTE = """(field) => {
  const carrier = new DataTransfer();
  carrier.items.add(new File(["x".repeat(2048)], "image.png", { type: "image/png" }));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carrier, bubbles: true, cancelable: true }));
}"""


def test_formatting_copies_and_files(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Bold by key, a list by button, a copy to somebody new, two pasted pictures of which one is taken off."""
    matter = ask(dana, "Setup", "How?", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}")
    body = page.get_by_role("textbox", name="Write to the customer…")
    body.fill("Restart it")
    body.select_text()
    page.keyboard.press("Control+b")
    expect(body).to_have_value("**Restart it**")
    page.keyboard.press("Control+b")
    expect(body).to_have_value("Restart it")
    page.get_by_role("button", name="List", exact=True).click()
    expect(body).to_have_value("- Restart it")
    page.keyboard.press("Control+z")
    expect(body).to_have_value("Restart it")
    page.get_by_role("button", name="Bold").click()

    told = page.locator("#new-recipients")
    expect(told).to_be_hidden()
    page.get_by_role("textbox", name="CC").fill("Dana@example.com, eve@x.example")
    expect(told).to_have_text("New to this ticket: eve@x.example")

    body.evaluate(PASTE)
    body.evaluate(PASTE)
    page.get_by_role("button", name="Take image-1.png off").click()
    expect(page.locator("[data-attached] li")).to_have_count(1)
    page.get_by_role("button", name="Send and wait").click()
    expect(page.locator("#timeline strong")).to_have_text("Restart it")
    expect(page.locator("#timeline .attachment")).to_contain_text("image-2.png")
    answer = Message.objects.get(direction="out")
    assert answer.copied == ["dana@example.com", "eve@x.example"]
    assert [file.size for file in answer.files.all()] == [2048]
    expect(page.get_by_role("textbox", name="CC")).to_have_value("eve@x.example")
