"""What a conversation holds beside its words: pictures on other servers, files, what is folded, what happened."""

import pytest
from playwright.sync_api import expect

from headway.events.actor import Actor
from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
from headway.tickets.actions import Words, stored
from headway.web.desk.tests.test_images import MAIL, Elsewhere, certificate, elsewhere
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.journeys.test_access import violations

__all__ = ["certificate", "elsewhere"]
pytestmark = pytest.mark.browser
# eight pixels square, green
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000080000000808020000004b6d29dc000000114944415478da63d06bf5c58a18"
    "86960400fa704001df60a2400000000049454e44ae426082"
)


def test_images_come_when_asked_for(
    enter: Enter, elsewhere: Elsewhere, sam: Agent, dana: Customer, acme: Brand
) -> None:
    """Blocked at first; then through us, but for the one that only tells that it was read."""
    tried = elsewhere(b"HTTP/1.1 200 OK\r\n\r\n" + PICTURE)
    matter = ask(dana, "Card refused", "Hello", html=MAIL)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}?in=open")
    mail = page.frame_locator("iframe.message-html")
    expect(mail.get_by_text("1 image is on another server and was not loaded.")).to_be_visible()
    assert violations(page) == []
    assert tried == []
    mail.get_by_role("link", name="Show images").click()
    logo = mail.get_by_role("img", name="Logo")
    expect(logo).to_have_js_property("naturalWidth", 8)
    expect(mail.get_by_text("1 image too small to see stays blocked")).to_be_visible()
    expect(mail.get_by_role("link", name="Show images")).to_have_count(0)
    assert len(tried) == 1
    assert violations(page) == []


def test_files_are_looked_at(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """A thumbnail opens the lightbox; arrows go on, Escape leads back to where one was."""
    matter = ask(dana, "Card refused", "See what I get.")
    kept = [
        stored("screen.png", "image/png", PICTURE), stored("sums.csv", "text/csv", b"Name,Amount\nDana,12\n"),
        stored("page.html", "text/html", b"<script>document.title = 'taken'</script>"),
    ]  # fmt: skip
    words = Words(text="Here they are.", files=kept)
    actions.receive(matter, words, customer=dana, actor=Actor.customer(dana.pk))
    page = enter(sam).open(f"/desk/tickets/{matter.pk}?in=open")
    opener = page.get_by_role("button", name="Look at screen.png")
    expect(opener.locator("img")).to_have_js_property("naturalWidth", 8)
    expect(page.get_by_role("button", name="Look at page.html")).to_have_count(0)
    expect(page.get_by_role("link", name="Download page.html")).to_be_visible()
    opener.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="screen.png")
    expect(box.get_by_role("img", name="screen.png")).to_have_js_property("naturalWidth", 8)
    expect(box).to_contain_text("1 of 2")
    assert violations(page) == []
    page.keyboard.press("ArrowRight")
    box = page.get_by_role("dialog", name="sums.csv")
    expect(box.get_by_role("cell", name="Dana")).to_be_visible()
    expect(page.locator("#said")).to_have_text("sums.csv")
    assert violations(page) == []
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="screen.png")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()
