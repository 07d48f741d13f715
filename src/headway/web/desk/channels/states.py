"""How a mailbox fares, in words: what is, since when, what is safe, what to do."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.intake.mailboxes.queries import Listed
from headway.web.formats import short


@dataclass(frozen=True, slots=True)
class State:
    """One thing to say about a mailbox. `meaning` is positive, warning, danger, information or ""."""

    words: str
    meaning: str = ""
    icon: str = ""
    since: datetime | None = None
    sentence: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A mailbox on the list of channels."""

    id: int
    address: str
    brand: str
    login: str
    states: list[State]
    facts: list[tuple[str, str]] = field(default_factory=list)
    looked_at: datetime | None = None
    sent_at: datetime | None = None
    paused: bool = False
    fetches: bool = True
    sign_in: bool = False
    is_sample: bool = False

    @property
    def is_down(self) -> bool:
        """Whether something about it has to be mended."""
        return any(state.meaning == "danger" for state in self.states)


def line(row: Listed) -> Line:
    """The mailbox in words: how reading goes, then whatever else is wrong with it."""
    states = [_reading(row)]
    if row.health.sending_failed_since:
        states.append(
            State(
                _("Sending fails"), "danger", "danger", row.health.sending_failed_since, row.health.sending_error,
                _("Answers wait and are tried again by themselves. Nothing is lost."),
            )
        )  # fmt: skip
    if row.verifies is False and row.state != "paused":
        states.append(
            State(
                _("Senders are not verified"), "warning", "warning",
                sentence=_("No server that you trust says whether a sender is genuine, so the address alone counts."),
                advice=_("Name your mail server under Trusted servers."),
            )
        )  # fmt: skip
    return Line(
        id=row.id,
        address=row.address,
        brand=row.brand,
        login=row.login,
        states=states,
        facts=_facts(row),
        looked_at=row.health.looked_at,
        sent_at=row.health.sent_at,
        paused=row.state == "paused",
        fetches=row.fetches,
        sign_in=row.health.sign_in_again,
        is_sample=row.is_sample,
    )


def _reading(row: Listed) -> State:
    health = row.health
    safe = _("Your mail is untouched: it waits on the server and is fetched when this is mended.")
    match row.state:
        case "paused":
            return State(_("Paused"), "", "hold", advice=_("Mail waits on the server and is fetched afterwards."))
        case "waiting":
            return State(_("Not looked at yet"), "information", "clock", advice=_("The first look follows shortly."))
        case "silent":
            words = _("Nobody looks at it")
            advice = _("No worker has fetched it for ten minutes. Check that Headway's worker runs.")
            return State(words, "danger", "danger", health.looked_at, safe, advice)
        case "failing" if health.sign_in_again:
            sentence = health.error or _("Its owner has not signed in, or the provider ended our access.")
            return State(_("Sign in again"), "danger", "danger", health.failing_since, sentence, safe)
        case "failing":
            return State(_("Failing"), "danger", "danger", health.failing_since, health.error, safe)
    if not row.fetches:
        advice = _("Nothing is fetched: mail for it comes by a listener, a pipe or a hook.")
        return State(_("Sends only"), "positive", "positive", advice=advice)
    return State(_("Works"), "positive", "positive")


def _facts(row: Listed) -> list[tuple[str, str]]:
    """Figures of the fetching, as (words, value)."""
    if not row.fetches:
        return []
    waiting = ngettext("%(num)d mail", "%(num)d mails", row.health.waiting) % {"num": row.health.waiting}
    lag = timedelta(seconds=row.health.lag_seconds)
    return [
        (_("Waiting on the server"), waiting if row.health.waiting else _("none")),
        (_("Latest mail came"), _late(lag) if row.health.mail_at else _("none yet")),
        (_("New mail is noticed"), _("at once") if row.health.idle else _("at each look")),
    ]


def _late(lag: timedelta) -> str:
    if lag < timedelta(minutes=1):
        return _("at once")
    return _("%(time)s late") % {"time": short(lag.total_seconds())}
