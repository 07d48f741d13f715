"""Texts as the store keeps them: what the database refuses or a list cannot show is taken out first."""

import re

SUBJECT = 500
SNIPPET = 160
BODY = 2_000_000

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def clean(text: str, most: int = BODY) -> str:
    """Without NUL, control characters and lone surrogates, at most `most` characters."""
    return _CONTROLS.sub("", text)[:most]


def one_line(text: str, most: int) -> str:
    """The text on one line, cut at `most` characters with an ellipsis."""
    line = _SPACES.sub(" ", _CONTROLS.sub("", text[: most * 4])).strip()
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
