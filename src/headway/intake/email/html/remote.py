"""Pictures that a mail leaves on other servers: which there are, and which only tell its sender that it was read."""

import html as entities
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from headway.intake.email.html.sanitise import IMAGE

MOST: Final = 100  # of one mail; those beyond stay where they are

_SOURCE: Final = re.compile(r'\sdata-remote-src="([^"]*)"')
_ATTRIBUTE: Final = re.compile(r'\s(width|height)="\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*"', re.IGNORECASE)
_STYLE: Final = re.compile(r"(?:^|[\s;\"])(width|height)\s*:\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*(?=[;\"]|$)", re.IGNORECASE)
_STYLED: Final = re.compile(r'\sstyle="([^"]*)"')
_LEAST: Final = 2.0  # a picture of at most so many pixels either way shows nothing


@dataclass(frozen=True, slots=True)
class Remote:
    """A picture on another server. `pixel`: too small to show anything, it is there to be fetched."""

    address: str
    pixel: bool


def remotes(html: str) -> list[Remote]:
    """The pictures that safe HTML names and does not show, in order."""
    found = []
    for image in IMAGE.finditer(html):
        source = _SOURCE.search(image[1])
        if source:
            found.append(Remote(_encrypted(entities.unescape(source[1]).strip()), _is_pixel(image[1])))
    return found


def shown(html: str, address: Callable[[int], str]) -> str:
    """The HTML with the place of each picture that may be shown in `data-image`: `address` of its number."""
    number = -1

    def image(match: re.Match[str]) -> str:
        nonlocal number
        if not _SOURCE.search(match[1]):
            return match[0]
        number += 1
        if number >= MOST or _is_pixel(match[1]):
            return match[0]
        place = f' data-image="{entities.escape(address(number))}"'
        return "<img" + _SOURCE.sub(lambda _source: place, match[1]) + ">"

    return IMAGE.sub(image, html)


def _is_pixel(attributes: str) -> bool:
    sizes = {name.lower(): float(size) for name, size in _ATTRIBUTE.findall(attributes)}
    style = _STYLED.search(attributes)
    if style:  # it wins over the attributes, as in a browser
        sizes |= {name.lower(): float(size) for name, size in _STYLE.findall(entities.unescape(style[1]))}
    return bool(sizes) and max(sizes.values()) <= _LEAST


def _encrypted(address: str) -> str:
    """Nothing is asked for in the clear; whoever serves pictures serves them encrypted as well."""
    return "https:" + address[5:] if address[:7].lower() == "http://" else address
