"""Zendesk's incremental exports: tickets with their metric sets, users, ticket events, organisations, groups.

Each page is kept as it is: the reader of Zendesk's files knows it. The exports give changes once more at the seam of
two pages; readers count what has the same id once.
"""

import base64
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_noop as noop

from headway.foundation.clock import now
from headway.insight.sources.hanging import told
from headway.insight.sources.port import Document, Page, Place, Source, Stream
from headway.insight.sources.session import Session

_LAG: Final = 65  # the exports end a minute ago, and refuse to be asked for later
_PAGE: Final = 1000


def _cursor(name: str, *, always: bool = False, **more: str) -> Stream:
    """An export that goes on by cursor; `always` from the beginning, whatever is wanted of tickets."""

    def page(session: Session, place: Place) -> Page:
        said = session.get(f"/api/v2/incremental/{name}/cursor.json", **place, per_page=_PAGE, **more)
        cursor = said.get("after_cursor")
        return Page(_kept(said, name), {"cursor": cursor} if cursor else place, bool(said["end_of_stream"]))

    return Stream(name=name, begin=lambda since: {"start_time": 0 if always else since}, page=page)


def _timed(name: str, **more: str) -> Stream:
    """An export that goes on by the time of the last change."""

    def page(session: Session, place: Place) -> Page:
        if place["start_time"] > now().timestamp() - _LAG:
            return Page((), place, True)
        said = session.get(f"/api/v2/incremental/{name}.json", **place, per_page=_PAGE, **more)
        end = said.get("end_time") or place["start_time"]
        ended = bool(said.get("end_of_stream", said.get("count", 0) < _PAGE)) or end == place["start_time"]
        return Page(_kept(said, name), {"start_time": end}, ended)

    return Stream(name=name, begin=lambda since: {"start_time": since}, page=page)


def _listed(name: str) -> Stream:
    """A short list."""

    def page(session: Session, place: Place) -> Page:
        said = session.get(f"/api/v2/{name}.json", **{"page[size]": 100, **place})
        meta = said.get("meta") or {}
        return Page(_kept(said, name), {"page[after]": meta.get("after_cursor")}, not meta.get("has_more"))

    return Stream(name=name, begin=lambda _since: {}, page=page, anew=True)


def _kept(said: Mapping[str, Any], name: str) -> list[Document]:
    lists = {key: value for key, value in said.items() if isinstance(value, list) and value}
    return [lists] if name in lists else []


def _authorise(_session: Session, secret: str) -> Mapping[str, str]:
    if "/token:" in secret:
        return {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}
    return {"Authorization": f"Bearer {secret}"}


def server(typed: str, domain: str = "zendesk.com") -> str:
    """`acme` is acme.zendesk.com; a name with a dot or a port stays."""
    return typed if not typed or "." in typed or ":" in typed else f"{typed}.{domain}"


SOURCE: Final = Source(
    name="Zendesk",
    scheme="zendesk",
    wants=noop("an administrator's token, as you@example.com/token:TOKEN, or an OAuth token"),
    server=server,
    authorise=_authorise,
    streams=(
        _listed("groups"),
        _cursor("users", always=True),
        _timed("organizations"),
        _cursor("tickets", include="metric_sets"),
        _timed("ticket_events", include="comment_events"),
    ),
    also=(
        _listed("brands"),
        _listed("group_memberships"),
        _listed("organization_memberships"),
        _listed("ticket_fields"),
        _listed("macros"),
        _listed("views"),
        _listed("triggers"),
        _listed("automations"),
    ),
    headers={},
    files=told("id", "content_url", "content_type", "size"),
)
