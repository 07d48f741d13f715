"""HTML divided at the line where nothing new follows, both halves safe."""

from dataclasses import dataclass

from headway.intake.email.html import sanitise
from headway.intake.email.html.text import Line
from headway.intake.email.quotes.cut import Cut, cut_lines


@dataclass(frozen=True, slots=True)
class Divided:
    """Safe HTML of the new part and of the rest."""

    new: str
    quoted: str
    remote_images: int
    embedded: frozenset[int]


def cut_of(lines: list[Line]) -> Cut:
    """The parts of the text, with what the markup says about quotes as evidence."""
    texts = [f"{'>' * min(line.quote, 20)} {line.text}".rstrip() if line.quote else line.text for line in lines]
    return cut_lines(texts, {at: line.mark for at, line in enumerate(lines) if line.mark in ("rest", "signature")})


def divide(html: str, lines: list[Line], cut: Cut, content_ids: dict[str, int]) -> Divided:
    """Both parts of HTML that is within the bounds, made safe."""
    at = lines[cut.hidden_from].start if cut.hidden_from is not None else len(html)
    new = sanitise.sanitise(html[:at], content_ids)
    rest = sanitise.sanitise(html[at:], content_ids) if at < len(html) else None
    return Divided(
        new=new.html,
        quoted=rest.html if rest else "",
        remote_images=new.remote_images + (rest.remote_images if rest else 0),
        embedded=new.embedded | (rest.embedded if rest else frozenset()),
    )
