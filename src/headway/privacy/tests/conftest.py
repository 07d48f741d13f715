"""A customer who has written everywhere."""

from dataclasses import dataclass

import pytest

from headway.foundation import files
from headway.intake.email import claiming, sending
from headway.intake.spam import actions as sender_rules
from headway.intake.suppression import actions as suppression
from headway.intake.tests.letters import arrive, letter
from headway.people.actions import customers, identities, organisations
from headway.people.models import Agent, Brand, BrandAddress, Customer
from headway.tickets import actions
from headway.tickets.actions import Words, drafts, stored, views
from headway.tickets.actions.drafts import Typed
from headway.tickets.actions.views import Filters
from headway.tickets.models import Ticket

# whatever names her, in any form she or anybody wrote it
WORDS = ("quillfeather", "+49301234567", "shop:88417", "zanzibarparcel")
MAIL = "Octavia Quillfeather <octavia@quillfeather.example>"


@dataclass
class Life:
    """Everything of one customer."""

    octavia: Customer
    own: Ticket
    shared: Ticket
    named: Ticket
    raw: bytes


@pytest.fixture
def life(ada: Agent, sam: Agent, acme: Brand, chen: Customer, database: None) -> Life:
    """Octavia, who wrote mails with files, took part in Chen's ticket, and is named in others."""
    BrandAddress.objects.create(brand=acme, address="help@desk.example", is_primary=True)
    raw = letter("My zanzibarparcel is lost.\r\n\r\nOctavia Quillfeather", sender=MAIL, subject="Quillfeather order")
    first = arrive(raw)
    assert first.message is not None, first.error
    own = first.message.ticket
    octavia = Customer.objects.get(identities__value="octavia@quillfeather.example")
    identities.add(octavia, "phone", "+49 30 1234567", actor=sam.actor)
    identities.add(octavia, "external", "shop:88417", actor=sam.actor)
    firm = organisations.create("The firm", actor=sam.actor, notes="Ask Octavia Quillfeather.")
    octavia = customers.edit(octavia, actor=sam.actor, organisation=firm, facts={"street": "Quillfeather Lane 1"})
    file = stored("quillfeather.txt", "text/plain", b"the zanzibarparcel receipt")
    actions.receive(own, Words(text="The receipt.", files=[file]), customer=octavia, actor=sam.actor)
    actions.note(own, "Octavia Quillfeather is angry.", actor=sam.actor)
    sending.queue(actions.reply(own, Words(text="Dear Octavia Quillfeather"), actor=sam.actor))
    actions.add_items(own, ["Call Octavia Quillfeather back"], actor=sam.actor)
    drafts.save_draft(own, Typed(text="Hello Quillfeather"), actor=sam.actor, expected=0)
    # Chen's own ticket, on which she wrote
    other = arrive(letter("Where is our order?", sender="Chen Wei <chen@example.net>", subject="For Quillfeather too"))
    assert other.message is not None
    shared = other.message.ticket
    actions.receive(shared, Words(text="My zanzibarparcel too.", quoted="> Chen"), customer=octavia, actor=sam.actor)
    actions.note(shared, "Call Octavia on +49 (30) 123 45 67.", actor=sam.actor)
    items = actions.add_items(shared, ["Write to Octavia", "Ask quillfeather"], actor=sam.actor)
    actions.remove_item(shared, items[1].pk, actor=sam.actor)
    words = "Dear Octavia, dear Chen,\n\noctavia@quillfeather.example gets it tomorrow."
    sending.queue(actions.reply(shared, Words(text=words, copied=["octavia@quillfeather.example"]), actor=sam.actor))
    named = actions.open_ticket(
        actions.Opening(subject="Invoice", channel="email", customer=chen, brand=acme),
        Words(text="Send it to octavia@quillfeather.example please."), actor=sam.actor,
    )[0]  # fmt: skip
    quarantined = arrive(letter("Broken zanzibarparcel", sender=MAIL), process=False)
    claiming.quarantine(quarantined.pk, "a reason")
    arrive(raw, key="the same again")
    sender_rules.add("octavia@quillfeather.example", "allow", actor=ada.actor)
    suppression.suppress("octavia@quillfeather.example", "asked", actor=ada.actor)
    saved = Filters(base="all", narrowing={}, q="from:octavia@quillfeather.example", order="active")
    views.save("Her tickets", saved, audience="own", team=None, agent=sam, actor=sam.actor)
    assert files.exists(quarantined.sha256)
    return Life(octavia, own, shared, named, raw)
