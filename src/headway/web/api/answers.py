"""What the API answers with. Plain rows go straight to JSON; the documented shape is the same dataclass."""

import hashlib
from collections.abc import Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Schema

from headway.foundation.pages import Page

Row = TypeVar("Row")

_json = msgspec.json.Encoder()


class Listed(Schema, Generic[Row]):
    """A page of a list. `next` is the cursor of the following page, null on the last one."""

    items: list[Row]
    next: str | None


def answer(value: Any, status: int = 200, *, version: int | None = None, location: str | None = None) -> HttpResponse:
    """`value` as JSON. `version` becomes the ETag that If-Match takes."""
    response = HttpResponse(_json.encode(value), status=status, content_type="application/json")
    if version is not None:
        response.headers["ETag"] = f'"{version}"'
    if location is not None:
        response.headers["Location"] = f"/api/v1{location}"
    return response


def tagged(value: Any, status: int = 200, *, location: str | None = None) -> HttpResponse:
    """The same for what has no version: the ETag is a hash of how it is shown."""
    response = answer(value, status, location=location)
    response.headers["ETag"] = f'"{tag_of(value)}"'
    return response


def tag_of(value: Any) -> str:
    """The entity tag of what has no version."""
    return hashlib.sha256(_json.encode(value)).hexdigest()[:16]


def nothing() -> HttpResponse:
    """Done, with nothing to say."""
    response = HttpResponse(status=204)
    del response.headers["Content-Type"]
    return response


def listed(request: HttpRequest, rows: Sequence[Any], after: str | None) -> HttpResponse:
    """A page of rows, with the next one's address in the Link header (RFC 8288)."""
    response = answer({"items": rows, "next": after})
    if after is not None:
        query = request.GET.copy()
        query["cursor"] = after
        response.headers["Link"] = f'<{request.path}?{urlencode(list(_pairs(query)))}>; rel="next"'
    return response


def paged(request: HttpRequest, page: Page[Any]) -> HttpResponse:
    """A page as the queries give it."""
    return listed(request, page.rows, page.next)


def _pairs(query: Any) -> Any:
    for name, values in query.lists():
        for value in values:
            yield name, value
