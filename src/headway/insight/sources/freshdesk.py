"""Freshdesk's API: tickets in the order of their changes, each with its conversations; and who is who."""

import base64
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext_noop as noop

from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.insight.sources.hanging import told
from headway.insight.sources.pages import complete, numbered, short, sliding
from headway.insight.sources.port import Document, Page, Place, Source, Stream
from headway.insight.sources.session import Session
from headway.insight.sources.zendesk import server

_KEPT: Final = timedelta(days=30)
_PATIENCE: Final = timedelta(days=2)


def _whole(session: Session, ticket: Document) -> Document | None:
    said = complete(session, f"/api/v2/tickets/{ticket['id']}/conversations")
    return None if said is None else {**ticket, "conversations": said}


def _besides(session: Session, ticket: Document) -> Document | None:
    """Its list says nothing of the files a ticket began with, nor of which tickets belong to it."""
    shown = session.find(f"/api/v2/tickets/{ticket['id']}")
    return None if shown is None else {**shown, **ticket}


def _activities(session: Session, place: Place) -> Page:
    """The export of ticket activities, a file a day, kept for a month elsewhere. Only some may see it, if it is on."""
    day = date.fromisoformat(place["day"])
    if day >= now().date():
        return Page((), place, True)
    try:
        said = session.find("/api/v2/export/ticket_activities", created_at=place["day"])
    except Invalid:
        return Page((), place, True)
    if said is None and day >= now().date() - _PATIENCE:  # it may come yet
        return Page((), place, True)
    found: list[Document] = []
    listed = (said or {}).get("export") or ()
    for one in (listed,) if isinstance(listed, Mapping) else listed:
        told = session.elsewhere(str(one["url"])) if one.get("url") else None
        found += (told or {}).get("activities_data") or ()
    return Page(found, {"day": (day + timedelta(days=1)).isoformat()}, False)


def _first_day(since: int) -> Place:
    return {"day": max(datetime.fromtimestamp(since, UTC), now() - _KEPT).date().isoformat()}


def _authorise(_session: Session, secret: str) -> Mapping[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{secret}:X".encode()).decode()}


SOURCE = Source(
    name="Freshdesk",
    scheme="freshdesk",
    wants=noop("an administrator's API key"),
    server=lambda typed: server(typed, "freshdesk.com"),
    authorise=_authorise,
    streams=(
        Stream(name="activities_data", begin=_first_day, page=_activities, single=True),
        numbered("agents", "/api/v2/agents"),
        numbered("groups", "/api/v2/groups"),
        numbered("companies", "/api/v2/companies"),
        sliding("contacts", "/api/v2/contacts", since="_updated_since", always=True),
        sliding(
            "tickets",
            "/api/v2/tickets",
            since="updated_since",
            whole=_whole,
            besides=_besides,
            order_by="updated_at",
            order_type="asc",
            include="stats,description",
        ),
    ),
    also=(short("ticket_fields", "/api/v2/ticket_fields"),),
    headers={},
    files=told("id", "attachment_url", "content_type", "size"),
)
