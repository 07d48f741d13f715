"""By which mailbox or hook a mail came, whom that one believes, and what its server usually says."""

from collections.abc import Iterable, Sequence

from headway.intake.email.mail import ParsedMail
from headway.intake.email.trust import rules
from headway.intake.email.trust.rules import Standing, Trusting
from headway.intake.models import Hook, Mailbox, MailboxHealth, RawMail
from headway.people.rules.identities import email as comparable


def trusting_of(row: RawMail, mail: ParsedMail) -> Trusting:
    """Whom to believe about a stored mail. One query, two for a mail by a hook.

    A mail by a listener or a pipe belongs to the mailbox it was sent to; the envelope counts before the headers.
    """
    way, _, number = row.source.partition(":")
    mailbox = _by_id(int(number)) if way == "mailbox" and number.isdigit() else _addressed(row, mail)
    servers: Sequence[str] = ()
    if way == "hook" and number.isdigit():
        servers = Hook.objects.filter(pk=int(number)).values_list("trusted_servers", flat=True).first() or ()
    if mailbox is None:
        return Trusting(servers=_texts(servers))
    health = getattr(mailbox, "health", None)
    # what nobody of ours has seen before it was handed in carries no word of ours, whatever it says
    believed = () if row.envelope.get("outside") else servers or mailbox.trusted_servers
    return Trusting(
        servers=_texts(believed),
        sealers=_texts(mailbox.trusted_sealers),
        forwarders=_texts(mailbox.forwarders),
        stamps=health is not None and rules.stamps(health.verdicts, health.verdicts_seen),
        mailbox_id=mailbox.pk,
    )


def key_of(row: RawMail, mail: ParsedMail) -> object:
    """What `trusting_of` depends on: mails of the same key are believed the same servers."""
    if row.source.startswith("mailbox:"):
        return row.source
    return (row.source, bool(row.envelope.get("outside")), *_wanted(row, mail))


def note(trusting: Trusting, standing: Standing) -> bool:
    """Remembers whether the mailbox's server said something about this mail; whether that changes what is normal."""
    if trusting.mailbox_id is None or not trusting.servers:
        return False
    health, _ = MailboxHealth.objects.select_for_update().get_or_create(mailbox_id=trusting.mailbox_id)
    habit = rules.noted(health.verdicts, health.verdicts_seen, stamped=standing.stamped)
    if habit != (health.verdicts, health.verdicts_seen):
        MailboxHealth.objects.filter(pk=health.pk).update(verdicts=habit[0], verdicts_seen=habit[1])
    return rules.stamps(*habit) != trusting.stamps


def _by_id(mailbox_id: int) -> Mailbox | None:
    return Mailbox.objects.select_related("health").filter(pk=mailbox_id).first()


def _addressed(row: RawMail, mail: ParsedMail) -> Mailbox | None:
    """The mailbox of the first address of ours that the mail was sent to."""
    wanted = _wanted(row, mail)
    if not wanted:
        return None
    rows = Mailbox.objects.filter(archived_at__isnull=True, address__address__in=wanted)
    found = {one.address.address.casefold(): one for one in rows.select_related("health", "address")}
    return next((found[one] for one in wanted if one in found), None)


def _wanted(row: RawMail, mail: ParsedMail) -> list[str]:
    given = row.envelope.get("to") if isinstance(row.envelope, dict) else None
    envelope = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    headers = [one.email for one in (*mail.delivered_to, *mail.to, *mail.cc)]
    return _bare(envelope or headers)


def _bare(addresses: Iterable[str]) -> list[str]:
    """The addresses in comparable form, also without what stands after a plus."""
    found: list[str] = []
    for address in addresses:
        known = comparable(address)
        if known is None:
            continue
        local, _, domain = known.rpartition("@")
        found += [known, f"{local.partition('+')[0]}@{domain}"]
    return list(dict.fromkeys(found))[:100]


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(one for one in values if isinstance(one, str) and one.strip())
