"""What a conversation holds beside its words: pictures on other servers, files, what is folded, what happened."""

import pytest
from playwright.sync_api import expect

from headway.events.actor import Actor
from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
from headway.tickets.actions import Words, stored
from headway.tickets.models import Message
from headway.web.desk.tests.test_images import MAIL, Elsewhere, certificate, elsewhere
from tests.journeys.conftest import Enter
from tests.journeys.files import picture, sound
from tests.journeys.matters import add, ask
from tests.journeys.test_access import violations

__all__ = ["certificate", "elsewhere"]
pytestmark = pytest.mark.browser


def test_images_come_when_asked_for(
    enter: Enter, elsewhere: Elsewhere, sam: Agent, dana: Customer, acme: Brand
) -> None:
    """Blocked at first; then through us, but for the one that only tells that it was read."""
    tried = elsewhere(b"HTTP/1.1 200 OK\r\n\r\n" + picture(8, 8))
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
        stored("screen.png", "image/png", picture(8, 8)), stored("sums.csv", "text/csv", b"Name,Amount\nDana,12\n"),
        stored("call.wav", "audio/wav", sound(2)),
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
    expect(box).to_contain_text("1 of 3")
    assert violations(page) == []
    page.keyboard.press("ArrowRight")
    box = page.get_by_role("dialog", name="sums.csv")
    expect(box.get_by_role("cell", name="Dana")).to_be_visible()
    expect(page.locator("#said")).to_have_text("sums.csv")
    assert violations(page) == []
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="call.wav").locator("audio")).to_have_js_property("duration", 2)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="screen.png")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_long_conversation_is_folded_and_opens(
    site: str, enter: Enter, sam: Agent, dana: Customer, acme: Brand
) -> None:
    """By a press, by a link to a message, by a search in the page; and everything that happened stands in it."""
    matter = ask(dana, "Card refused", "The very first words.")
    for number in range(40):
        add(matter, f"Attempt {number} failed as well.")
    add(matter, "A line of a log.\n" * 90 + "The end of it.")
    first = Message.objects.order_by("pk").values_list("pk", flat=True)[1]
    page = enter(sam).open(f"/desk/tickets/{matter.pk}?in=open")
    timeline = page.locator("#timeline")
    fold = timeline.get_by_role("button", name="earlier messages")
    expect(fold).to_have_text("30 earlier messages")
    expect(timeline.get_by_text("Attempt 39 failed as well.")).to_be_visible()
    assert violations(page) == []
    fold.focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_text("10 earlier messages")
    expect(fold).to_be_focused()
    expect(timeline.locator("article")).to_have_count(32)

    text = timeline.locator("[data-long]")
    assert text.evaluate("element => element.clientHeight") < 900
    # the browser's own search finds what is cut off and opens it
    assert page.evaluate("window.find('The end of it.')")
    expect(text).to_have_count(0)
    expect(timeline.get_by_role("button", name="Show all")).to_have_count(0)

    page.goto("about:blank")
    page.goto(f"{site}/desk/tickets/{matter.pk}?in=open#message-{first}")
    expect(timeline.get_by_text("Attempt 0 failed as well.")).to_be_in_viewport()
    page.goto(f"{site}/desk/tickets/{matter.pk}?in=mine")
    expect(timeline.get_by_role("button", name="earlier messages")).to_have_count(1)
    page.keyboard.press("Control+f")
    expect(timeline.get_by_text("The very first words.")).to_be_attached()

    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitemcheckbox", name="Show everything that happened").click()
    timeline.get_by_role("button", name="30 earlier messages").click()
    timeline.get_by_role("button", name="10 earlier messages").click()
    expect(timeline.get_by_text("The ticket began")).to_be_attached()
    assert violations(page) == []
