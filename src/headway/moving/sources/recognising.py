"""Which help desk an export is of, told by what stands in its files."""

from itertools import islice
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.insight.reading import formats, mistaken, unpacked
from headway.intake.email import archives
from headway.moving.sources.documents import ENDINGS, documents, has_documents
from headway.moving.sources.kinds import MAIL

_NAMES: Final = {
    "Freshdesk": "freshdesk",
    "Zammad": "zammad",
    "Intercom": "intercom",
    "Help Scout": "helpscout",
    "Zendesk": "zendesk",
}
_GLANCE: Final = 50


def recognise(path: Path) -> str:
    """The name of the source. Raises Invalid where nothing tells it."""
    if path.is_file() and (wrong := mistaken.why(path.name, unpacked.head(path))):
        raise Invalid(wrong)
    tables = [path] if path.is_file() else list(islice((one for one in path.rglob("*") if one.is_file()), 2))
    if len(tables) == 1 and not tables[0].name.lower().endswith(ENDINGS):
        if archives.holds(tables[0]):
            return MAIL
        if _is_table(tables[0]):
            return "csv"
    # attachments of an export may be mails: its documents tell more
    if path.is_dir() and not has_documents(path) and archives.holds(path):
        return MAIL
    for file in islice(documents(path), _GLANCE):
        head = unpacked.head(file)
        for reader in formats.READERS:
            if reader.name in _NAMES and reader.claims(file, head):
                return _NAMES[reader.name]
    raise Invalid(_("Nothing tells which help desk this export is of. Choose it yourself."))


def _is_table(path: Path) -> bool:
    first = unpacked.head(path).split(b"\n", 1)[0].lstrip()
    return not first.startswith((b"{", b"[", b"<", b"From ")) and any(
        sign in first for sign in (b",", b";", b"\t", b"|")
    )
