"""Where a list has been: one that leads round in a circle must not be walked for ever."""

import hashlib
import json
from typing import Any

from headway.foundation.errors import Invalid
from headway.insight.sources.port import Page, Place


class Been:
    """Of one list in one run."""

    def __init__(self, name: str) -> None:
        self._name, self._places, self._last, self._anew = name, set[str](), "", False

    def at(self, place: Place, page: Page) -> None:
        """A page was read at a place. Raises Invalid where it goes on to a place that was read, or came once more.

        A list may say once, with a page that holds nothing, that it begins anew: its cursor was too old.
        """
        if not (page.documents or page.ended or self._anew):
            self._anew, self._places, self._last = True, set(), ""
            return
        self._places.add(_written(place))
        told = _written(page.documents) if page.documents else ""
        if not page.ended and (_written(page.next) in self._places or (told and told == self._last)):
            raise Invalid(
                f"{self._name}: the help desk gives the same page again and again, so this list never ends. "
                "What was fetched is kept."
            )
        self._last = told


def _written(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
