"""Where the signature of a stretch of new text begins."""

import re
from collections.abc import Sequence
from typing import Final

from headway.intake.email.quotes import phrases

_DELIMITER: Final = {"--", "-- "}
_UNDERSCORES: Final = re.compile(r"\s{0,3}_{2,}\s*")
_LINK: Final = re.compile(r"[<(\[](?:https?|mailto):[^>)\]\s]{0,2000}[>)\]]|https?://\S{1,2000}", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[,;!?]|\.\s|\.$")
_LONGEST_SENT_FROM: Final = 90
_CLOSING_LINES: Final = 8
_PLAIN_DELIMITER_LINES: Final = 40
_FOOTER_LINES: Final = 25


def start(lines: Sequence[str], *, last: bool) -> int:
    """The index where the signature begins, `len(lines)` when there is none.

    `last` says that only quoted text follows these lines.
    """
    for at, line in enumerate(lines):
        stripped = line.strip()
        if not stripped or len(line) > 300:
            continue
        after = len(lines) - at - 1
        if line.rstrip("\r") in _DELIMITER and (line == "-- " or after <= _PLAIN_DELIMITER_LINES):
            return at
        if sent_from(stripped):
            return at
        if last and after <= _CLOSING_LINES and phrases.CLOSINGS.fullmatch(stripped) and _short(lines[at + 1 :]):
            return at
        if last and after <= _FOOTER_LINES and _UNDERSCORES.fullmatch(line) and _is_footer(lines[at + 1 :]):
            return at
    return len(lines)


def sent_from(line: str) -> bool:
    """Whether a line is what a phone or a program adds (and not a sentence that begins that way)."""
    bare = _LINK.sub("", line).strip(" \t*_[]()<>")
    if len(bare) > _LONGEST_SENT_FROM or not phrases.SENT_FROM.match(bare):
        return False
    return not _SENTENCE.search(bare) or (bare.endswith(".") and bare.count(".") == 1 and "," not in bare)


def _short(lines: Sequence[str]) -> bool:
    """A name, a title, a company: lines no sentence would fill."""
    return all(len(line.strip()) <= 80 for line in lines)


def _is_footer(lines: Sequence[str]) -> bool:
    """A mailing list's footer: few lines, one with an address or a link."""
    text = "\n".join(lines)
    return ("://" in text or "@" in text) and len(text) < 3000
