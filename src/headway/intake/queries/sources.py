"""What the sources of mails are called: a mailbox by its address, a hook by its name."""

from collections.abc import Iterable

from headway.intake.models import Hook, Mailbox


def named(sources: Iterable[str]) -> dict[str, str]:
    """By source ("mailbox:7") the name of the thing itself; sources that are no thing are left out.

    A query for mailboxes and one for hooks, each only when there is one; those that were disconnected have names too.
    """
    wanted: dict[str, set[int]] = {"mailbox": set(), "hook": set()}
    for source in sources:
        kind, _, number = source.partition(":")
        if kind in wanted and number.isdecimal() and len(number) < 19:
            wanted[kind].add(int(number))
    found: dict[str, str] = {}
    if wanted["mailbox"]:
        rows = Mailbox.objects.filter(pk__in=wanted["mailbox"]).values_list("pk", "address__address")
        found |= {f"mailbox:{pk}": address for pk, address in rows}
    if wanted["hook"]:
        found |= {
            f"hook:{pk}": name for pk, name in Hook.objects.filter(pk__in=wanted["hook"]).values_list("pk", "name")
        }
    return found
