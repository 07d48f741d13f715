"""The style page: every component in its states, with a few made-up tickets. Only in development."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from headway.foundation import clock
from headway.web.desk.timeline import File

LONG = "Why is it that whenever I export the invoices of more than one month the file is empty, although " * 3


def show(request: HttpRequest) -> HttpResponse:
    """The page, where DEBUG is on."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "desk/style.jinja", {"rows": _rows(), "entries": _entries()})


def _rows() -> list[SimpleNamespace]:
    now = clock.now()

    def row(number: int, subject: str, customer: str, minutes: int, **more: Any) -> SimpleNamespace:
        at = now - timedelta(minutes=minutes)
        values: dict[str, Any] = {
            "id": number, "subject": subject, "customer": customer, "active_at": at, "waiting_since": at,
            "snippet": "I tried to pay the renewal with two cards and both were refused, though my bank says",
            "channel": "email", "category": "open", "status": "Open", "priority": 2, "due": None, "team": "Billing",
            "assignee": "", "tags": [], "snoozed_until": None, "returned": "", "is_sample": False,
        }  # fmt: skip
        return SimpleNamespace(**{**values, **more})

    return [
        row(1, "Card payment declined twice", "Dana Ortiz", 8, due=now + timedelta(minutes=42), priority=3),
        row(2, "Cannot export invoices", "Li Wei", 22, category="new", status="New", tags=["export", "pdf", "beta"]),
        row(
            3, "Passwort zurücksetzen", "Jürgen Groß", 190, due=now - timedelta(minutes=12), priority=4, assignee="Sam"
        ),
        row(4, "تعذر تسجيل الدخول إلى الحساب", "ليلى حداد", 1500, category="waiting", waiting_since=None),
        row(5, LONG, "X", 9000, category="solved", status="Solved", assignee="Mia Park", waiting_since=None),
    ]


def _entries() -> list[Any]:
    now = clock.now()

    def said(author: str, text: str, minutes: int, **more: Any) -> SimpleNamespace:
        values: dict[str, Any] = {
            "id": minutes, "author": author, "address": "", "at": now - timedelta(minutes=minutes), "text": text,
            "quoted": "", "frame": "", "files": [], "copied": [], "delivery": None, "automatic": False, "held": False,
            "held_because": "", "mailed": False, "rich": "", "called": [], "long": False,
        }  # fmt: skip
        return SimpleNamespace(**{**values, **more})

    def line(icon: str, words: str, minutes: int) -> SimpleNamespace:
        return SimpleNamespace(id=minutes, icon=icon, words=words, at=now - timedelta(minutes=minutes))

    bill = File("invoice-2026-10.pdf", 182_400, "#main", "pdf", "PDF")
    failed = SimpleNamespace(words="Not sent", failed="mail.example.com refused it: the mailbox is full.", retry="")
    question = (
        "Hello,\n\nI tried to pay the renewal with two cards and both were refused.\nSee https://example.com/billing"
    )
    return [
        said(
            "Dana Ortiz", question, 48, address="dana@example.com", quoted="> On Monday Sam wrote:\n> …", files=[bill]
        ),
        said("Sam Haddad", "Looks like 3DS: the bank wants a second step that our page does not show.", 40),
        [
            line("assign", "Sam took the ticket", 39),
            line("tag", "Sam added the tag billing", 38),
            line("high", "Sam raised the priority to High", 37),
        ],
        said("Sam Haddad", "Hello Dana,\n\nthank you for the details. Could you try once more?", 31, delivery=failed),
        [line("waiting", "Sam set the status to Waiting on customer", 30)],
    ]
