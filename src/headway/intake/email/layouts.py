"""How a mail is laid out: a text with places to fill in, rendered as text and as HTML from the same source."""

import html as entities
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid

ANSWER: Final = ("answer", "signature", "conversation", "ticket", "agent")
ACKNOWLEDGEMENT: Final = ("ticket", "signature")
USUAL: Final = "{{ answer }}\n\n{{ signature }}\n\n{{ conversation }}"
_PLACE: Final = re.compile(r"\{\{[ \t]*([^{}\n]{0,60}?)[ \t]*\}\}")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is filled in, in both forms. `html` is safe already."""

    text: str
    html: str


def plain(text: str) -> Piece:
    """A piece of plain text."""
    return Piece(text, entities.escape(text).replace("\n", "<br>"))


def check(template: str, names: Collection[str], *, field: str, needs: str = "") -> None:
    """Raises Invalid, naming the variable, for one that does not exist, a brace left open, or when `needs` is missing.

    An empty template is the usual one.
    """
    if not template.strip():
        return
    found = [name.strip() for name in _PLACE.findall(template)]
    offered = ", ".join(f"{{{{ {name} }}}}" for name in names)
    for name in found:
        if name not in names:
            raise Invalid(
                _("There is nothing called %(name)s to fill in. These can be used: %(offered)s.")
                % {"name": f"{{{{ {name} }}}}", "offered": offered},
                field=field,
            )
    if "{{" in _PLACE.sub("", template) or "}}" in _PLACE.sub("", template):
        raise Invalid(_("A place to fill in is not closed. Write it as %(one)s.") % {"one": offered}, field=field)
    if needs and needs not in found:
        raise Invalid(
            _("The template needs %(name)s, or nothing that is written would be sent.")
            % {"name": f"{{{{ {needs} }}}}"},
            field=field,
        )


def render(template: str, pieces: Mapping[str, Piece]) -> Piece:
    """The filled-in template. A paragraph made only of places with nothing to fill in is left out.

    What is filled in is never looked through again, so an answer that speaks of {{ answer }} stays as it is.
    """
    filled = [_paragraph(block, pieces) for block in re.split(r"\n[ \t]*\n+", (template.strip() or USUAL))]
    kept = [one for one in filled if one.text.strip()]
    return Piece(
        "\n\n".join(one.text.strip("\n") for one in kept) + "\n", "".join(f"<div>{one.html}</div>" for one in kept)
    )


def _paragraph(block: str, pieces: Mapping[str, Piece]) -> Piece:
    """One paragraph, empty when it has places and all of them are."""
    places = list(_PLACE.finditer(block))
    if places and not any(_piece(match, pieces).text.strip() for match in places):
        return Piece("", "")
    text: list[str] = []
    html: list[str] = []
    at = 0
    for match in places:
        words, found = block[at : match.start()], _piece(match, pieces)
        text += [words, found.text]
        html += [plain(words).html, found.html]
        at = match.end()
    text.append(block[at:])
    html.append(plain(block[at:]).html)
    return Piece("".join(text), "".join(html))


def _piece(match: re.Match[str], pieces: Mapping[str, Piece]) -> Piece:
    return pieces.get(match[1].strip(), Piece("", ""))
