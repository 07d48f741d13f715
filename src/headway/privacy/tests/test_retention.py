"""Nothing is kept longer than the rules say, and nothing goes by itself unless somebody switched a rule on."""

from datetime import timedelta

import pytest

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation import files
from headway.foundation.clock import now
from headway.foundation.errors import Forbidden, Invalid
from headway.intake.models import RawMail
from headway.people.models import Agent, Brand, Customer
from headway.privacy.actions import holds, retention
from headway.privacy.queries import retention as queries
from headway.privacy.tasks import keep_no_longer
from headway.privacy.tests.conftest import Life
from headway.tickets import actions
from headway.tickets.actions import Opening, Words
from headway.tickets.models import Message, MessageFile, Ticket, TicketType
from headway.tickets.queries import setup


def _old(customer: Customer, brand: Brand, days: int, category: str = "closed", **more: object) -> Ticket:
    opening = Opening(subject="Old", channel="email", customer=customer, brand=brand, **more)  # type: ignore[arg-type]
    ticket, _message = actions.open_ticket(opening, Words(text="Once upon a time."), actor=Actor.customer(customer.pk))
    then = now() - timedelta(days=days)
    status = setup.status_for(category)
    Ticket.objects.filter(pk=ticket.pk).update(active_at=then, updated_at=then, status=status, category=category)
    return ticket


def test_only_what_the_rule_says(ada: Agent, dana: Customer, chen: Customer, acme: Brand) -> None:
    other = Brand.objects.create(name="Other", slug="other")
    kind = TicketType.objects.create(name="Question")
    fits = _old(dana, acme, 400, type=kind)
    held, own = _old(chen, acme, 500, type=kind), _old(dana, acme, 600, type=kind)
    stay = [
        _old(dana, acme, 300, type=kind), _old(dana, acme, 400, "solved", type=kind),
        _old(dana, other, 400, type=kind), _old(dana, acme, 400),
    ]  # fmt: skip
    holds.place(reason="Law", customer=chen, actor=ada.actor)
    holds.place(reason="Law", ticket=own, actor=ada.actor)
    rule = retention.define(name="A year", scope="tickets", days=365, brand=acme, kind=kind, actor=ada.actor)
    dry = queries.dry_run(rule)
    assert (dry.count, list(dry.first), dry.held) == (1, [fits.pk], 2)
    keep_no_longer()
    assert Ticket.objects.filter(pk=fits.pk).exists()
    retention.switch(rule, on=True, actor=ada.actor)
    keep_no_longer()
    assert set(Ticket.objects.values_list("pk", flat=True)) == {one.pk for one in (held, own, *stay)}
    (run,) = queries.runs(rule)
    assert (run.erased, run.held) == (1, 2)
    ran = Entry.objects.get(kind="retention.ran")
    assert ran.data == {"erased": 1, "held": 2}
    retention.switch(rule, on=False, actor=ada.actor)
    keep_no_longer()
    assert len(queries.runs(rule)) == 1


def test_attachments_and_raw_mails_go_while_the_words_stay(committed_db: str, life: Life, ada: Agent) -> None:
    then, closed = now() - timedelta(days=100), setup.status_for("closed")
    Ticket.objects.filter(pk=life.own.pk).update(active_at=then, updated_at=then, status=closed, category="closed")
    rule = retention.define(name="Files", scope="files", days=90, actor=ada.actor)
    retention.switch(rule, on=True, actor=ada.actor)
    digest = MessageFile.objects.get(message__ticket=life.own).sha256
    raw = RawMail.objects.get(message__ticket=life.own).sha256
    keep_no_longer()
    assert (files.exists(digest), RawMail.objects.filter(sha256=raw, state="done").exists()) == (False, False)
    assert Message.objects.filter(ticket=life.own, text__contains="zanzibarparcel").exists()
    assert queries.dry_run(rule).count == 0


def test_quarantine(life: Life, ada: Agent) -> None:
    rule = retention.define(name="Quarantine", scope="quarantine", days=30, actor=ada.actor)
    retention.switch(rule, on=True, actor=ada.actor)
    assert queries.dry_run(rule).count == 0
    RawMail.objects.filter(state="quarantined").update(stored_at=now() - timedelta(days=31))
    assert queries.dry_run(rule).count == 1
    keep_no_longer()
    assert not RawMail.objects.filter(state="quarantined").exists()


def test_what_makes_no_rule(ada: Agent, leo: Agent) -> None:
    good = {"name": "A year", "scope": "tickets", "days": 365}
    for wrong in ({"name": " "}, {"scope": "all"}, {"days": 3}, {"days": 40_000}, {"category": "open"}):
        with pytest.raises(Invalid):
            retention.define(**{**good, **wrong}, actor=ada.actor)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        retention.define(**good, actor=leo.actor)  # type: ignore[arg-type]
    rule = retention.define(**good, actor=ada.actor)  # type: ignore[arg-type]
    retention.archive(rule, actor=ada.actor)
    assert list(queries.rules()) == []
