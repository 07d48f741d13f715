"""What is taken for an export and is none, told by how it begins: said at once, with what to do."""

import codecs
from typing import Final

from django.utils.translation import gettext as _

_PAGES: Final = (b"<!doctype html", b"<html", b"<head", b"<body")
_ARCHIVE: Final = (b"PK\x03\x04", b"PK\x05\x06")
_SHEETS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def why(name: str, head: bytes) -> str:
    """A sentence about a file of this name that begins so; "" where nothing speaks against it."""
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:40].lower()
    if not begins:
        return _("%(name)s is empty. Export it again.") % {"name": name}
    if begins.startswith(_PAGES):
        return _(
            "%(name)s is a web page, not an export: a page to sign in, an error or a listing was saved in its place. "
            "Download the export again."
        ) % {"name": name}
    if name.lower().endswith(_SHEETS):
        return _("%(name)s is a spreadsheet. Save it as CSV, and take that.") % {"name": name}
    if head.startswith(_ARCHIVE):
        return _("%(name)s is an archive. Unpack it, and name what is in it.") % {"name": name}
    if not head.startswith(_MARKS) and _is_wide(head):
        return _("%(name)s is written in UTF-16 and does not say so. Save it as UTF-8.") % {"name": name}
    return ""


def _is_wide(head: bytes) -> bool:
    """Whether it is text of two bytes a sign, most of them from the Latin alphabet."""
    start = head[:400]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if start[first::2].count(0) > len(start) // 4 and not start[1 - first :: 2].count(0):
            return (
                start[: len(start) // 2 * 2].decode(name, "replace").replace("\n", "").replace("\r", "").isprintable()
            )
    return False
