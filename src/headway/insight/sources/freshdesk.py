"""Freshdesk's API: tickets in the order of their changes, each with its conversations; and who is who."""

import base64
from collections.abc import Mapping

from django.utils.translation import gettext_noop as noop

from headway.insight.sources.hanging import told
from headway.insight.sources.pages import complete, numbered, sliding
from headway.insight.sources.port import Document, Source
from headway.insight.sources.session import Session
from headway.insight.sources.zendesk import server


def _whole(session: Session, ticket: Document) -> Document | None:
    said = complete(session, f"/api/v2/tickets/{ticket['id']}/conversations")
    return None if said is None else {**ticket, "conversations": said}


def _besides(session: Session, ticket: Document) -> Document | None:
    """Its list says nothing of the files a ticket began with, nor of which tickets belong to it."""
    shown = session.find(f"/api/v2/tickets/{ticket['id']}")
    return None if shown is None else {**shown, **ticket}


def _authorise(_session: Session, secret: str) -> Mapping[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{secret}:X".encode()).decode()}


SOURCE = Source(
    name="Freshdesk",
    scheme="freshdesk",
    wants=noop("an administrator's API key"),
    server=lambda typed: server(typed, "freshdesk.com"),
    authorise=_authorise,
    streams=(
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
    headers={},
    files=told("id", "attachment_url", "content_type", "size"),
)
