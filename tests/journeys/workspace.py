"""A filled workspace for pictures: usual matters, and everything that is too long, too many or in another script."""

from dataclasses import dataclass
from datetime import timedelta

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.people.actions import customers, tokens
from headway.people.models import Agent, Brand, Customer, Organisation
from headway.people.models import Team as TeamRow
from headway.tickets import actions
from headway.tickets.actions import Words, stored
from headway.tickets.models import Field, Ticket, TicketType
from headway.tickets.queries import setup
from tests.journeys.files import pdf, picture
from tests.journeys.matters import add, ask

LONG = (
    "Can we get an invoice in the name of our parent company, with a purchase order number and the reverse charge "
    "note, and could you send all of last year’s invoices again in one archive because our auditors need them before "
    "the end of the month and the export page shows an empty file every time I try it in any of my browsers"
)
PLAIN_MAIL = (
    "<p>Hello,</p><p>I tried to pay the renewal with <b>two cards</b> and both were refused.</p><ul><li>Visa ending "
    "4242</li><li>Mastercard ending 1881</li></ul><p>The page says <a href='https://example.com'>something went "
    "wrong</a>.</p><p>Dana</p>"
)
ANSWER = (
    "Hello Dana,\n\nyour bank asks for a second step that our page does not show yet. The fix goes out tonight, and "
    "your plan stays open until Friday.\n\nSam"
)
RICH_MAIL = (
    '<table width="100%" bgcolor="#f4f1ea"><tr><td style="padding:24px"><h2 style="color:#7a2e0e">Order 88123</h2>'
    '<p>Your order was shipped on Monday.</p><img alt="The parcel" data-remote-src="https://shop.example/parcel.png">'
    '<img width="1" height="1" data-remote-src="https://shop.example/opened.gif"></td></tr></table>'
)


@dataclass(frozen=True)
class Workspace:
    """Tickets worth a picture."""

    typical: Ticket
    overflowing: Ticket
    mail: Ticket
    arabic: Ticket
    spam: Ticket
    folded: Ticket


def fill(ada: Agent, sam: Agent, mia: Agent, team: TeamRow, dana: Customer, acme: Brand) -> Workspace:
    """Puts it all in."""
    dana.organisation = Organisation.objects.create(
        name="Ortiz & Sons GmbH", facts={"plan": "Pro", "contract_value": "€2.4k", "renewal": "12 Dec"}
    )
    dana.save()
    people = [
        customers.create(actor=ada.actor, known_by=[("email", address)], name=name)
        for name, address in (
            ("Li Wei", "li.wei@example.net"), ("Jürgen Groß", "juergen@example.de"), ("ليلى حداد", "layla@example.org"),
            ("X", "x@example.com"), ("Priya Raman", "priya@example.in"),
        )
    ]  # fmt: skip
    subjects = [
        "Cannot export invoices",
        "Passwort zurücksetzen",
        "تعذر تسجيل الدخول إلى الحساب منذ صباح اليوم رغم تغيير كلمة المرور",
        "Hi",
        "Refund for March",
    ]
    texts = [
        "The button spins.",
        "Der Link ist abgelaufen.",
        "مرحبا، لا أستطيع تسجيل الدخول منذ صباح اليوم.",
        "?",
        "Please.",
    ]
    many = [
        ask(
            people[index % 5], subjects[index % 5], texts[index % 5],
            at=now() - timedelta(minutes=9 + 11 * index * index),
            priority=1 + (index * 7) % 4, assignee=(sam, mia, None)[index % 3], team=team if index % 2 else None,
            tags=["billing", "export", "vip"][: index % 4],
        )
        for index in range(24)
    ]  # fmt: skip
    for ticket in many[3::5]:
        actions.set_status(ticket, setup.status_for("waiting"), actor=sam.actor)
    actions.snooze(many[4], now() + timedelta(days=2), actor=sam.actor)
    actions.suspect(many[10], actor=sam.actor)
    tokens.issue(sam, "Warehouse script", ["tickets:read"], actor=sam.actor, expires_at=now() + timedelta(days=90))
    return Workspace(
        _typical(sam, mia, team, dana), _overflowing(sam, people[3]), _mail(dana), many[2], many[10], _folded(sam, dana)
    )


def _typical(sam: Agent, mia: Agent, team: TeamRow, dana: Customer) -> Ticket:
    at = now() - timedelta(minutes=52)
    kind = TicketType.objects.create(name="Billing question")
    kind.fields.add(
        Field.objects.create(key="invoice", label="Invoice number", kind="text"),
        Field.objects.create(key="country", label="Country", kind="choice", options=["Germany", "Spain"]),
    )
    ticket = ask(
        dana, "Card payment declined twice", "I tried to pay with two cards and both were refused.", at=at,
        html=PLAIN_MAIL, team=team, tags=["billing", "3ds"], priority=3, type=kind, fields={"invoice": "INV-1043"},
    )  # fmt: skip
    actions.assign(ticket, sam, actor=sam.actor, at=at + timedelta(minutes=2))
    actions.note(
        ticket, "Looks like 3DS: the bank wants a second step that our page does not show.", actor=sam.actor,
        at=at + timedelta(minutes=5), files=[stored("gateway.log", "text/plain", b"challenge required\n" * 90)],
    )  # fmt: skip
    actions.note(ticket, "The fix goes out tonight.", actor=mia.actor, at=at + timedelta(minutes=11))
    words = Words(text=ANSWER, language="en")
    actions.reply(ticket, words, actor=sam.actor, status=setup.status_for("waiting"), at=at + timedelta(minutes=20))
    add(ticket, "Thank you for the quick answer. Will I have to enter the card again after that?")
    items = actions.add_items(ticket, ["Ask the bank", "Refund the second charge", "Tell Dana"], actor=mia.actor)
    actions.do_item(ticket, items[0].pk, actor=mia.actor)
    return ticket


def _folded(sam: Agent, dana: Customer) -> Ticket:
    ticket = ask(dana, "Every export fails", "It worked in October.")
    for number in range(1, 21):
        add(ticket, f"Attempt {number} failed as well.")
    actions.reply(
        ticket, Words(text="What I find in the log:\n\n" + "export: no rows in the range\n" * 80), actor=sam.actor
    )
    kept = [
        stored("screen.png", "image/png", picture(480, 300)),
        stored("page.pdf", "application/pdf", pdf("Invoice 88123")),
        stored("sums.csv", "text/csv", b"Invoice,Amount\n" + b"88123,120.00\n" * 40),
        stored("all.zip", "application/zip", b"x"),
    ]  # fmt: skip
    words = Words(text="Here is all I have.", language="en", files=kept)
    actions.receive(ticket, words, customer=dana, actor=Actor.customer(dana.pk))
    return ticket


def _overflowing(sam: Agent, customer: Customer) -> Ticket:
    files = [
        stored(f"a-rather-long-file-name-{index}.pdf", "application/pdf", b"x" * 900 * index) for index in range(1, 9)
    ]
    ticket = ask(
        customer, LONG, "Averylongwordwithoutanyspaces" * 14 + "\n\n" + "All of it, again and again. " * 90,
        assignee=sam, tags=[f"tag-number-{index}" for index in range(40)],
    )  # fmt: skip
    words = Words(text="And these.", files=files, language="en", quoted="> " + "quoted words " * 60)
    actions.receive(ticket, words, customer=customer, actor=sam.actor)
    return ticket


def _mail(dana: Customer) -> Ticket:
    return ask(dana, "Order 88123", "Your order was shipped on Monday.", html=RICH_MAIL)
