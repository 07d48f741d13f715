"""Every text in the source that is said to people. The scripts take theirs from the templates."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from headway.web.environment import OURS
from words.catalogue import ROOT, Words

CODE = ROOT / "src" / "headway"
TEMPLATES = CODE / "web" / "templates"
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    # what settings say about themselves, and what a pure rule says, is translated where it is told
    "_setting": (2,),
    "Problem": (1,),
    "Impossible": (1,),
}
# A comment above a text that nobody can translate well without knowing where it stands.
_NOTE = ("Translators:",)
_SAYS = re.compile(r"gettext|def _setting|class Problem|import Impossible")
_JINJA = {
    "trim_blocks": str(OURS["trim_blocks"]),
    "lstrip_blocks": str(OURS["lstrip_blocks"]),
    "silent": "false",
}


def texts() -> Catalog:
    """All of them, in the order of their files."""
    found = Words()
    for path in _files():
        with path.open("rb") as file:
            method = "jinja2.ext:babel_extract" if path.suffix == ".jinja" else "python"
            for _line, text, notes, context in extract(
                method, file, keywords=_KEYWORDS, comment_tags=_NOTE, options=_JINJA, strip_comment_tags=False
            ):
                place = (path.relative_to(CODE).as_posix(), 0)
                found.add(text, locations=[place], auto_comments=notes, context=context)
    return found


def _files() -> Iterator[Path]:
    for path in sorted(CODE.rglob("*.py")):
        inside = path.relative_to(CODE).parts
        # read whole only where something is translated: the rest costs a second
        if not {"tests", "migrations"} & set(inside) and _SAYS.search(path.read_text(encoding="utf-8")):
            yield path
    yield from sorted(TEMPLATES.rglob("*.jinja"))
