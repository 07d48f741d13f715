"""Mails in words: how they came, why they were put aside, where they are."""

import re

from django.utils.translation import gettext as _

from headway.intake.queries import sources

_ENDED = re.compile(r"^the parsing process ended with code|^the parsing process was ended by signal")


def source_words(source: str, names: dict[str, str]) -> str:
    """How a mail came: "Mailbox support@example.com". `names` come from `intake.queries.sources.named`."""
    kind = source.partition(":")[0]
    name = names.get(source, "")
    match kind:
        case "mailbox":
            return _("Mailbox %(address)s") % {"address": name} if name else _("A mailbox that is gone")
        case "hook":
            return _("Hook %(name)s") % {"name": name} if name else _("A hook that is gone")
        case "pipe":
            return _("Pipe")
        case "listener":
            return _("Listener")
        case "import":
            return _("Import")
    return source


def sources_of(rows: list[str]) -> dict[str, str]:
    """The words of each of these sources. At most two queries."""
    names = sources.named(rows)
    return {source: source_words(source, names) for source in set(rows)}


def reason_words(error: str) -> str:
    """Why a mail is in quarantine, for people; the error itself stands beside it for engineers."""
    if error.startswith("It was begun again and again"):
        return _("It was begun again and again, and never came to an end.")
    if error.startswith("Its bytes are missing"):
        return _("Its bytes are missing from the file store. Without them it cannot be read.")
    if error == "took more processor time than allowed":
        return _("Reading it took longer than any mail may take.")
    if _ENDED.match(error):
        return _("Reading it ended the process that read it, most likely for want of memory.")
    if error.startswith("MemoryError"):
        return _("Reading it took more memory than any mail may take.")
    if re.match(r"^[A-Za-z.]+(Error|Exception)\b", error):
        return _("It was read, and an error of ours kept it from becoming a message.")
    return error or _("Nobody noted why.")


def state_words(state: str) -> str:
    """Where a raw mail is."""
    return {
        "stored": _("Waits to be read"),
        "done": _("Became a message"),
        "duplicate": _("Had come before"),
        "quarantined": _("In quarantine"),
        "discarded": _("Discarded"),
        "erased": _("Erased"),
    }.get(state, state)


STATE_MEANINGS = {"done": "positive", "duplicate": "information", "quarantined": "danger"}
