"""Several people at the same tickets."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from headway.intake.email.sending import queue
from headway.intake.models import Delivery
from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message
from tests.journeys.conftest import Enter
from tests.journeys.matters import add, ask

pytestmark = pytest.mark.browser


def _connected(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-live", "on")


def test_what_one_does_the_other_sees(
    live: None, enter: Enter, sam: Agent, mia: Agent, dana: Customer, acme: Brand
) -> None:
    """A note, a status and a reply of Mia's appear in Sam's open ticket and list; his typed text stays. What she did
    herself is drawn with the answer, and not asked for again when it comes back as news; the next ticket is asked for
    once."""
    matter = ask(dana, "Card payment declined twice", "Both were refused.")
    other = ask(dana, "Another", "Thing.")
    sams, mias = enter(sam).open(f"/desk/tickets/{matter.pk}?in=open"), enter(mia).open(f"/desk/tickets/{matter.pk}")
    _connected(sams)
    _connected(mias)
    draft = sams.get_by_role("textbox", name="Write to the customer…")
    draft.fill("I am still writing")
    expect(sams.locator("#counts a", has_text="All open").locator(".number")).to_have_text("2")

    mias.locator(".modes label", has_text="Note").click()
    mias.get_by_role("textbox", name="Write a note for the team…").fill("I know this one.")
    mias.get_by_role("button", name="Add note").click()
    expect(sams.locator("#timeline .note")).to_contain_text("I know this one.")

    asked: list[str] = []
    mias.on("request", lambda request: asked.append(urlsplit(request.url).path))
    mias.evaluate("""() => document.addEventListener("live:ticket", ({ detail }) => {
      if (detail.kind === "ticket.status_changed") document.body.dataset.heard = "";
    })""")
    mias.get_by_role("button", name="Solve", exact=True).click()
    expect(mias.locator("body")).to_have_attribute("data-heard", "")
    expect(mias.locator("#counts a", has_text="All open").locator(".number")).to_have_text("1")
    mias.wait_for_timeout(700)
    assert [asked.count(way) for way in ("/desk/changes", f"/desk/tickets/{matter.pk}/changes")] == [1, 0]
    assert asked.count(f"/desk/tickets/{other.pk}") < 2
    expect(sams.get_by_role("button", name="Status: Solved")).to_be_visible()
    expect(sams.locator(f"#row-{matter.pk} .row-mark")).to_have_attribute("title", "Solved")
    expect(sams.locator("#counts a", has_text="All open").locator(".number")).to_have_text("1")
    expect(draft).to_have_value("I am still writing")


def test_arrivals_wait_behind_a_count(live: None, enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """New tickets do not move the list; they come when asked for. A second window hears of them from the first, and
    goes on by itself when that one is closed."""
    ask(dana, "The first", "Hello.")
    page = enter(sam).open("/desk/views/unassigned")
    _connected(page)
    second = page.context.new_page()
    second.goto(page.url)
    _connected(second)
    ask(dana, "The second", "Hello again.")
    add_button = page.get_by_role("button", name="1 new")
    expect(add_button).to_be_visible()
    expect(page.locator("#rows > li")).to_have_count(1)
    add_button.click()
    expect(page.locator("#rows > li")).to_have_count(2)
    expect(page.locator("#rows > li").first).to_contain_text("The second")
    expect(add_button).to_have_count(0)
    page.close()
    ask(dana, "The third", "Hello once more.")
    expect(second.get_by_role("button", name="2 new")).to_be_visible()


def test_the_next_ticket_is_there_before_it_is_asked_for_and_never_old(
    live: None, enter: Enter, sam: Agent, dana: Customer, acme: Brand
) -> None:
    """The ticket after the open one is fetched ahead and shown without asking, with what is said meanwhile."""
    second, first = ask(dana, "The second", "Hello."), ask(dana, "The first", "Hello again.")
    page = enter(sam).open("/desk/views/unassigned")
    _connected(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type != "script" else None)
    ahead = f"/desk/tickets/{second.pk}?in=unassigned"
    with page.expect_response(lambda answer: answer.url.endswith(ahead)):
        page.locator(f"#row-{first.pk} .row").click()
        expect(page.locator("#pane h1")).to_have_text("The first")
    page.keyboard.press("j")
    expect(page.locator("#pane h1")).to_have_text("The second")
    expect(page).to_have_url(re.compile(re.escape(ahead) + "$"))
    assert len([url for url in asked if url.endswith(ahead)]) == 1

    page.keyboard.press("k")
    with page.expect_response(lambda answer: answer.url.endswith(ahead)):
        expect(page.locator("#pane h1")).to_have_text("The first")
        page.locator(f"#row-{second.pk} .row").hover()
    add(second, "One more thing.")
    expect(page.locator(f"#row-{second.pk}")).to_contain_text("One more thing.")
    page.keyboard.press("j")
    expect(page.locator("#timeline")).to_contain_text("One more thing.")
    # no copy of what was read stays in the browser
    assert "The first" not in page.evaluate("JSON.stringify([sessionStorage, localStorage])")


def test_a_message_that_arrives_while_writing_stops_the_reply_once(
    enter: Enter, sam: Agent, dana: Customer, acme: Brand
) -> None:
    """Without a live line: the check at send time shows what came, keeps the text, and a second press sends."""
    matter = ask(dana, "Where is my order?", "It should be here.", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}")
    draft = page.get_by_role("textbox", name="Write to the customer…")
    draft.fill("Let me look it up.")
    add(matter, "It has just come, thank you!")
    page.get_by_role("button", name="Send and wait").click()
    expect(page.locator("#conflict")).to_contain_text("has changed since you opened it")
    expect(page.locator("#timeline")).to_contain_text("It has just come")
    expect(draft).to_have_value("Let me look it up.")
    assert Message.objects.filter(direction="out").count() == 0
    page.get_by_role("button", name="Send and wait").click()
    expect(page.locator("#timeline")).to_contain_text("Let me look it up.")
    expect(draft).to_have_value("")


def test_typed_text_outlives_a_reload_and_a_lost_line(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Nothing typed is lost: not by reloading, not by sending into the void."""
    matter = ask(dana, "Refund", "Please.", assignee=sam)
    window = enter(sam)
    page = window.open(f"/desk/tickets/{matter.pk}")
    page.get_by_role("textbox", name="Write to the customer…").fill("A long and careful answer.")
    page.reload()
    draft = page.get_by_role("textbox", name="Write to the customer…")
    expect(draft).to_have_value("A long and careful answer.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send and wait").click()
    expect(page.get_by_text("Headway cannot be reached")).to_be_visible()
    expect(draft).to_have_value("A long and careful answer.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send and wait").click()
    expect(page.locator("#timeline")).to_contain_text("A long and careful answer.")
    page.reload()
    expect(draft).to_have_value("")
    # the same words once more, on purpose
    with page.expect_response(lambda answer: answer.url.endswith("/draft")):
        draft.fill("A long and careful answer.")
    page.reload()
    expect(draft).to_have_value("A long and careful answer.")


def test_a_light_agent_notes_and_cannot_answer(enter: Enter, lim: Agent, dana: Customer, acme: Brand) -> None:
    """Only the note is offered."""
    matter = ask(dana, "Contract", "What does paragraph three mean?")
    page = enter(lim).open(f"/desk/tickets/{matter.pk}")
    expect(page.locator(".modes label", has_text="Reply")).to_have_count(0)
    page.get_by_role("textbox", name="Write a note for the team…").fill("It means thirty days.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#timeline .note")).to_contain_text("thirty days")


def test_a_reply_by_a_colleague_is_seen_before_a_second_one_leaves(
    live: None, enter: Enter, sam: Agent, mia: Agent, dana: Customer, acme: Brand
) -> None:
    """Two people answer at once: the second sees the first one's words above the own draft."""
    matter = ask(dana, "Login fails", "Every time.")
    page = enter(sam).open(f"/desk/tickets/{matter.pk}")
    _connected(page)
    page.get_by_role("textbox", name="Write to the customer…").fill("Try again?")
    actions.reply(matter, Words(text="I have reset it for you.", language="en"), actor=mia.actor)
    expect(page.locator("#timeline")).to_contain_text("I have reset it for you.")
    expect(page.get_by_role("textbox", name="Write to the customer…")).to_have_value("Try again?")


def test_a_sent_reply_can_be_taken_back(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """Undo, while it has not left: the text is back in the composer, the customer gets nothing."""
    matter = ask(dana, "Refund", "Please.", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}")
    page.get_by_role("textbox", name="Write to the customer…").fill("Too early.")
    page.get_by_role("button", name="Send and wait").click()
    expect(page.locator("#timeline")).to_contain_text("Too early.")
    # what the worker does with every reply: puts it in line, to leave when the time to take it back is over
    queue(Message.objects.get(direction="out"))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("textbox", name="Write to the customer…")).to_have_value("Too early.")
    expect(page.get_by_role("button", name="Status: New")).to_be_visible()
    expect(page.locator("#timeline")).not_to_contain_text("Too early.")
    assert list(Delivery.objects.values_list("state", flat=True)) == ["cancelled"]


def test_undo_leads_back_to_the_ticket_one_came_from(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """They have opened the next ticket already: undo opens the one before, with its text."""
    next_one = ask(dana, "Invoice", "Where is it?", assignee=sam)
    matter = ask(dana, "Refund", "Please.", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}?in=mine")
    page.get_by_role("textbox", name="Write to the customer…").fill("Too early.")
    page.get_by_role("button", name="Send and wait").click()
    expect(page.locator("#timeline")).to_contain_text("Too early.")
    page.locator(f"#row-{next_one.pk} .row").click()
    expect(page.get_by_role("heading", name="Invoice")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Refund")).to_be_visible()
    expect(page.get_by_role("textbox", name="Write to the customer…")).to_have_value("Too early.")
    expect(page.get_by_role("button", name="Status: New")).to_be_visible()


def test_what_arrived_is_shown_before_the_answer_leaves(enter: Enter, sam: Agent, dana: Customer, acme: Brand) -> None:
    """The customer wrote meanwhile: the first press shows it above the intact draft, the second sends."""
    matter = ask(dana, "Login fails", "Every time.", assignee=sam)
    page = enter(sam).open(f"/desk/tickets/{matter.pk}")
    body = page.get_by_role("textbox", name="Write to the customer…")
    body.fill("Have you tried the other browser?")
    add(matter, "It works again, thank you, but why did it fail?")
    page.get_by_role("button", name="Send and wait").click()
    expect(page.locator("#conflict")).to_contain_text("has changed since you opened it")
    expect(page.locator("#timeline")).to_contain_text("but why did it fail?")
    expect(body).to_have_value("Have you tried the other browser?")
    assert not Message.objects.filter(direction="out").exists()
    page.get_by_role("button", name="More ways to send").click()
    page.get_by_role("menuitem", name="Send and leave the status").click()
    expect(page.locator("#timeline")).to_contain_text("Have you tried the other browser?")
    expect(page.locator("#conflict")).to_be_empty()
    matter.refresh_from_db()
    assert matter.category == "open"
