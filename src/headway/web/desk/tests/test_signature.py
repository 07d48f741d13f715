"""One's own signature, and a brand's logo: written at the desk or by a program, seen in the mails that leave."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from headway.events.models import Entry
from headway.foundation.errors import Forbidden
from headway.intake.email.composing import compose
from headway.people.actions import brands
from headway.people.actions.agents import keep_signature
from headway.people.models import Agent, Brand, Customer
from headway.people.tests.test_pictures import JPEG, png
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message, Ticket
from headway.web.api.tests.program import Program
from headway.web.desk.tests.conftest import Ask, At

PAGE = "/desk/signature"
OWN = "**{{ agent.name }}**, {{ brand.name }}\n{{ team.name }}\nAbout #{{ ticket.number }}"


def left(message: Message) -> EmailMessage:
    composed = compose(message, mail_id="1@desk.example", to=["dana@example.com"], copied=[])
    return message_from_bytes(composed.raw, policy=policy.default)


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


def replied(ticket: Ticket, sam: Agent) -> EmailMessage:
    message = actions.reply(ticket, Words(text="It works again."), actor=sam.actor)
    return left(Message.objects.select_related("ticket", "agent").get(pk=message.pk))


def test_it_stands_under_what_one_writes(at_desk: At, ask: Ask, sam: Agent, dana: Customer, acme: Brand) -> None:
    client, ticket = at_desk(sam), ask(dana)
    brands.add_address(acme, "help@acme.example", actor=Agent(role="administrator", pk=1).actor)
    acme.signature = "Acme Ltd"
    acme.save()
    assert "composer-signature" in client.get(f"/desk/tickets/{ticket.pk}").content.decode()
    refused = client.post(PAGE, {"signature": "{{ agent.salary }}"})
    assert refused.status_code == 422
    assert "There is nothing called {{ agent.salary }}" in refused.content.decode()
    assert client.post(PAGE, {"signature": OWN}).status_code == 302
    shown = client.post(f"{PAGE}/preview", {"signature": OWN}).content.decode()
    assert f"<strong>{sam.name}</strong>" in shown
    page = client.get(f"/desk/tickets/{ticket.pk}").content.decode()
    assert f"About #{ticket.pk}\nAcme Ltd" in page
    mail = replied(ticket, sam)
    assert f"It works again.\n\n-- \n**{sam.name}**, {acme.name}\nAbout #{ticket.pk}\nAcme Ltd\n" in part(mail, "plain")
    assert f"<strong>{sam.name}</strong>" in part(mail, "html")
    assert Entry.objects.filter(kind="agent.signature_changed").count() == 1


def test_beside_the_ticket_it_tells_nothing_of_it(ask: Ask, sam: Agent, dana: Customer, acme: Brand) -> None:
    ticket = ask(dana)
    sam.signature = OWN + "\nfor {{ customer.name }}"
    sam.save()
    message = actions.start_side(
        ticket, ["li@supplier.example"], "Order 7", Words(text="Where is it?"), actor=sam.actor
    )
    sent = compose(message, mail_id="2@desk.example", to=["li@supplier.example"], copied=[]).raw.decode()
    assert sam.name in sent
    assert "Dana" not in sent
    assert "[#" not in sent


def test_it_is_ones_own(database: None, sam: Agent, lim: Agent, ada: Agent, at_desk: At) -> None:
    with pytest.raises(Forbidden):
        keep_signature(sam, "Somebody else", actor=ada.actor)
    assert at_desk(lim).get(PAGE).status_code == 403
    program = Program(sam)
    assert program.put("/me/signature", {"signature": "Sam"}).body == {"signature": "Sam"}
    assert program.get("/me/signature").body == {"signature": "Sam"}
    assert program.put("/me/signature", {"signature": "x" * 2001}).status == 422
    assert program.put("/me/signature", {"signature": "{{ nothing }}"}).status == 422


def _logo(data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"logo": SimpleUploadedFile("logo.png", data, "image/png")}


def test_a_brand_has_a_logo(at_desk: At, ask: Ask, ada: Agent, sam: Agent, dana: Customer, acme: Brand) -> None:
    client, page = at_desk(ada), f"/desk/settings/brands/{acme.pk}"
    brands.add_address(acme, "help@acme.example", actor=ada.actor)
    nobody = Client()
    assert nobody.get("/logo")["Content-Type"] == "image/svg+xml"
    assert nobody.get(f"/logo/{acme.pk}").status_code == 404
    assert client.post(f"{page}/logo", _logo(png() + b"<script>")).status_code == 422
    assert client.post(f"{page}/logo", {}).status_code == 422
    assert client.post(f"{page}/logo", _logo(png())).status_code == 302
    answer = nobody.get(f"/logo/{acme.pk}")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"], answer.content) == ("image/png", "nosniff", png())
    assert nobody.get(f"/logo/{acme.pk}", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    ticket = ask(dana)
    assert replied(ticket, sam).get_content_type() == "multipart/alternative"
    client.post(page, {"name": acme.name, "accent": "#3b5bdb", "logo_in_mails": "on"})
    mail = replied(ticket, sam)
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == ["multipart/related", "multipart/alternative", "text/plain", "text/html", "image/png"]
    picture = list(mail.walk())[-1]
    assert f"cid:{picture['Content-ID'][1:-1]}" in part(mail, "html")
    assert "http" not in part(mail, "html")
    client.post(f"{page}/logo", {"remove": "1"})
    assert nobody.get(f"/logo/{acme.pk}").status_code == 404


def test_programs_set_it_too(ada: Agent, acme: Brand) -> None:
    program, path = Program(ada), f"/brands/{acme.pk}/logo"
    sent = program.ask("PUT", path, raw=JPEG, content_type="image/jpeg")
    assert (sent.status, sent.body["has_logo"]) == (200, True)
    assert program.ask("PUT", path, raw=b"<svg/>", content_type="image/png").status == 422
    assert program.delete(path).body["has_logo"] is False
