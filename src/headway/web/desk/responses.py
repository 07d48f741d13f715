"""What travels beside a page: messages for its script."""

import json
from typing import Any

from django.http import HttpResponse


def announce(response: HttpResponse, **events: Any) -> HttpResponse:
    """Adds events that the page's script hears once the response has arrived."""
    known = json.loads(response.get("HX-Trigger", "{}"))
    response["HX-Trigger"] = json.dumps(known | events)
    return response


def toast(response: HttpResponse, text: str, *, undo: str = "", ticket: int | None = None) -> HttpResponse:
    """Adds a short message at the bottom of the screen; `undo` takes back what was done to `ticket`: an
    address that is posted to, or "DELETE " and an address."""
    return announce(response, toast={"text": text, "undo": undo, "ticket": ticket})
