"""Files behind links in mails: fetched by whoever has the link, until its time is over."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from headway.foundation import clock
from headway.foundation.clock import now
from headway.intake.email import links
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Opening, Words, stored
from headway.tickets.models import MessageFile

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def file(dana: Customer, sam: Agent) -> MessageFile:
    opening = Opening(subject="Login", channel="email", customer=dana)
    ticket, _message = actions.open_ticket(opening, Words(text="Help"), actor=sam.actor)
    words = Words(text="See", files=[stored('film "ä".html', "text/html", b"<script>1</script>")])
    return actions.reply(ticket, words, actor=sam.actor).files.get()


def address(file: MessageFile, until: datetime | None = None) -> str:
    return f"/files/{links.make(file.pk, until or now() + timedelta(days=1))}"


def test_the_page_names_the_file_and_offers_the_download(file: MessageFile) -> None:
    link = address(file)
    page = Client().get(link)
    assert page.status_code == 200
    assert "film &#34;ä&#34;.html" in page.content.decode()
    assert f'href="{link}/content"' in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"


def test_the_file_is_only_ever_downloaded(file: MessageFile) -> None:
    response = Client().get(f"{address(file)}/content")
    assert response.getvalue() == b"<script>1</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''film%20%22%C3%A4%22.html"
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")


@pytest.mark.parametrize("end", ["", "/content"])
def test_an_expired_link_says_so_and_what_to_do(file: MessageFile, end: str) -> None:
    link = address(file, now() + timedelta(days=1))
    with clock.frozen(now() + timedelta(days=2)):
        response = Client().get(link + end)
    assert response.status_code == 410
    assert "answer the mail" in response.content.decode()


@pytest.mark.parametrize("end", ["", "/content"])
def test_a_file_that_was_removed_is_gone(file: MessageFile, end: str) -> None:
    link = address(file)
    file.delete()
    assert Client().get(link + end).status_code == 410


def test_what_a_customer_sent_is_not_behind_any_link(file: MessageFile) -> None:
    incoming = file.message.ticket.messages.get(direction="in")
    theirs = MessageFile.objects.create(message=incoming, sha256=file.sha256, name="x", media_type="a/b", size=1)
    assert Client().get(address(theirs)).status_code == 410


def test_a_link_cannot_be_made_up_or_changed(file: MessageFile) -> None:
    link = address(file)
    changed = link[:10] + ("A" if link[10] != "A" else "B") + link[11:]
    for one in (changed, link[:-4], "/files/x", "/files/" + "A" * 500):
        assert Client().get(one).status_code == 404


def test_nobody_tries_links_without_end(file: MessageFile) -> None:
    answers = [Client().get("/files/made-up").status_code for _ in range(61)]
    assert (answers[0], answers[-1]) == (404, 429)
