"""Lines that stand above quoted text: "On … wrote:", Outlook's header block, "Original Message"."""

import re
from collections.abc import Sequence
from typing import Final

from headway.intake.email.quotes import phrases

_RULE: Final = re.compile(r"[\s>]{0,20}(?:[-_=*‐‑‒–—―─━~#]\s?){3,}\s*")
_TITLED: Final = re.compile(
    r"[\s>*]{0,20}[-_=*‐‑‒–—―─━#]{1,}\s*([^\s\-_=*‐‑‒–—―─━#][^\n]{0,120}?)\s*[-_=*‐‑‒–—―─━#]{0,200}\s*"
)
# one mail system puts the writer and the date between such arrows, and marks nothing below
_ARROWS: Final = re.compile(r"\s{0,4}>>>\s(?=.{0,200}\d)([^<>]{1,200}|[^<>]{0,100}<[^<>]{3,200}>[^<>]{1,100})\s?>>>\s*")
_INVISIBLE: Final = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
_SHARED: Final = re.compile(
    r"(.{0,2000}?\S)[\s-]*((?:On|Le|Am|El|Il) (?:[^\W\d_]{2,10}[,.]{0,2} |\d)[^\n]{8,300}[:：])\s*"
)
_DIGIT: Final = re.compile(r"\d")
_JOINED_LINES: Final = 6
_JOINED_CHARACTERS: Final = 700
_BLOCK_LINES: Final = 14
_LONGEST: Final = 1000


def is_rule(line: str) -> bool:
    """A line of dashes, underscores or the like."""
    return len(line) < _LONGEST and bool(_RULE.fullmatch(line))


def share_line(line: str) -> tuple[str, str] | None:
    """The new text and the attribution of a line that holds both."""
    if (
        len(line) > _LONGEST
        or line.lstrip().startswith(">")
        or not line.rstrip().endswith((":", "："))
        or not phrases.ends_with_wrote(line)
    ):
        return None
    match = _SHARED.fullmatch(line)
    if not match or not phrases.HOLDS_DATE.search(match[2]) or not phrases.ends_with_wrote(match[2]):
        return None
    return match[1], match[2]


def attribution(lines: Sequence[str], start: int) -> tuple[int, bool] | None:
    """(index behind the attribution that starts at `start`, whether it is certain even without `>` below it)."""
    first = lines[start]
    if not _may_start(first):
        return None
    dated_start = bool(phrases.STARTS.match(first) or phrases.STARTS_WITH_DATE.match(first))
    joined = ""
    blanks = 0
    for at in range(start, min(len(lines), start + _JOINED_LINES + 1)):
        line = lines[at].translate(_INVISIBLE).strip()
        if not line:
            blanks += 1
            if blanks > 1 or "@" in joined or not _angle_follows(lines, at + 1):
                return None
            continue
        joined = f"{joined} {line}" if joined else line
        if len(joined) > _JOINED_CHARACTERS:
            return None
        verdict = _is_attribution(joined, dated_start=dated_start)
        if verdict is not None:
            return at + 1, verdict
    return None


def undecided(line: str) -> bool:
    """A date and an address on one line: an attribution if quoted lines follow."""
    stripped = line.strip()
    return (
        len(stripped) < 300
        and bool(phrases.STARTS_WITH_DATE.match(stripped))
        and bool(phrases.EMAIL.search(stripped))
        and stripped.endswith((">", ")", "]", ":"))
    )


def original_message(line: str) -> bool:
    """A titled rule such as `----- Original Message -----`, or a line announcing a forwarded mail."""
    if len(line) > 300:
        return False
    if arrows(line):
        return True
    stripped = line.strip(" \t>*")
    if stripped.endswith((":", "：")) and _is_title(stripped[:-1]):
        return True
    match = _TITLED.fullmatch(line)
    return bool(match) and _is_title(match[1] if match else "")


def arrows(line: str) -> bool:
    """A writer and a date between `>>>` and `>>>`."""
    return line.lstrip().startswith(">>> ") and len(line) < _LONGEST and bool(_ARROWS.fullmatch(line))


def header_block(lines: Sequence[str], start: int) -> int | None:
    """The index behind a quoted mail's headers (From, Sent, To, Subject …) that start at `start`."""
    first = _field(lines[start])
    if first is None or first[0] not in ("from", "sent", "date", "subject"):
        return None
    kinds = {first[0]}
    address = bool(phrases.EMAIL.search(first[1]))
    end = start + 1
    loose = 0
    for at in range(start + 1, min(len(lines), start + _BLOCK_LINES)):
        line = lines[at]
        if not line.strip(" >*"):
            loose += 1
            if loose > 2:
                break
            continue
        field = _field(line)
        if field is None:
            loose += 1
            address = address or (kinds == {"from"} and bool(phrases.EMAIL.search(line[:_LONGEST])))
            if loose > 2:
                break
            continue
        kinds.add(field[0])
        address = address or bool(phrases.EMAIL.search(field[1]))
        end, loose = at + 1, 0
    return end if _is_block(kinds, address=address) else None


def _may_start(line: str) -> bool:
    if len(line) > _LONGEST:
        return False
    return (
        bool(_DIGIT.search(line))
        or "@" in line
        or line.lstrip().startswith(("--", "—"))
        or bool(phrases.STARTS.match(line) or phrases.QUOTING.match(line))
    )


def _angle_follows(lines: Sequence[str], at: int) -> bool:
    return at < len(lines) and lines[at].strip().startswith(("<", "["))


def _is_attribution(joined: str, *, dated_start: bool) -> bool | None:
    """None: not one (yet). False: only if quoted lines follow. True: certainly one."""
    wrote = phrases.ends_with_wrote(joined)
    if not wrote and not joined.endswith((":", "：", "-", "—", "*", "_")):
        return None
    dated = bool(phrases.HOLDS_DATE.search(joined))
    address = bool(phrases.EMAIL.search(joined))
    colon = joined.rstrip("-—_* ").endswith((":", "："))
    dashed = joined.startswith(("--", "—")) and joined.endswith(("--", "—"))
    if wrote:
        if dashed or (address and colon):
            return True
        if dated and dated_start:
            return colon or address
        return False if dated and colon else None
    if colon and dated and phrases.holds_wrote(joined) and (dated_start or address):
        return True
    if colon and address and dated and phrases.MESSAGE_BY.match(joined):
        return True
    if phrases.QUOTING.fullmatch(joined):
        return False
    if colon and address and dated and joined.endswith((">:", "> :", "):", ") :", "]:", ">：")):
        return True
    return None


def _field(line: str) -> tuple[str, str] | None:
    if len(line) > 4 * _LONGEST:
        return None
    match = phrases.FIELD_LINE.match(line)
    if not match:
        return None
    kind = phrases.FIELDS.get(match[1].strip().lower())
    return (kind, match[2]) if kind else None


def _is_block(kinds: set[str], *, address: bool) -> bool:
    """Enough fields to be a mail's headers and not a list somebody wrote (From: London, To: Paris, Date: …)."""
    if "from" in kinds:
        if address:
            return len(kinds) >= 2
        return bool(kinds & {"sent", "subject"}) and len(kinds) >= 3
    return bool(kinds & {"sent", "date"}) and ("to" in kinds or "subject" in kinds) and address


def _is_title(text: str) -> bool:
    lowered = text.strip().lower()
    return any(lowered.startswith(title) for title in phrases.TITLES) and len(lowered) < 120
