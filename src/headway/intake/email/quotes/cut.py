"""A mail's lines divided into new text, signature and quoted text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from headway.intake.email.quotes import signatures, splitters

NEW: Final = "n"
QUOTED: Final = "q"
SIGNATURE: Final = "s"
BLANK: Final = " "
_MOST_LINES: Final = 20_000
_WRAPPED_AT: Final = 60


@dataclass(frozen=True, slots=True)
class Cut:
    """The three parts as text, and the index of the line from which on nothing new stands (None: nothing was cut)."""

    new: str
    signature: str
    quoted: str
    hidden_from: int | None


def cut(text: str) -> Cut:
    """The parts of a plain text. A text in which everything looks quoted is new as a whole."""
    lines: list[str] = []
    for line in text.split("\n", _MOST_LINES):
        shared = splitters.share_line(line)
        lines.extend(shared or (line,))
    return cut_lines(lines, {})


def cut_lines(lines: Sequence[str], marks: Mapping[int, str]) -> Cut:
    """The parts of a text given by lines; `marks` says at which lines HTML says that a quote or signature begins."""
    kinds, attributed = _kinds(lines, marks)
    if NEW not in kinds:
        return Cut("\n".join(lines).strip(), "", "", None)
    _sign(lines, kinds, marks)
    if NEW not in kinds:
        kinds = [NEW if kind == SIGNATURE else kind for kind in kinds]
    shown = _shown(kinds, attributed)
    last = max((at for at, visible in enumerate(shown) if visible and kinds[at] != BLANK), default=-1)
    hidden_from = next((at for at in range(last + 1, len(lines)) if kinds[at] != BLANK), None)
    size = len(lines)
    hidden = [(kinds[at] == QUOTED and not shown[at]) or (kinds[at] == BLANK and at > last) for at in range(size)]
    return Cut(
        new=_joined(lines, [shown[at] or (kinds[at] == BLANK and at < last) for at in range(size)]),
        signature=_joined(lines, [kind == SIGNATURE for kind in kinds]),
        quoted=_joined(lines, hidden),
        hidden_from=hidden_from,
    )


def _kinds(lines: Sequence[str], marks: Mapping[int, str]) -> tuple[list[str], set[int]]:
    """A kind for each line, and the lines that are attributions."""
    kinds = [BLANK if not line.strip() else QUOTED if _is_quoted(lines, at) else NEW for at, line in enumerate(lines)]
    attributed: set[int] = set()
    at = 0
    while at < len(lines):
        if marks.get(at) == "rest":
            return _rest_quoted(lines, kinds, _separator_above(lines, kinds, at)), attributed
        if kinds[at] != NEW:
            at += 1
            continue
        after = _splitter(lines, kinds, at)
        if after is None:
            at += 1
        elif after == len(lines):
            attributed.add(at)
            return _rest_quoted(lines, kinds, _separator_above(lines, kinds, at)), attributed
        else:
            attributed.update(range(at, after))
            for index in range(at, after):
                kinds[index] = QUOTED
            at = after
    _join_wrapped(lines, kinds)
    return kinds, attributed


def _splitter(lines: Sequence[str], kinds: Sequence[str], at: int) -> int | None:
    """Behind the splitter at this line: the next line when quoted lines follow, the end when all that follows is."""
    if splitters.original_message(lines[at]) or splitters.header_block(lines, at) is not None:
        return len(lines)
    found = splitters.attribution(lines, at)
    if found is None:
        if splitters.undecided(lines[at]) and _quoted_follows(kinds, at + 1):
            return at + 1
        return None
    after, certain = found
    if _quoted_follows(kinds, after):
        return after
    return len(lines) if certain else None


def _quoted_follows(kinds: Sequence[str], at: int) -> bool:
    for index in range(at, min(len(kinds), at + 6)):
        if kinds[index] != BLANK:
            return kinds[index] == QUOTED
    return False


def _is_quoted(lines: Sequence[str], at: int) -> bool:
    line = lines[at].lstrip()
    if not line.startswith(">") or splitters.arrows(line):
        return False
    if at and not line[1:2].isspace():  # the end of a link that was broken over two lines
        above = lines[at - 1][-2000:]
        if above.rfind("<") > above.rfind(">") and "://" in above:
            return False
    return not (line.startswith(">>") and line.rstrip().endswith("<<"))


def _separator_above(lines: Sequence[str], kinds: Sequence[str], at: int) -> int:
    """Rules and empty lines right above a splitter belong to it."""
    start = at
    for index in range(at - 1, max(-1, at - 6), -1):
        if kinds[index] == BLANK:
            continue
        if not splitters.is_rule(lines[index]):
            break
        start = index
    return start


def _rest_quoted(lines: Sequence[str], kinds: list[str], at: int) -> list[str]:
    return kinds[:at] + [BLANK if not line.strip() else QUOTED for line in lines[at:]]


def _join_wrapped(lines: Sequence[str], kinds: list[str]) -> None:
    """A single unmarked line between quoted ones, under a long one, was wrapped off it."""
    for at in range(1, len(kinds) - 1):
        if kinds[at] != NEW or kinds[at - 1] != QUOTED or kinds[at + 1] != QUOTED:
            continue
        above, line = lines[at - 1].rstrip(), lines[at]
        goes_on = line[:1].islower() or not above.endswith((".", "?", "!", ":"))
        if len(above) >= _WRAPPED_AT and goes_on and len(line) < len(above):
            kinds[at] = QUOTED


def _sign(lines: Sequence[str], kinds: list[str], marks: Mapping[int, str]) -> None:
    """Marks signatures: in each stretch of new text that quoted text or the end follows."""
    runs = _runs(kinds)
    last_new = max(index for index, run in enumerate(runs) if run[0] == NEW)
    for number, (kind, begin, end) in enumerate(runs):
        if kind != NEW:
            continue
        marked = next((at for at in range(begin, end) if marks.get(at) == "signature"), end)
        found = min(marked, begin + signatures.start(lines[begin:end], last=number == last_new or number == 0))
        for at in range(found, end):
            kinds[at] = SIGNATURE if kinds[at] == NEW else kinds[at]


def _runs(kinds: Sequence[str]) -> list[tuple[str, int, int]]:
    """Stretches of one kind as (kind, begin, end); empty lines belong to the stretch before them."""
    filled: list[str] = []
    for kind in kinds:
        filled.append(kind if kind != BLANK or not filled else filled[-1])
    runs: list[tuple[str, int, int]] = []
    at = 0
    for kind, group in groupby(filled):
        size = sum(1 for _ in group)
        runs.append((kind, at, at + size))
        at += size
    return runs


def _shown(kinds: Sequence[str], attributed: set[int]) -> list[bool]:
    """New lines are shown; quoted ones only where answers stand between them."""
    shown = [kind == NEW for kind in kinds]
    runs = [run for run in _runs([BLANK if kind == SIGNATURE else kind for kind in kinds]) if run[0] != BLANK]
    quotes = [index for index, run in enumerate(runs) if run[0] == QUOTED]
    inner = (
        [index for index in quotes if any(later[0] == NEW for later in runs[index + 1 :])] if len(runs) < 2000 else []
    )
    for index in inner:
        _, begin, end = runs[index]
        if len(quotes) > 1 or not any(at in attributed for at in range(begin, end)):
            shown[begin:end] = [kinds[at] == QUOTED for at in range(begin, end)]
    return shown


def _joined(lines: Sequence[str], wanted: Sequence[bool]) -> str:
    return "\n".join(line.rstrip() for line, keep in zip(lines, wanted, strict=True) if keep).strip("\n").strip()
