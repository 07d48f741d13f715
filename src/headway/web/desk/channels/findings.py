"""What is noted of a mail on its way in, in words: why it is where it is, and how far its sender is believed."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from headway.intake import queries as intake
from headway.intake.spam import queries as spam


def placed_words(because: str, ticket_id: int) -> str:
    """Why a mail is on its ticket."""
    words = {
        "token": _("Joined #%(id)s: it was sent to the signed address that only this ticket's people get."),
        "in-reply-to": _("Joined #%(id)s: it answers a message of this ticket (In-Reply-To)."),
        "references": _("Joined #%(id)s: it names a message of this ticket among those before it (References)."),
        "subject": _("Joined #%(id)s: the subject has its number, and the sender takes part in it."),
        "awaited": _("Joined #%(id)s: an answer to it had come before and was waiting for it."),
        "forward": _("Began #%(id)s: it is a forward, which never joins a ticket."),
        "bulk": _("Began #%(id)s: what it answers went to many, so it joins nobody else's ticket."),
        "no-match": _("Began #%(id)s: it answers nothing that is known here."),
        "report": _("Noted on #%(id)s: it is a report about this message."),
    }
    return words.get(because, _("On #%(id)s.")) % {"id": ticket_id}


def sender_words(verdict: str, because: str, by: str = "") -> str:
    """How far the sender is believed, and what said so. Empty for a mail that nobody asked this of."""
    checks = {"dmarc": "DMARC", "dkim": "DKIM", "spf": "SPF", "arc": "ARC"}
    match verdict:
        case "pass" if by:
            return _("The sender is verified by %(server)s (%(check)s).") % {
                "server": by,
                "check": checks.get(because, because),
            }
        case "pass":
            return _("The sender is verified (%(check)s).") % {"check": checks.get(because, because)}
        case "fail":
            return _("The sender failed the check (%(check)s): somebody else may have written it.") % {
                "check": checks.get(because, because)
            }
        case "none":
            return {
                "several-senders": _("The sender is not verified: it names several."),
                "no-header": _("The sender is not verified: no trusted server said anything about it."),
                "no-result": _("The sender is not verified: the server's checks had no result."),
                "another-sender": _("The sender is not verified: what the server checked was another sender."),
            }.get(because, _("The sender is not verified."))
    return ""


def sender_rule_words(findings: Mapping[str, Any]) -> str:
    """What sender rules said when the mail began a ticket. Empty where none is about its sender."""
    rule = spam.named(findings.get("sender_rule_id"))
    given = {"sender": rule.pattern if rule else _("a sender rule that is gone")}
    match findings.get("sender_rule"):
        case "suspect":
            return _("Suspected spam, because of the rule about %(sender)s.") % given
        case "allow":
            return _("Not suspected, because of the rule about %(sender)s.") % given
        case "spared":
            return (
                _("Not suspected in spite of the rule about %(sender)s: a verified customer whom you have answered.")
                % given
            )
    return ""


def acknowledged_words(outcome: str) -> str:
    """Whether the ticket it began was acknowledged by itself, or why not. Empty where nobody wants that."""
    if not outcome:
        return ""
    told = {
        "sent": _("Acknowledged by itself."),
        "not a customer's own": _("Not acknowledged: it is automatic, held, suspected or sample data."),
        "merged": _("Not acknowledged: the ticket lives on in another."),
        "an old mail": _("Not acknowledged: it is older than a day."),
        "no address": _("Not acknowledged: nobody can be reached by mail."),
        "the sender is not verified": _("Not acknowledged: the sender is not verified."),
        "suppressed": _("Not acknowledged: nothing is sent to this address, because mail to it came back."),
        "limit: window": _("Not acknowledged: this address had an automatic mail a short time ago."),
        "limit: recipient": _("Not acknowledged: this address had enough automatic mails today."),
        "limit: mailbox": _("Not acknowledged: the mailbox has sent as many automatic mails as it may in an hour."),
        "limit: all": _("Not acknowledged: as many automatic mails were sent as may be in an hour."),
    }.get(outcome)
    return told or _("Not acknowledged, as no automatic mail may answer it: %(why)s.") % {"why": outcome}


def held_because(message_ids: Collection[int]) -> dict[int, str]:
    """Why these held messages are held. One query, none for none."""
    found = intake.findings_of(message_ids)
    return {message_id: held_words(found.get(message_id, {})) for message_id in message_ids}


def held_words(findings: Mapping[str, Any]) -> str:
    """Why a message is held on its ticket, for agents only."""
    if findings.get("sender") == "fail":
        return _("Its sender failed the check (DMARC): somebody else may have written it.")
    if findings.get("sender") == "none" and findings.get("sender_because") != "no-header":
        return _("Its sender takes no part in this ticket, or cannot be verified.")
    return _("Its sender does not take part in this ticket.")


def left_out_words(parts: list[str]) -> str:
    """What a mail is shown without."""
    if "html" in parts:
        return _("Its formatting was beyond every bound, so it is shown as plain text.")
    return _("Its quotes were beyond every bound, so they are not folded.")


def defect_words(defect: str) -> str:
    """What was wrong with a mail that could be read all the same."""
    return {
        "more headers than are read": _("more headers than are read"),
        "a header longer than is read": _("a header longer than is read"),
        "a badly folded header": _("a badly folded header"),
        "a line before the headers": _("a line before the headers"),
        "no blank line before the body": _("no blank line before the body"),
    }.get(defect, defect)
