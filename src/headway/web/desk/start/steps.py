"""What is to be done in a new workspace. Each step ticks itself from what is really there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from headway.events.models import Entry
from headway.intake.models import Hook, Mailbox, RawMail
from headway.moving.queries import runs
from headway.people.models import Agent, Invitation
from headway.people.rules import Permission
from headway.settings import queries as settings
from headway.settings.definitions import Settings
from headway.tickets.models import Macro
from headway.tickets.queries import usage

# mails that came first: where history was brought in before real mail, it is among them
_EARLY = 10_000


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: why, where, and whether it is done."""

    key: str
    title: str
    why: str
    done: bool
    href: str = ""
    verb: str = ""


def steps() -> list[Step]:
    """All of them, in the order in which they make sense. One cheap query each."""
    return [
        Step("name", _("Name the workspace"), _("Its name, language and time zone."), is_named()),
        Step(
            "mailbox", _("Connect a mailbox"),
            _("Mail to your support address becomes tickets, and answers leave from it."),
            _connected(), "/desk/mailboxes/new", _("Connect a mailbox"),
        ),
        Step(
            "people", _("Invite your colleagues"), _("Each signs in as themselves; what they may do is their role."),
            _invited(), "/desk/people", _("Invite somebody"),
        ),
        Step(
            "hours", _("Set your business hours"), _("Only open time counts against the targets for your answers."),
            _hours_set(), "/desk/settings/calendars", _("Set the hours"),
        ),
        Step(
            "macro", _("Write down an answer you give often"),
            _("A macro is one key away for everybody, and says the same."),
            Macro.objects.filter(archived_at__isnull=True).exists(), "/desk/macros", _("Write a macro"),
        ),
        Step(
            "history", _("Bring your history in"),
            _("What your old help desk holds, so that nobody has to repeat themselves. Nothing is sent."),
            _imported(), "/desk/settings/imports/new", _("Import history"),
        ),
        Step(
            "ticket", _("Answer a test ticket"),
            _("Write to your support address from elsewhere, or begin a ticket here."),
            usage.is_there_any(sample=False), "/desk/views/open", _("Open the inbox"),
        ),
        Step(
            "sample", _("Look around with sample data"),
            _("Ninety days of a company that does not exist, marked as such. All of it goes again in one press."),
            usage.is_there_any(sample=True), "/desk/sample-data", _("Look at sample data"),
        ),
    ]  # fmt: skip


def is_first_run(person: Agent) -> bool:
    """Whether somebody who may set the workspace up comes in to a desk on which nothing has happened. One query at
    most, and none once the first steps were dismissed."""
    if not person.may(Permission.SETTINGS) or not settings.current().first_steps:
        return False
    return not usage.is_there_any()


def is_named() -> bool:
    """Whether the workspace has a name of its own."""
    return settings.current().name != Settings().name


def _connected() -> bool:
    ways: list[Callable[[], bool]] = [
        lambda: Mailbox.objects.filter(archived_at__isnull=True).exists(),
        lambda: Hook.objects.filter(archived_at__isnull=True).exists(),
    ]
    return any(way() for way in ways)


def _invited() -> bool:
    others = Agent.objects.filter(archived_at__isnull=True, is_sample=False)
    return others.values("pk")[:2].count() > 1 or Invitation.objects.exclude(role="administrator").exists()


def _hours_set() -> bool:
    """Whether a person has changed hours or targets; sample data brings hours of its own."""
    return Entry.objects.filter(subject_kind="edition", kind="service.targets_changed", actor_kind="agent").exists()


def _imported() -> bool:
    if runs.is_there_any():
        return True
    early = RawMail.objects.order_by("pk").values_list("run", flat=True)[:_EARLY]
    return any(run is not None for run in early.iterator(chunk_size=_EARLY))
